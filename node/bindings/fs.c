// SPDX-License-Identifier: MIT
// File system calls, synchronous, over libuv's portable wrappers (which need no loop for that). Each takes a path as string or
// bytes, and throws Node's error (throw_uv_error) when the system refuses. lib/fs.js checks arguments and makes objects.
// Opening, reading and writing may wait for others (pipes, terminals): they can be interrupted when the isolate is told to end.
// Tests: tests/node/fs/.
#include <errno.h>
#include <uv.h>

#include "base/platform.h"
#include "base/utf.h"
#include "node/node_internal.h"
#include "threads/worker.h"
#include "vm/memory_access.h"

// A finished request: *r is its result. false: thrown.
static bool finish(Isolate *iso, uv_fs_t *request, const char *syscall, const char *path, const char *dest) {
  ssize_t result = request->result;
  uv_fs_req_cleanup(request);
  if (result >= 0) return true;
  return throw_uv_error(iso, (int)result, syscall, path, dest);
}

static bool int_arg(Isolate *iso, const Call *call, u32 i, i32 *out) { return binding_int(iso, call_arg(call, i), out); }

// -1 (the current position) for null, undefined and negative numbers; BigInts too.
static bool position_arg(Isolate *iso, Value v, i64 *out) {
  *out = -1;
  if (value_is_bigint(v)) {
    double d = bigint_to_double(value_bigint(v));
    if (d >= 0 && d < 9e18) *out = (i64)d;
  } else if (value_is_number(v)) {
    double d = value_number(v);
    if (d >= 0 && d < 9e18) *out = (i64)d;
  } else if (!value_is_nullish(v)) {
    return THROW(iso, TYPE, "A position must be a number or null");
  }
  return true;
}

// ---- Descriptors ----

// A descriptor or libuv's error; UV_EINTR: the isolate ends, or an exception is pending.
static int open_interruptibly(Isolate *iso, const char *path, int flags, u32 mode) {
  for (;;) {
    if (!worker_begin_wait(host_of(iso))) return UV_EINTR;
    int fd = platform_open(path, flags, mode);
    worker_end_wait(host_of(iso));
    if (fd != -EINTR) return fd < 0 ? uv_translate_sys_error(-fd) : fd;
  }
}

static Value fs_open(Isolate *iso, const Call *call) { // path, flags, mode
  i32 flags, mode;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(int_arg(iso, call, 1, &flags));
  TRY(int_arg(iso, call, 2, &mode));
  int fd = open_interruptibly(iso, path, flags, (u32)mode);
  if (fd == UV_EINTR) return VALUE_FAIL;
  if (fd < 0) return throw_uv_error(iso, fd, "open", path, NULL), VALUE_FAIL;
  node_file_opened(iso, fd);
  return value_from_int(fd);
}

static Value fs_close(Isolate *iso, const Call *call) {
  i32 fd;
  uv_fs_t request;
  TRY(int_arg(iso, call, 0, &fd));
  node_file_closing(iso, fd);
  (void)uv_fs_close(NULL, &request, fd, NULL);
  TRY(finish(iso, &request, "close", NULL, NULL));
  return VALUE_UNDEFINED;
}

// One read or write: the bytes moved or libuv's error; UV_EINTR: as above. Long ones go in steps, so that the isolate can be told to end.
static i64 transfer(Isolate *iso, bool is_write, int fd, u8 *bytes, size_t size, i64 position) {
  enum { STEP = 4 << 20 };
  for (size_t done = 0;;) {
    size_t n = MIN(size - done, (size_t)STEP);
    i64 at = position < 0 ? -1 : position + (i64)done;
    if (!worker_begin_wait(host_of(iso))) return UV_EINTR;
    i64 moved = is_write ? platform_write(fd, bytes + done, n, at) : platform_read(fd, bytes + done, n, at);
    worker_end_wait(host_of(iso));
    if (moved == -EINTR) continue;
    if (moved < 0) return done ? (i64)done : uv_translate_sys_error((int)-moved);
    done += (size_t)moved;
    if ((size_t)moved < n || done == size) return (i64)done;
  }
}

