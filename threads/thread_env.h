// SPDX-License-Identifier: MIT
// Environments: what process.env shows. The main thread's is the environment of the process; a worker has a copy of its parent's (shared until
// one of them writes), one of its own, or its parent's itself (SHARE_ENV).
#ifndef WEFT_THREADS_THREAD_ENV_H
#define WEFT_THREADS_THREAD_ENV_H

#include "base/base.h"

typedef struct ThreadEnv ThreadEnv;

ThreadEnv *thread_env_of_process(void);      // with a reference
ThreadEnv *thread_env_copy(ThreadEnv *from); // as it is now
// Of its own: names and values in turn.
ThreadEnv *thread_env_new(const char *const *pairs, u32 count);
ThreadEnv *thread_env_retain(ThreadEnv *environment);
void thread_env_release(ThreadEnv *environment); // may be NULL

bool thread_env_is_process(const ThreadEnv *environment); // it is the environment of the process itself

// Any thread. NULL: no such variable; else base_free'd by the caller.
MUST_CHECK char *thread_env_get(ThreadEnv *environment, const char *name);
void thread_env_set(ThreadEnv *environment, const char *name, const char *value);
void thread_env_delete(ThreadEnv *environment, const char *name);
// The n-th name, base_free'd by the caller; NULL: there are no more.
MUST_CHECK char *thread_env_name(ThreadEnv *environment, u32 n);

#endif
