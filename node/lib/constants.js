// SPDX-License-Identifier: MIT
// The old module of all constants.
'use strict';

const { constants } = require('os');
Object.assign(exports, constants.dlopen, constants.errno, constants.priority, constants.signals, internalBinding('fs').constants);
Object.freeze(exports);
