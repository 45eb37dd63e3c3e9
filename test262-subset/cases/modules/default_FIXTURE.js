// SPDX-License-Identifier: MIT
export default 1 + 2;