static Value transferred(Isolate *iso, i64 n, bool is_write) {
  if (n >= 0) return value_from_double((double)n);
  if (n != UV_EINTR) throw_uv_error(iso, (int)n, is_write ? "write" : "read", NULL, NULL);
  return VALUE_FAIL;
}

// What the system writes and reads behind our back is memory of our own: shared memory is read and written with atomics only.
static Value transfer_shared(Isolate *iso, bool is_write, int fd, u8 *bytes, size_t size, i64 position) {
  u8 *own = base_try_alloc(size + 1);
  if (!own) return transferred(iso, UV_ENOMEM, is_write);
  if (is_write) memory_copy_shared(own, bytes, size);
  i64 n = transfer(iso, is_write, fd, own, size, position);
  if (!is_write && n > 0) memory_copy_shared(bytes, own, (size_t)n);
  base_free(own);
  return transferred(iso, n, is_write);
}

// fd, bytes, offset, length, position: bytes moved. magic 1: write
static Value fs_transfer(Isolate *iso, const Call *call) {
  bool is_write = native_magic(call);
  i32 fd;
  i64 position;
  size_t size;
  double offset, length;
  TRY(int_arg(iso, call, 0, &fd));
  TRY(to_double(iso, call_arg(call, 2), &offset));
  TRY(to_double(iso, call_arg(call, 3), &length));
  TRY(position_arg(iso, call_arg(call, 4), &position));
  u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 1), &size));
  if (!(offset >= 0 && length >= 0 && offset + length <= (double)size))
    return THROW(iso, RANGE, "The range is outside of the buffer");
  size = (size_t)MIN(length, 0x7ffff000);
  bytes += (size_t)offset;
  if (binding_is_shared(call_arg(call, 1))) return transfer_shared(iso, is_write, fd, bytes, size, position);
  return transferred(iso, transfer(iso, is_write, fd, bytes, size, position), is_write);
}

static Value fs_write_string(Isolate *iso, const Call *call) { // fd, string (UTF-8), position: bytes written
  i32 fd;
  i64 position;
  size_t size;
  TRY(int_arg(iso, call, 0, &fd));
  TRY(position_arg(iso, call_arg(call, 2), &position));
  const char *text = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  size_t done = 0;
  while (done < size) {
    i64 n = transfer(iso, true, fd, (u8 *)(uintptr_t)text + done, size - done, position < 0 ? -1 : position + (i64)done);
    if (n < 0) return transferred(iso, n, true);
    done += (size_t)n;
  }
  return value_from_double((double)size);
}

// ---- Whole files ----

// The error of reading names the call that failed.
static void *read_failed(Isolate *iso, int error, const char *path) {
  return throw_uv_error(iso, error, error == UV_EISDIR ? "read" : "open", error == UV_EISDIR ? NULL : path, NULL);
}

static Value string_from_bytes(Isolate *iso, const u8 *bytes, size_t size) {
  return value_from_cell(str_new_utf8(iso, (const char *)bytes, size));
}

// Appends what comes until the end. 0 or libuv's error; UV_EINTR: as above.
static int read_to_end(Isolate *iso, int fd, ByteVec *out) {
  enum { STEP = 64 * 1024 };
  for (;;) {
    if (out->len > UINT32_MAX - STEP) return UV_EFBIG;
    if (out->cap - out->len < STEP / 4) vec_reserve(out, out->len + STEP);
    i64 n = transfer(iso, false, fd, out->data + out->len, out->cap - out->len, -1);
    if (n <= 0) return (int)n;
    out->len += (u32)n;
  }
}

static int read_path(Isolate *iso, const char *path, ByteVec *out) {
  uv_fs_t request;
  int fd = open_interruptibly(iso, path, UV_FS_O_RDONLY, 0);
  if (fd < 0) return fd;
  int error = uv_fs_fstat(NULL, &request, fd, NULL);
  u64 size = error ? 0 : request.statbuf.st_size;
  uv_fs_req_cleanup(&request);
  // Room for the whole file and a bit, so that one read and one empty read suffice.
  if (size > 0 && size < 0x7FFF0000) vec_reserve(out, (u32)size + 32 * 1024);
  error = read_to_end(iso, fd, out);
  (void)uv_fs_close(NULL, &request, fd, NULL);
  return error;
}

