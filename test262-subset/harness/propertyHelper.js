// SPDX-License-Identifier: MIT
function verifyProperty(object, name, wanted) {
  var found = Object.getOwnPropertyDescriptor(object, name);
  assert(found !== undefined, String(name) + " is an own property");
  Object.keys(wanted).forEach(function (field) {
    assert.sameValue(found[field], wanted[field], String(name) + " " + field);
  });
}
