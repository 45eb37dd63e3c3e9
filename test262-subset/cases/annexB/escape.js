// SPDX-License-Identifier: MIT
/*---
description: escape and unescape.
---*/
assert.sameValue(escape("\u00e4\u0107 @*_+-./,"), "%E4%u0107%20@*_+-./%2C");
assert.sameValue(unescape("%E4%u0107%20%zz%u12"), "\u00e4\u0107 %zz%u12");