// A file by its path, or the rest of what a descriptor gives. false: thrown; `out` is empty.
static bool read_whole(Isolate *iso, Value path_or_fd, ByteVec *out) {
  *out = (ByteVec){0};
  const char *path = NULL;
  if (!value_is_number(path_or_fd)) path = TRY(binding_path(iso, path_or_fd));
  int error = path ? read_path(iso, path, out) : read_to_end(iso, (int)value_number(path_or_fd), out);
  if (!error) return true;
  vec_free(out);
  if (error == UV_EINTR) return false;
  if (path) read_failed(iso, error, path);
  else throw_uv_error(iso, error, "read", NULL, NULL);
  return false;
}

// readFileUtf8(path | fd): a string
static Value fs_read_file_utf8(Isolate *iso, const Call *call) {
  ByteVec out;
  TRY(read_whole(iso, call_arg(call, 0), &out));
  Value v = string_from_bytes(iso, out.data, out.len);
  vec_free(&out);
  return v;
}

static void free_native(void *data, u64 length, void *context) {
  (void)length;
  (void)context;
  base_free(data);
}

// readFileBytes(path | fd): an ArrayBuffer
static Value fs_read_file_bytes(Isolate *iso, const Call *call) {
  ByteVec out;
  TRY(read_whole(iso, call_arg(call, 0), &out));
  if (gc_would_exceed_limit(heap_of(iso), out.len)) {
    vec_free(&out);
    return throw_out_of_memory(iso);
  }
  u8 *bytes = out.data ? out.data : base_alloc(1);
  return value_from_object(TRY(array_buffer_from_store(iso, backing_store_from_memory(bytes, out.len, free_native, NULL))));
}

enum { CACHED_MAX = 64 * 1024 };

// readCached(path, asText): a string or an ArrayBuffer; undefined when reading that file might have to wait, or fails.
static Value fs_read_cached(Isolate *iso, const Call *call) {
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  ByteVec out = {0};
  if (!platform_read_file_cached(path, CACHED_MAX, &out) || gc_would_exceed_limit(heap_of(iso), out.len)) {
    vec_free(&out);
    return VALUE_UNDEFINED;
  }
  if (call_arg(call, 1) == VALUE_TRUE) {
    Value v = string_from_bytes(iso, out.data, out.len);
    vec_free(&out);
    return v;
  }
  return value_from_object(TRY(array_buffer_from_store(iso, backing_store_from_memory(out.data, out.len, free_native, NULL))));
}

// readText(path): a string, or undefined when it cannot be read (package.json)
static Value fs_read_text(Isolate *iso, const Call *call) {
  u8 *bytes;
  size_t size;
  int error;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  if (!node_read_file(path, &bytes, &size, &error)) return VALUE_UNDEFINED;
  Value v = string_from_bytes(iso, bytes, size);
  base_free(bytes);
  return v;
}

// ---- Facts about files ----

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

enum { STAT_PATH, STAT_LINK, STAT_DESCRIPTOR };
// path | fd, bigint, throwIfNoEntry: numbers, or undefined
static Value fs_stat(Isolate *iso, const Call *call) {
  static const char *const names[] = {"stat", "lstat", "fstat"};
  u32 which = native_magic(call);
  i32 fd = 0;
  uv_fs_t request;
  const char *path = NULL;
  if (which == STAT_DESCRIPTOR) TRY(int_arg(iso, call, 0, &fd));
  else path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = which == STAT_PATH   ? uv_fs_stat(NULL, &request, path, NULL)
              : which == STAT_LINK ? uv_fs_lstat(NULL, &request, path, NULL)
                                   : uv_fs_fstat(NULL, &request, fd, NULL);
  uv_stat_t s = request.statbuf;
  if ((error == UV_ENOENT || error == UV_ENOTDIR) && call_arg(call, 2) == VALUE_FALSE) {
    uv_fs_req_cleanup(&request);
    return VALUE_UNDEFINED;
  }
  TRY(finish(iso, &request, names[which], path, NULL));
  return call_arg(call, 1) == VALUE_TRUE ? stat_bigints(iso, &s) : stat_numbers(iso, &s);
}

