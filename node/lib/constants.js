// SPDX-License-Identifier: MIT
// The old module of all constants.
'use strict';

const { constants } = require('os');
const { defaultCipherList, ...crypto } = require('crypto').constants; // that one may be changed
Object.assign(exports, constants.dlopen, constants.errno, constants.priority, constants.signals, internalBinding('fs').constants, crypto);
Object.freeze(exports);
