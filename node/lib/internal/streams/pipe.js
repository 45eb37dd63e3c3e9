// SPDX-License-Identifier: MIT
// What Readable.prototype.pipe makes.
'use strict';

const { prependListener } = require('internal/streams/legacy');
const { errorOrDestroy } = require('internal/streams/destroy');

const { nextTick } = internalBinding('process');

// One connection. dest's listeners are removed when it ends, whoever ends it.
class Pipe {
  constructor(source, dest) {
    this.source = source;
    this.dest = dest;
    this.isOver = false;
    this.ondata = (chunk) => this.write(chunk);
    this.ondrain = null;
    this.onend = () => dest.end();
    this.unpipe = () => source.unpipe(dest);
    this.onunpipe = (readable, info) => {
      if (readable === source && info && info.hasUnpiped === false) {
        info.hasUnpiped = true;
        this.cleanUp();
      }
    };
    this.onerror = (error) => this.fail(error);
    this.onclose = () => {
      dest.removeListener('finish', this.onfinish);
      this.unpipe();
    };
    this.onfinish = () => {
      dest.removeListener('close', this.onclose);
      this.unpipe();
    };
  }
  start(doesEnd) {
    const { source, dest } = this;
    const endFunction = doesEnd ? this.onend : this.unpipe;
    if (source._readableState.endEmitted) nextTick(endFunction);
    else source.once('end', endFunction);
    dest.on('unpipe', this.onunpipe);
    source.on('data', this.ondata);
    prependListener(dest, 'error', this.onerror);
    dest.once('close', this.onclose);
    dest.once('finish', this.onfinish);
    dest.emit('pipe', source);
    if (dest.writableNeedDrain === true) this.pause();
    else if (!source._readableState.flowing) source.resume();
  }
  write(chunk) {
    const { dest } = this;
    let hasRoom;
    try {
      hasRoom = dest.write(chunk);
    } catch (error) {
      dest.destroy(error);
      return;
    }
    if (hasRoom === false) this.pause();
  }
  // Until dest has drained.
  pause() {
    const { source, dest } = this;
    if (!this.isOver) {
      const state = source._readableState;
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (this.ondrain === null) {
      this.ondrain = () => drained(source, dest);
      dest.on('drain', this.ondrain);
    }
  }
  fail(error) {
    const { dest } = this;
    this.unpipe();
    dest.removeListener('error', this.onerror);
    if (dest.listenerCount('error') > 0) return;
    const state = dest._writableState || dest._readableState;
    if (!state) dest.emit('error', error);
    else if (!state.errorEmitted) errorOrDestroy(dest, error);
  }
  cleanUp() {
    const { source, dest } = this;
    dest.removeListener('close', this.onclose);
    dest.removeListener('finish', this.onfinish);
    if (this.ondrain !== null) dest.removeListener('drain', this.ondrain);
    dest.removeListener('error', this.onerror);
    dest.removeListener('unpipe', this.onunpipe);
    source.removeListener('end', this.onend);
    source.removeListener('end', this.unpipe);
    source.removeListener('data', this.ondata);
    this.isOver = true;
    // What waits for its drain must not wait for ever.
    if (this.ondrain !== null && source._readableState.awaitDrainWriters) this.ondrain();
  }
}

function drained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
  else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(dest);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) source.resume();
}

module.exports = Pipe;
