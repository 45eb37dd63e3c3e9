// SPDX-License-Identifier: MIT
export const value = await 1;