// kind(path): 0 a file, 1 a directory, -1 nothing (follows links)
static Value fs_kind(Isolate *iso, const Call *call) {
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = uv_fs_stat(NULL, &request, path, NULL);
  bool is_directory = !error && (request.statbuf.st_mode & 0170000) == 0040000;
  uv_fs_req_cleanup(&request);
  return value_from_int(error ? -1 : is_directory);
}

static Value fs_access(Isolate *iso, const Call *call) { // path, mode
  i32 mode;
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(int_arg(iso, call, 1, &mode));
  (void)uv_fs_access(NULL, &request, path, mode, NULL);
  TRY(finish(iso, &request, "access", path, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_exists(Isolate *iso, const Call *call) {
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = uv_fs_access(NULL, &request, path, 0, NULL);
  uv_fs_req_cleanup(&request);
  return value_from_bool(!error);
}

static Value fs_statfs(Isolate *iso, const Call *call) { // [type, bsize, blocks, bfree, bavail, files, ffree]
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = uv_fs_statfs(NULL, &request, path, NULL);
  uv_statfs_t s = error ? (uv_statfs_t){0} : *(uv_statfs_t *)request.ptr;
  TRY(finish(iso, &request, "statfs", path, NULL));
  double numbers[] = {(double)s.f_type,   (double)s.f_bsize, (double)s.f_blocks, (double)s.f_bfree,
                      (double)s.f_bavail, (double)s.f_files, (double)s.f_ffree};
  Value values[ARRAY_LEN(numbers)];
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) values[i] = value_from_double(numbers[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// ---- Directories ----

// readdir(path): [name, type, name, type, ...] in the order of the names; the type is libuv's number
static Value fs_readdir(Isolate *iso, const Call *call) {
  uv_fs_t request;
  uv_dirent_t entry;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int count = uv_fs_scandir(NULL, &request, path, 0, NULL);
  if (count < 0) {
    TRY(finish(iso, &request, "scandir", path, NULL));
    return VALUE_FAIL;
  }
  JSObject *out = array_create(iso, 0);
  bool ok = out != NULL;
  while (ok && uv_fs_scandir_next(&request, &entry) != UV_EOF) {
    Value name = binding_string(iso, entry.name);
    ok = name && array_push_value(iso, out, name) && array_push_value(iso, out, value_from_int((i32)entry.type));
  }
  uv_fs_req_cleanup(&request);
  return ok ? value_from_object(out) : VALUE_FAIL;
}

static Value fs_mkdir(Isolate *iso, const Call *call) { // path, mode
  i32 mode;
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(int_arg(iso, call, 1, &mode));
  (void)uv_fs_mkdir(NULL, &request, path, mode, NULL);
  TRY(finish(iso, &request, "mkdir", path, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_mkdtemp(Isolate *iso, const Call *call) { // the pattern, with XXXXXX
  uv_fs_t request;
  const char *pattern = TRY(binding_path(iso, call_arg(call, 0)));
  int error = uv_fs_mkdtemp(NULL, &request, pattern, NULL);
  Value made = error ? VALUE_UNDEFINED : binding_string(iso, request.path);
  TRY(finish(iso, &request, "mkdtemp", pattern, NULL));
  return made;
}

// ---- Links, names, attributes ----

enum { ONE_RMDIR, ONE_UNLINK };
static Value fs_one_path(Isolate *iso, const Call *call) {
  uv_fs_t request;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  bool is_unlink = native_magic(call) == ONE_UNLINK;
  (void)(is_unlink ? uv_fs_unlink(NULL, &request, path, NULL) : uv_fs_rmdir(NULL, &request, path, NULL));
  TRY(finish(iso, &request, is_unlink ? "unlink" : "rmdir", path, NULL));
  return VALUE_UNDEFINED;
}

enum { TWO_RENAME, TWO_COPY, TWO_LINK, TWO_SYMLINK };
static Value fs_two_paths(Isolate *iso, const Call *call) { // from, to, flags
  static const char *const names[] = {"rename", "copyfile", "link", "symlink"};
  u32 which = native_magic(call);
  i32 flags = 0;
  uv_fs_t request;
  const char *from = TRY(binding_path(iso, call_arg(call, 0))), *to = TRY(binding_path(iso, call_arg(call, 1)));
  if (value_is_number(call_arg(call, 2))) TRY(int_arg(iso, call, 2, &flags));
  switch (which) {
  case TWO_RENAME: (void)uv_fs_rename(NULL, &request, from, to, NULL); break;
  case TWO_COPY: (void)uv_fs_copyfile(NULL, &request, from, to, flags, NULL); break;
  case TWO_LINK: (void)uv_fs_link(NULL, &request, from, to, NULL); break;
  default: (void)uv_fs_symlink(NULL, &request, from, to, flags, NULL);
  }
  TRY(finish(iso, &request, names[which], from, to));
  return VALUE_UNDEFINED;
}

enum { RESOLVE_READLINK, RESOLVE_REALPATH };
static Value fs_resolve(Isolate *iso, const Call *call) {
  uv_fs_t request;
  bool is_realpath = native_magic(call) == RESOLVE_REALPATH;
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = is_realpath ? uv_fs_realpath(NULL, &request, path, NULL) : uv_fs_readlink(NULL, &request, path, NULL);
  Value found = error ? VALUE_UNDEFINED : binding_string(iso, request.ptr);
  TRY(finish(iso, &request, is_realpath ? "realpath" : "readlink", path, NULL));
  return found;
}

enum { MODE_PATH, MODE_DESCRIPTOR };
static Value fs_chmod(Isolate *iso, const Call *call) { // path | fd, mode
  i32 mode, fd = 0;
  uv_fs_t request;
  bool is_fd = native_magic(call) == MODE_DESCRIPTOR;
  const char *path = NULL;
  if (is_fd) TRY(int_arg(iso, call, 0, &fd));
  else path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(int_arg(iso, call, 1, &mode));
  (void)(is_fd ? uv_fs_fchmod(NULL, &request, fd, mode, NULL) : uv_fs_chmod(NULL, &request, path, mode, NULL));
  TRY(finish(iso, &request, is_fd ? "fchmod" : "chmod", path, NULL));
  return VALUE_UNDEFINED;
}

enum { OWN_PATH, OWN_DESCRIPTOR, OWN_LINK };
static Value fs_chown(Isolate *iso, const Call *call) { // path | fd, uid, gid
  static const char *const names[] = {"chown", "fchown", "lchown"};
  u32 which = native_magic(call);
  i32 uid, gid, fd = 0;
  uv_fs_t request;
  const char *path = NULL;
  if (which == OWN_DESCRIPTOR) TRY(int_arg(iso, call, 0, &fd));
  else path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(int_arg(iso, call, 1, &uid));
  TRY(int_arg(iso, call, 2, &gid));
  if (which == OWN_PATH) (void)uv_fs_chown(NULL, &request, path, (uv_uid_t)uid, (uv_gid_t)gid, NULL);
  else if (which == OWN_LINK) (void)uv_fs_lchown(NULL, &request, path, (uv_uid_t)uid, (uv_gid_t)gid, NULL);
  else (void)uv_fs_fchown(NULL, &request, fd, (uv_uid_t)uid, (uv_gid_t)gid, NULL);
  TRY(finish(iso, &request, names[which], path, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_utimes(Isolate *iso, const Call *call) { // path | fd, atime, mtime (seconds)
  static const char *const names[] = {"utime", "futime", "lutime"};
  u32 which = native_magic(call);
  i32 fd = 0;
  double atime, mtime;
  uv_fs_t request;
  const char *path = NULL;
  if (which == OWN_DESCRIPTOR) TRY(int_arg(iso, call, 0, &fd));
  else path = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(to_double(iso, call_arg(call, 1), &atime));
  TRY(to_double(iso, call_arg(call, 2), &mtime));
  if (which == OWN_PATH) (void)uv_fs_utime(NULL, &request, path, atime, mtime, NULL);
  else if (which == OWN_LINK) (void)uv_fs_lutime(NULL, &request, path, atime, mtime, NULL);
  else (void)uv_fs_futime(NULL, &request, fd, atime, mtime, NULL);
  TRY(finish(iso, &request, names[which], path, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_ftruncate(Isolate *iso, const Call *call) { // fd, length
  i32 fd;
  double length;
  uv_fs_t request;
  TRY(int_arg(iso, call, 0, &fd));
  TRY(to_double(iso, call_arg(call, 1), &length));
  (void)uv_fs_ftruncate(NULL, &request, fd, length > 0 && length < 9e18 ? (i64)length : 0, NULL);
  TRY(finish(iso, &request, "ftruncate", NULL, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_sync(Isolate *iso, const Call *call) { // fd; magic 1: fdatasync
  i32 fd;
  uv_fs_t request;
  TRY(int_arg(iso, call, 0, &fd));
  bool data_only = native_magic(call);
  (void)(data_only ? uv_fs_fdatasync(NULL, &request, fd, NULL) : uv_fs_fsync(NULL, &request, fd, NULL));
  TRY(finish(iso, &request, data_only ? "fdatasync" : "fsync", NULL, NULL));
  return VALUE_UNDEFINED;
}

static Value fs_umask(Isolate *iso, const Call *call) { // mask | undefined: the one before
  i32 mask;
  if (value_is_undefined(call_arg(call, 0))) {
    u32 now = platform_umask(0);
    (void)platform_umask(now);
    return value_from_u32(now);
  }
  TRY(int_arg(iso, call, 0, &mask));
  return value_from_u32(platform_umask((u32)mask));
}

static const NativeMethod methods[] = {
    {"open", fs_open, 3, 0},
    {"close", fs_close, 1, 0},
    {"read", fs_transfer, 5, 0},
    {"write", fs_transfer, 5, 1},
    {"writeString", fs_write_string, 3, 0},
    {"readFileUtf8", fs_read_file_utf8, 1, 0},
    {"readFileBytes", fs_read_file_bytes, 1, 0},
    {"readCached", fs_read_cached, 2, 0},
    {"readText", fs_read_text, 1, 0},
    {"stat", fs_stat, 3, STAT_PATH},
    {"lstat", fs_stat, 3, STAT_LINK},
    {"fstat", fs_stat, 3, STAT_DESCRIPTOR},
    {"kind", fs_kind, 1, 0},
    {"access", fs_access, 2, 0},
    {"exists", fs_exists, 1, 0},
    {"statfs", fs_statfs, 1, 0},
    {"readdir", fs_readdir, 1, 0},
    {"mkdir", fs_mkdir, 2, 0},
    {"mkdtemp", fs_mkdtemp, 1, 0},
    {"rmdir", fs_one_path, 1, ONE_RMDIR},
    {"unlink", fs_one_path, 1, ONE_UNLINK},
    {"rename", fs_two_paths, 2, TWO_RENAME},
    {"copyFile", fs_two_paths, 3, TWO_COPY},
    {"link", fs_two_paths, 2, TWO_LINK},
    {"symlink", fs_two_paths, 3, TWO_SYMLINK},
    {"readlink", fs_resolve, 1, RESOLVE_READLINK},
    {"realpath", fs_resolve, 1, RESOLVE_REALPATH},
    {"chmod", fs_chmod, 2, MODE_PATH},
    {"fchmod", fs_chmod, 2, MODE_DESCRIPTOR},
    {"chown", fs_chown, 3, OWN_PATH},
    {"fchown", fs_chown, 3, OWN_DESCRIPTOR},
    {"lchown", fs_chown, 3, OWN_LINK},
    {"utimes", fs_utimes, 3, OWN_PATH},
    {"futimes", fs_utimes, 3, OWN_DESCRIPTOR},
    {"lutimes", fs_utimes, 3, OWN_LINK},
    {"ftruncate", fs_ftruncate, 2, 0},
    {"fsync", fs_sync, 1, 0},
    {"fdatasync", fs_sync, 1, 1},
    {"umask", fs_umask, 1, 0},
};

static bool init(Isolate *iso, JSObject *target) {
  static const struct {
    const char *name;
    i32 value;
  } constants[] = {
      {"UV_FS_SYMLINK_DIR", UV_FS_SYMLINK_DIR},
      {"UV_FS_SYMLINK_JUNCTION", UV_FS_SYMLINK_JUNCTION},
      {"O_RDONLY", UV_FS_O_RDONLY},
      {"O_WRONLY", UV_FS_O_WRONLY},
      {"O_RDWR", UV_FS_O_RDWR},
      {"UV_DIRENT_UNKNOWN", UV_DIRENT_UNKNOWN},
      {"UV_DIRENT_FILE", UV_DIRENT_FILE},
      {"UV_DIRENT_DIR", UV_DIRENT_DIR},
      {"UV_DIRENT_LINK", UV_DIRENT_LINK},
      {"UV_DIRENT_FIFO", UV_DIRENT_FIFO},
      {"UV_DIRENT_SOCKET", UV_DIRENT_SOCKET},
      {"UV_DIRENT_CHAR", UV_DIRENT_CHAR},
      {"UV_DIRENT_BLOCK", UV_DIRENT_BLOCK},
      {"EXTENSIONLESS_FORMAT_JAVASCRIPT", 0},
      {"EXTENSIONLESS_FORMAT_WASM", 1},
      {"S_IFMT", 0170000},
      {"S_IFREG", 0100000},
      {"S_IFDIR", 0040000},
      {"S_IFCHR", 0020000},
      {"S_IFBLK", 0060000},
      {"S_IFIFO", 0010000},
      {"S_IFLNK", 0120000},
      {"S_IFSOCK", 0140000},
      {"O_CREAT", UV_FS_O_CREAT},
      {"O_EXCL", UV_FS_O_EXCL},
      {"UV_FS_O_FILEMAP", 0},
      {"O_NOCTTY", UV_FS_O_NOCTTY},
      {"O_TRUNC", UV_FS_O_TRUNC},
      {"O_APPEND", UV_FS_O_APPEND},
      {"O_DIRECTORY", UV_FS_O_DIRECTORY},
      {"O_NOATIME", UV_FS_O_NOATIME},
      {"O_NOFOLLOW", UV_FS_O_NOFOLLOW},
      {"O_SYNC", UV_FS_O_SYNC},
      {"O_DSYNC", UV_FS_O_DSYNC},
      {"O_DIRECT", UV_FS_O_DIRECT},
      {"O_NONBLOCK", UV_FS_O_NONBLOCK},
      {"S_IRWXU", 0700},
      {"S_IRUSR", 0400},
      {"S_IWUSR", 0200},
      {"S_IXUSR", 0100},
      {"S_IRWXG", 070},
      {"S_IRGRP", 040},
      {"S_IWGRP", 020},
      {"S_IXGRP", 010},
      {"S_IRWXO", 07},
      {"S_IROTH", 04},
      {"S_IWOTH", 02},
      {"S_IXOTH", 01},
      {"F_OK", 0},
      {"R_OK", 4},
      {"W_OK", 2},
      {"X_OK", 1},
      {"UV_FS_COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
      {"COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
      {"UV_FS_COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
      {"COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
      {"UV_FS_COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
      {"COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
  };
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  for (u32 i = 0; i < ARRAY_LEN(constants); i++) TRY(binding_set_int(iso, o, constants[i].name, constants[i].value));
  return binding_set(iso, target, "constants", value_from_object(o));
}
const NodeBinding node_binding_fs = {"fs", methods, ARRAY_LEN(methods), init};
