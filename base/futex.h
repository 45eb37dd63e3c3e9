// SPDX-License-Identifier: MIT
// A word of memory on which threads sleep until another thread wakes them: the least that a thread can block on, without a lock of its
// own. Linux has it as a system call; elsewhere a table of conditions stands behind it.
// The waker changes the word and then wakes; it never touches the word afterwards, so that the sleeper may free it at once.
#ifndef WEFT_BASE_FUTEX_H
#define WEFT_BASE_FUTEX_H

#include "base/base.h"

#define FUTEX_FOREVER UINT64_MAX

// Sleeps while *word is `expected`. May return early: the caller looks at the word again. False when `deadline_ns` of
// platform_clock_ns() passed.
bool futex_wait(u32 *word, u32 expected, u64 deadline_ns);
// Wakes at most `count` sleepers. The word may be gone already: only its address is used.
void futex_wake(u32 *word, u32 count);

#endif
