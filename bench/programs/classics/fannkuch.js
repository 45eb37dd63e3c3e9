// SPDX-License-Identifier: MIT
// Pancake flips: for every permutation, reverse the first p elements (p the first one) until a 1 is in front;
// the greatest number of flips and an alternating checksum.
var SIZE = 450000;

function run(n) {
  var size = 10, perm = [], copy = [], count = [], i, most = 0, check = 0, index = 0, left = size;
  for (i = 0; i < size; i++) {
    perm[i] = i;
    copy[i] = count[i] = 0;
  }
  while (index < n) {
    while (left !== 1) {
      count[left - 1] = left;
      left--;
    }
    if (perm[0] !== 0) {
      for (i = 0; i < size; i++) copy[i] = perm[i];
      var flips = 0, first = copy[0];
      while (first !== 0) {
        for (var low = 0, high = first; low < high; low++, high--) {
          var swapped = copy[low];
          copy[low] = copy[high];
          copy[high] = swapped;
        }
        flips++;
        first = copy[0];
      }
      if (flips > most) most = flips;
      check += index & 1 ? -flips : flips;
    }
    // The next permutation, by rotating ever longer prefixes.
    for (;;) {
      if (left === size) return most + ',' + check + ',' + index;
      var front = perm[0];
      for (i = 0; i < left; i++) perm[i] = perm[i + 1];
      perm[left] = front;
      if (--count[left] > 0) break;
      left++;
    }
    index++;
  }
  return most + ',' + check + ',' + index;
}
