# SPDX-License-Identifier: MIT
# timeout: 60
# Workers end while they wait for pipes: opening, reading, writing, also into shared memory.
mkfifo "$PWD/pipe" || exit 77
cd "$(dirname "$0")/../.." || exit 1
WEFT_TEST_PIPE="$OLDPWD/pipe" "$WEFT" tests/threads/workers/terminate_time.js pipe
