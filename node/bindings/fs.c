// SPDX-License-Identifier: MIT
// File system calls, synchronous, over libuv's portable wrappers (which need no loop for that). Each takes a path as string or
// bytes, and throws Node's error (throw_uv_error) when the system refuses. lib/fs.js checks arguments and makes objects.
// Opening, reading and writing may wait for others (pipes, terminals): they can be interrupted when the isolate is told to end.
// Tests: tests/node/fs/.
#include <errno.h>
#include <uv.h>

#include "base/platform.h"
#include "base/utf.h"
#include "node/bindings/fs_calls.h"
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
#define OP(op, js, syscall, args) {js, fs_call_now, sizeof args - 1, FS_##op},
    FS_OPS(OP)
#undef OP
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
      {"UV_FS_O_FILEMAP", UV_FS_O_FILEMAP},
      {"UV_FS_O_TEMPORARY", UV_FS_O_TEMPORARY},
      {"UV_FS_O_SHORT_LIVED", UV_FS_O_SHORT_LIVED},
      {"UV_FS_O_SEQUENTIAL", UV_FS_O_SEQUENTIAL},
      {"UV_FS_O_RANDOM", UV_FS_O_RANDOM},
      {"O_NOCTTY", UV_FS_O_NOCTTY},
      {"O_TRUNC", UV_FS_O_TRUNC},
      {"O_APPEND", UV_FS_O_APPEND},
      {"O_DIRECTORY", UV_FS_O_DIRECTORY},
      {"O_NOATIME", 01000000},
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
