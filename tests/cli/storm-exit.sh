# SPDX-License-Identifier: MIT
# timeout: 60
# The process ends in the middle of storms: workers start, run and end, messages and ports are under way.
cd "$WEFT_SOURCE_ROOT" || exit 1
for seed in 1 2 3 4 5 6 7 8; do
  "$WEFT" tests/threads/storms/storm.js --abrupt --first "$seed" --seeds 1 || { echo "seed $seed: status $?"; exit 1; }
done
