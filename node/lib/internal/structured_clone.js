// SPDX-License-Identifier: MIT
// structuredClone, which is native as a whole.
'use strict';

module.exports = { structuredClone: internalBinding('serdes').structuredClone };
