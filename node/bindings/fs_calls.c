// SPDX-License-Identifier: MIT
// System calls on files in three steps, so that the same code serves those who wait and those who are called back: arguments into an FsCall,
// libuv's function, and its result as a value or Node's error.
// Tests: tests/node/fs/.
#include "node/bindings/fs_calls.h"

typedef struct OpFacts {
  const char *syscall, *args;
} OpFacts;

static const OpFacts op_facts[] = {
#define OP(op, js, syscall, args) {syscall, args},
    FS_OPS(OP)
#undef OP
};

const char *fs_call_syscall(FsOp op) { return op_facts[op].syscall; }

bool fs_call_parse(Isolate *iso, const Call *call, u32 first, FsOp op, FsCall *out) {
  u32 integers = 0, numbers = 0;
  *out = (FsCall){.op = op};
  for (const char *kind = op_facts[op].args; *kind; kind++) {
    Value v = call_arg(call, first++);
    switch (*kind) {
    case 'p': *(out->path ? &out->dest : &out->path) = TRY(binding_path(iso, v)); break;
    case 'f': TRY(binding_int(iso, v, &out->fd)); break;
    case 'i': TRY(binding_int(iso, v, &out->integers[integers++])); break;
    case 'o':
      if (value_is_number(v)) TRY(binding_int(iso, v, &out->integers[integers++]));
      break;
    case 'n': TRY(to_double(iso, v, &out->numbers[numbers++])); break;
    case 'b': out->bigint = v == VALUE_TRUE; break;
    default: out->quiet = v == VALUE_FALSE;
    }
  }
  return true;
}

static i64 length_of(double n) { return n > 0 && n < 9e18 ? (i64)n : 0; }

int fs_call_start(uv_loop_t *loop, uv_fs_t *request, const FsCall *c, uv_fs_cb done) {
  uv_uid_t uid = (uv_uid_t)c->integers[0];
  uv_gid_t gid = (uv_gid_t)c->integers[1];
  switch (c->op) {
  case FS_STAT:
  case FS_KIND: return uv_fs_stat(loop, request, c->path, done);
  case FS_LSTAT: return uv_fs_lstat(loop, request, c->path, done);
  case FS_FSTAT: return uv_fs_fstat(loop, request, c->fd, done);
  case FS_ACCESS:
  case FS_EXISTS: return uv_fs_access(loop, request, c->path, c->integers[0], done);
  case FS_STATFS: return uv_fs_statfs(loop, request, c->path, done);
  case FS_READDIR:
  case FS_OPENDIR: return uv_fs_scandir(loop, request, c->path, 0, done);
  case FS_MKDIR: return uv_fs_mkdir(loop, request, c->path, c->integers[0], done);
  case FS_MKDTEMP: return uv_fs_mkdtemp(loop, request, c->path, done);
  case FS_RMDIR: return uv_fs_rmdir(loop, request, c->path, done);
  case FS_UNLINK: return uv_fs_unlink(loop, request, c->path, done);
  case FS_RENAME: return uv_fs_rename(loop, request, c->path, c->dest, done);
  case FS_COPY_FILE: return uv_fs_copyfile(loop, request, c->path, c->dest, c->integers[0], done);
  case FS_LINK: return uv_fs_link(loop, request, c->path, c->dest, done);
  case FS_SYMLINK: return uv_fs_symlink(loop, request, c->path, c->dest, c->integers[0], done);
  case FS_READLINK: return uv_fs_readlink(loop, request, c->path, done);
  case FS_REALPATH: return uv_fs_realpath(loop, request, c->path, done);
  case FS_CHMOD: return uv_fs_chmod(loop, request, c->path, c->integers[0], done);
  case FS_FCHMOD: return uv_fs_fchmod(loop, request, c->fd, c->integers[0], done);
  case FS_CHOWN: return uv_fs_chown(loop, request, c->path, uid, gid, done);
  case FS_FCHOWN: return uv_fs_fchown(loop, request, c->fd, uid, gid, done);
  case FS_LCHOWN: return uv_fs_lchown(loop, request, c->path, uid, gid, done);
  case FS_UTIMES: return uv_fs_utime(loop, request, c->path, c->numbers[0], c->numbers[1], done);
  case FS_FUTIMES: return uv_fs_futime(loop, request, c->fd, c->numbers[0], c->numbers[1], done);
  case FS_LUTIMES: return uv_fs_lutime(loop, request, c->path, c->numbers[0], c->numbers[1], done);
  case FS_FTRUNCATE: return uv_fs_ftruncate(loop, request, c->fd, length_of(c->numbers[0]), done);
  case FS_FSYNC: return uv_fs_fsync(loop, request, c->fd, done);
  case FS_FDATASYNC: return uv_fs_fdatasync(loop, request, c->fd, done);
  }
  return UV_ENOSYS;
}

