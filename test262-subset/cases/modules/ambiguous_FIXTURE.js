// SPDX-License-Identifier: MIT
export * from "./value_FIXTURE.js";
export * from "./value2_FIXTURE.js";
