// SPDX-License-Identifier: MIT
export var value = 1;
