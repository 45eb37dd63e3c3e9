// SPDX-License-Identifier: MIT
export default async function named() { }
