// SPDX-License-Identifier: MIT
// What test262's harness/assert.js offers, for the cases of this project.
function assert(condition, message) {
  if (condition !== true) throw new Test262Error(message || "expected true, got " + assert._toString(condition));
}
assert._toString = function (value) {
  if (value === 0 && 1 / value === -Infinity) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  try {
    return String(value);
  } catch (error) {
    return Object.prototype.toString.call(value);
  }
};
assert.sameValue = function (actual, expected, message) {
  if (Object.is(actual, expected)) return;
  throw new Test262Error((message ? message + ": " : "") + "expected " + assert._toString(expected) + ", got " +
                         assert._toString(actual));
};
assert.notSameValue = function (actual, unexpected, message) {
  if (Object.is(actual, unexpected)) throw new Test262Error((message ? message + ": " : "") + "got " + assert._toString(actual));
};
assert.throws = function (constructor, body, message) {
  try {
    body();
  } catch (error) {
    if (typeof error === "object" && error !== null && error.constructor === constructor) return;
    throw new Test262Error((message ? message + ": " : "") + "expected " + constructor.name + ", got " + error);
  }
  throw new Test262Error((message ? message + ": " : "") + "expected " + constructor.name + ", nothing was thrown");
};
assert.compareArray = function (actual, expected, message) {
  assert.sameValue(actual.length, expected.length, (message || "") + " length");
  for (var i = 0; i < expected.length; i++) assert.sameValue(actual[i], expected[i], (message || "") + " [" + i + "]");
};
