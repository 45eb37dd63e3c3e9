// SPDX-License-Identifier: MIT
// The system calls on files that libuv has, apart from those on bytes: one list, from which fs.c makes functions that wait and fs_async.c
// functions that call back from libuv's pool.
#ifndef WEFT_NODE_BINDINGS_FS_CALLS_H
#define WEFT_NODE_BINDINGS_FS_CALLS_H

#include <uv.h>

#include "node/node_internal.h"

// OP(op, name in JavaScript, name in errors, arguments): p a path, f a descriptor, i an integer, o an integer or nothing, n a number,
// b whether BigInts are wanted, t false if nothing there is no error.
#define FS_OPS(OP) \
  OP(STAT, "stat", "stat", "pbt") \
  OP(LSTAT, "lstat", "lstat", "pbt") \
  OP(FSTAT, "fstat", "fstat", "fbt") \
  OP(KIND, "kind", "stat", "p") /* 0 a file, 1 a directory, -1 nothing (follows links) */ \
  OP(ACCESS, "access", "access", "pi") \
  OP(EXISTS, "exists", "access", "p") \
  OP(STATFS, "statfs", "statfs", "p")    /* [type, bsize, blocks, bfree, bavail, files, ffree] */ \
  OP(READDIR, "readdir", "scandir", "p") /* [name, type, name, type, ...] in the order of the names; libuv's type */ \
  OP(OPENDIR, "opendir", "opendir", "p") /* the same */ \
  OP(MKDIR, "mkdir", "mkdir", "pi") \
  OP(MKDTEMP, "mkdtemp", "mkdtemp", "p") /* of the pattern, with XXXXXX */ \
  OP(RMDIR, "rmdir", "rmdir", "p") \
  OP(UNLINK, "unlink", "unlink", "p") \
  OP(RENAME, "rename", "rename", "pp") \
  OP(COPY_FILE, "copyFile", "copyfile", "ppo") \
  OP(LINK, "link", "link", "pp") \
  OP(SYMLINK, "symlink", "symlink", "ppo") \
  OP(READLINK, "readlink", "readlink", "p") \
  OP(REALPATH, "realpath", "realpath", "p") \
  OP(CHMOD, "chmod", "chmod", "pi") \
  OP(FCHMOD, "fchmod", "fchmod", "fi") \
  OP(CHOWN, "chown", "chown", "pii") \
  OP(FCHOWN, "fchown", "fchown", "fii") \
  OP(LCHOWN, "lchown", "lchown", "pii") \
  OP(UTIMES, "utimes", "utime", "pnn") /* seconds */ \
  OP(FUTIMES, "futimes", "futime", "fnn") \
  OP(LUTIMES, "lutimes", "lutime", "pnn") \
  OP(FTRUNCATE, "ftruncate", "ftruncate", "fn") \
  OP(FSYNC, "fsync", "fsync", "f") \
  OP(FDATASYNC, "fdatasync", "fdatasync", "f")

typedef enum FsOp {
#define OP(op, js, syscall, args) FS_##op,
  FS_OPS(OP)
#undef OP
} FsOp;

typedef struct FsCall {
  FsOp op;
  bool bigint, quiet;
  i32 fd, integers[2];
  double numbers[2];
  const char *path, *dest; // in the heap, unless the caller has copied them
} FsCall;

const char *fs_call_syscall(FsOp op);
// The arguments from number `first` on. false: thrown. Runs no JS.
MUST_CHECK bool fs_call_parse(Isolate *iso, const Call *call, u32 first, FsOp op, FsCall *out);
// Begins the call, or does it if done is NULL. 0 or libuv's error.
int fs_call_start(uv_loop_t *loop, uv_fs_t *request, const FsCall *c, uv_fs_cb done);
// What a call that is over gives; ends the request. VALUE_FAIL: thrown.
MUST_CHECK Value fs_call_result(Isolate *iso, const FsCall *c, uv_fs_t *request);
Value fs_call_now(Isolate *iso, const Call *call); // a native function; its magic is the FsOp

#endif
