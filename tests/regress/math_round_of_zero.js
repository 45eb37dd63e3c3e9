// SPDX-License-Identifier: MIT
// Math.round gave -0 for the double +0, which a number that was read from a string is.
for (const zero of ['0', '0e1', '0.0']) {
  if (!Object.is(Math.round(zero), 0)) throw new Error(zero);
  if (!Object.is(Math.round('-' + zero), -0)) throw new Error('-' + zero);
}
