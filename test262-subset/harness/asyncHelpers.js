// SPDX-License-Identifier: MIT
function asyncTest(body) {
  body().then(function () { $DONE(); }, $DONE);
}