// ---- Results ----

static double nanoseconds(uv_timespec_t t) { return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6; }

// [dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atime, mtime, ctime, birthtime] (times in ms)
static Value stat_numbers(Isolate *iso, const uv_stat_t *s) {
  double numbers[] = {(double)s->st_dev,       (double)s->st_mode,         (double)s->st_nlink,     (double)s->st_uid,
                      (double)s->st_gid,       (double)s->st_rdev,         (double)s->st_blksize,   (double)s->st_ino,
                      (double)s->st_size,      (double)s->st_blocks,       nanoseconds(s->st_atim), nanoseconds(s->st_mtim),
                      nanoseconds(s->st_ctim), nanoseconds(s->st_birthtim)};
  Value values[ARRAY_LEN(numbers)];
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) values[i] = value_from_double(numbers[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value stat_bigints(Isolate *iso, const uv_stat_t *s) { // times in ns
  const uv_timespec_t times[] = {s->st_atim, s->st_mtim, s->st_ctim, s->st_birthtim};
  u64 numbers[14] = {s->st_dev,  s->st_mode,    s->st_nlink, s->st_uid,  s->st_gid,
                     s->st_rdev, s->st_blksize, s->st_ino,   s->st_size, s->st_blocks};
  for (u32 i = 0; i < 4; i++) numbers[10 + i] = (u64)times[i].tv_sec * 1000000000 + (u64)times[i].tv_nsec;
  JSObject *out = TRY(array_create(iso, 0));
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++)
    TRY(array_push_value(iso, out, value_from_cell(TRY(bigint_from_u64(iso, numbers[i])))));
  return value_from_object(out);
}

static Value statfs_numbers(Isolate *iso, const uv_statfs_t *s) {
  double numbers[] = {(double)s->f_type,   (double)s->f_bsize, (double)s->f_blocks, (double)s->f_bfree,
                      (double)s->f_bavail, (double)s->f_files, (double)s->f_ffree};
  Value values[ARRAY_LEN(numbers)];
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) values[i] = value_from_double(numbers[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value entries(Isolate *iso, uv_fs_t *request) {
  uv_dirent_t entry;
  JSObject *out = TRY(array_create(iso, 0));
  while (uv_fs_scandir_next(request, &entry) != UV_EOF) {
    Value name = TRY(binding_string(iso, entry.name));
    TRY(array_push_value(iso, out, name));
    TRY(array_push_value(iso, out, value_from_int((i32)entry.type)));
  }
  return value_from_object(out);
}

static Value value_of(Isolate *iso, const FsCall *c, uv_fs_t *request) {
  switch (c->op) {
  case FS_STAT:
  case FS_LSTAT:
  case FS_FSTAT: return c->bigint ? stat_bigints(iso, &request->statbuf) : stat_numbers(iso, &request->statbuf);
  case FS_KIND: return value_from_int((request->statbuf.st_mode & 0170000) == 0040000);
  case FS_EXISTS: return VALUE_TRUE;
  case FS_STATFS: return statfs_numbers(iso, request->ptr);
  case FS_READDIR:
  case FS_OPENDIR: return entries(iso, request);
  case FS_MKDTEMP: return binding_string(iso, request->path);
  case FS_READLINK:
  case FS_REALPATH: return binding_string(iso, request->ptr);
  default: return VALUE_UNDEFINED;
  }
}

Value fs_call_result(Isolate *iso, const FsCall *c, uv_fs_t *request) {
  int error = request->result < 0 ? (int)request->result : 0;
  Value v = error ? VALUE_UNDEFINED : value_of(iso, c, request);
  uv_fs_req_cleanup(request);
  if (!error) return v;
  if (c->op == FS_KIND) return value_from_int(-1);
  if (c->op == FS_EXISTS) return VALUE_FALSE;
  if (c->quiet && (error == UV_ENOENT || error == UV_ENOTDIR)) return VALUE_UNDEFINED;
  return throw_uv_error(iso, error, op_facts[c->op].syscall, c->path, c->dest), VALUE_FAIL;
}

Value fs_call_now(Isolate *iso, const Call *call) {
  FsCall c;
  uv_fs_t request;
  TRY(fs_call_parse(iso, call, 0, (FsOp)native_magic(call), &c));
  (void)fs_call_start(NULL, &request, &c, NULL);
  return fs_call_result(iso, &c, &request);
}
