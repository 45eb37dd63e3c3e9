// SPDX-License-Identifier: MIT
// A worker's own side: what its parent gave it, what the parent asks of it, and the error that ends it.
'use strict';

const { takePort, takeData, tellParent, holdLoop, facts } = internalBinding('worker');

// Mail to the parent: [kind, ...]. 1 and 2 are output, [fd, chunk, wantsAnswer], which C sends too.
const MAIL_ERROR = 3, MAIL_NOT_SERIALIZABLE = 4, MAIL_INPUT_TAKEN = 6;
// Mail from the parent: [kind, ...].
const MAIL_STDIN = 0, MAIL_OUTPUT_TAKEN = 2;

let port, data;

function parentPort() {
  require('internal/worker/io'); // the prototype
  return (port ??= takePort());
}

const nothing = [];
// { workerData, environmentData, hasStdin, source }
function given() {
  if (data === undefined) {
    const { 0: workerData, 1: environmentData, 2: hasStdin = false, 3: source } = takeData() ?? nothing;
    data = { workerData, environmentData, hasStdin, source };
  }
  return data;
}

function resourceLimits() {
  const { 2: young, 3: old, 4: codeRange, 5: stack } = facts();
  const or = (n, otherwise) => (n > 0 ? n : otherwise);
  return {
    maxYoungGenerationSizeMb: or(young, 96), maxOldGenerationSizeMb: or(old, 4096), codeRangeSizeMb: or(codeRange, 0), stackSizeMb: or(stack, 4),
  };
}

// ---- The end ----

function reportFatal(error) {
  try {
    tellParent([MAIL_ERROR, require('internal/error_serdes').serializeError(error)]);
  } catch {
    tellParent([MAIL_NOT_SERIALIZABLE]);
  }
}

// ---- Standard input ----

let stdin, waitingInput = [], isHolding = false, owesAnswer = false;

function hold(flag) {
  if (isHolding === flag) return;
  isHolding = flag;
  holdLoop(flag);
}

// The parent's writes wait until what they brought is read.
function giveInput({ 1: chunk, 2: wantsAnswer }) {
  if (chunk === null) hold(false);
  if (wantsAnswer) owesAnswer = true;
  if (stdin.push(chunk)) answerInput();
}

function answerInput() {
  if (!owesAnswer) return;
  owesAnswer = false;
  tellParent([MAIL_INPUT_TAKEN]);
}

function makeStdin() {
  const { ReadableWorkerStdio } = require('internal/stdio_streams');
  const { hasStdin } = given();
  stdin = new ReadableWorkerStdio(() => {
    if (hasStdin && !stdin.readableEnded) hold(true);
    answerInput();
  });
  for (const mail of waitingInput) giveInput(mail);
  waitingInput = undefined;
  if (!hasStdin) stdin.push(null);
  return stdin;
}

function receive(mail) {
  switch (mail[0]) {
    case MAIL_OUTPUT_TAKEN: outputTaken(mail[1]); break;
    default:
      if (stdin === undefined) waitingInput.push(mail);
      else giveInput(mail);
  }
}

// ---- Standard output, where the script has made streams of it ----

const outputs = []; // by descriptor

// The function that sends a chunk of this stream. The loop lives until the parent has taken it.
function registerOutput(stream, fd) {
  outputs[fd] = stream;
  return (chunk, wantsAnswer) => {
    tellParent([fd, chunk, wantsAnswer]);
    if (wantsAnswer) holdLoop(true);
  };
}

function outputTaken(fd) {
  holdLoop(false);
  require('internal/stdio_streams').taken(outputs[fd]);
}

// At the end of the thread.
function flushOutput() {
  for (const stream of outputs) if (stream !== undefined) require('internal/stdio_streams').flush(stream);
}

module.exports = { parentPort, given, resourceLimits, reportFatal, receive, makeStdin, registerOutput, flushOutput };
