// SPDX-License-Identifier: MIT
// File system calls on libuv's thread pool: those of fs_calls.h, and open, close, read, write. Each takes a callback(error, result) and
// returns at once. The memory that a thread of the pool works on is kept by a reference to its backing store, so that neither the
// collector nor a transfer can take it away; shared memory is copied.
// What may wait without end (open, read and write of pipes and terminals) is done by functions of our own on the pool's threads, so that the end
// of the isolate can interrupt it: libuv itself would let a worker wait for ever. Tests: tests/node/stream/files*.js, tests/node/fs/,
// tests/threads/workers/pipes.js.
#include <errno.h>
#include <uv.h>

#include "base/platform.h"
#include "base/sync.h"
#include "node/bindings/fs_calls.h"
#include "node/node_internal.h"
#include "vm/iterate.h"
#include "vm/memory_access.h"

typedef enum FsWait { FS_OPEN, FS_READ, FS_WRITE } FsWait;

typedef struct FsRequest {
  union {
    uv_fs_t uv;
    uv_work_t work; // of calls that may wait
  };
  Host *host;
  Persistent callback, context;
  const char *syscall;
  BackingStore **stores;
  u32 store_count;
  u8 *copy; // of shared memory, or new memory that the callback gets
  u8 *copied_from;
  size_t length; // of new memory
  // Of calls that may wait
  void (*done)(struct FsRequest *r);
  struct FsRequest *next, **prev; // those of the isolate (NodeState.waiting_requests), or prev NULL
  FsWait what;
  i32 fd, flags, mode;
  char *path, *dest;
  FsCall call; // with these paths
  ByteRange *ranges;
  u32 range_count;
  i64 position;
  i64 result; // or libuv's error
  Mutex mutex;
  Thread thread;
  bool running;           // under the mutex: `thread` is, or is about to be, in a system call
  _Atomic bool abandoned; // nobody wants the result any more
  _Atomic bool finished;
} FsRequest;

static FsRequest *request_new(Isolate *iso, Value callback, const char *syscall) {
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  Host *host = host_of(iso);
  if (!loop_uv(&host->loop)) return THROW(iso, TYPE, "The event loop cannot be made");
  FsRequest *r = base_alloc_zeroed(sizeof *r);
  r->host = host;
  r->syscall = syscall;
  r->uv.data = r;
  mutex_init(&r->mutex);
  gc_persistent_init(heap_of(iso), &r->callback, value_bits(callback));
  gc_persistent_init(heap_of(iso), &r->context, value_bits(node_of(iso)->async_context));
  return r;
}

static void request_free(FsRequest *r) {
  gc_persistent_clear(&r->callback);
  gc_persistent_clear(&r->context);
  for (u32 i = 0; i < r->store_count; i++) backing_store_release(r->stores[i]);
  mutex_destroy(&r->mutex);
  base_free(r->stores);
  base_free(r->ranges);
  base_free(r->path);
  base_free(r->dest);
  base_free(r->copy);
  base_free(r);
}

static void *request_drop(FsRequest *r) {
  request_free(r);
  return NULL;
}

// ---- Completion ----

static Value error_of(Isolate *iso, int error, const char *syscall, const char *path) {
  (void)throw_uv_error(iso, error, syscall, path, NULL);
  return isolate_take_exception(iso);
}

static void deliver(FsRequest *r, Value error, Value result) {
  Host *host = r->host;
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  Value callback = (Value)(uintptr_t)r->callback.word;
  node->async_context = (Value)(uintptr_t)r->context.word;
  request_free(r);
  if (!CALL2(iso, callback, VALUE_UNDEFINED, error, result)) (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
  loop_drain(host);
}

static bool is_abandoned(const FsRequest *r) { return !r->host->node || r->host->iso->terminating; }

static void on_done(uv_fs_t *uv) {
  FsRequest *r = uv->data;
  ssize_t n = uv->result;
  uv_fs_req_cleanup(uv);
  if (is_abandoned(r)) request_free(r);
  else
    deliver(r, n < 0 ? error_of(r->host->iso, (int)n, r->syscall, NULL) : VALUE_NULL,
            n < 0 ? VALUE_UNDEFINED : value_from_double((double)n));
}

// Of open, read and write.
static void on_waited(FsRequest *r) {
  Isolate *iso = r->host->iso;
  i64 n = r->result;
  if (is_abandoned(r)) { // nobody is there any more
    if (r->what == FS_OPEN && n >= 0) node_file_abandoned((int)n);
    request_free(r);
    return;
  }
  if (r->what == FS_OPEN && n >= 0) node_file_opened(iso, (int)n);
  if (r->copied_from && n > 0) memory_copy_shared(r->copied_from, r->copy, (size_t)n);
  Value error = n < 0 ? error_of(iso, (int)n, r->syscall, r->path) : VALUE_NULL;
  deliver(r, error, n < 0 ? VALUE_UNDEFINED : value_from_double((double)n));
}

static void free_native(void *data, u64 length, void *context) {
  (void)length;
  (void)context;
  base_free(data);
}

// What was read into new memory, as an ArrayBuffer of just that size. VALUE_FAIL: thrown.
static Value take_new_memory(Isolate *iso, FsRequest *r, size_t n) {
  if (gc_would_exceed_limit(heap_of(iso), n)) return throw_out_of_memory(iso);
  u8 *bytes = n < r->length ? base_realloc(r->copy, MAX(n, 1)) : r->copy;
  r->copy = NULL;
  return value_from_object(TRY(array_buffer_from_store(iso, backing_store_from_memory(bytes, n, free_native, NULL))));
}

static void on_read_new(FsRequest *r) {
  Isolate *iso = r->host->iso;
  i64 n = r->result;
  if (is_abandoned(r)) {
    request_free(r);
    return;
  }
  Value error = n < 0 ? error_of(iso, (int)n, r->syscall, NULL) : VALUE_NULL;
  Value result = n < 0 ? VALUE_UNDEFINED : take_new_memory(iso, r, (size_t)n);
  if (result) {
    deliver(r, error, result);
  } else {
    if (iso->terminating) request_free(r);
    else deliver(r, isolate_take_exception(iso), VALUE_UNDEFINED);
  }
}

// libuv has refused: the callback never comes.
static Value started(Isolate *iso, FsRequest *r, int error) {
  if (!error) return VALUE_UNDEFINED;
  const char *syscall = r->syscall;
  uv_fs_req_cleanup(&r->uv);
  request_free(r);
  return throw_uv_error(iso, error, syscall, NULL, NULL);
}

static uv_loop_t *uv_of(FsRequest *r) { return loop_uv(&r->host->loop); }

// ---- Calls that may wait ----

// What the system call returned, or a negative errno.
static i64 call_system(const FsRequest *r, const ByteRange *ranges, u32 count, i64 position) {
  if (r->what == FS_OPEN) return platform_open(r->path, r->flags, (u32)r->mode);
  if (!count) return -EINVAL; // as libuv says
  if (count == 1) {
    return r->what == FS_READ ? platform_read(r->fd, ranges->bytes, ranges->size, position)
                              : platform_write(r->fd, ranges->bytes, ranges->size, position);
  }
  return r->what == FS_READ ? platform_read_many(r->fd, ranges, count, position)
                            : platform_write_many(r->fd, ranges, count, position);
}

static i64 call_until_done(FsRequest *r, const ByteRange *ranges, u32 count, i64 position) {
  for (;;) {
    mutex_lock(&r->mutex);
    r->thread = thread_current();
    r->running = true; // who abandons the request now interrupts this thread
    mutex_unlock(&r->mutex);
    i64 n = atomic_load(&r->abandoned) ? -ECANCELED : call_system(r, ranges, count, position);
    mutex_lock(&r->mutex);
    r->running = false;
    mutex_unlock(&r->mutex);
    if (n != -EINTR) return n < 0 ? uv_translate_sys_error((int)-n) : n;
  }
}

// More ranges than the system takes at once go one after the other, as long as each is moved whole.
static void call_for_all_ranges(FsRequest *r) {
  r->result = 0;
  for (u32 first = 0; first == 0 || first < r->range_count;) {
    u32 count = MIN(r->range_count - first, (u32)PLATFORM_RANGES_MAX);
    size_t size = 0;
    for (u32 i = first; i < first + count; i++) size += r->ranges[i].size;
    i64 n = call_until_done(r, r->ranges + first, count, r->position < 0 ? -1 : r->position + r->result);
    if (n >= 0 || !r->result) r->result += n;
    if (n < 0 || (size_t)n < size || r->what == FS_OPEN) return;
    first += MAX(count, 1u);
  }
}

// On a thread of the pool.
static void work(uv_work_t *uv) {
  FsRequest *r = uv->data;
  call_for_all_ranges(r);
  atomic_store(&r->finished, true);
}

static void after_work(uv_work_t *uv, int status) {
  FsRequest *r = uv->data;
  if (status < 0) r->result = status; // it was cancelled before it began
  *r->prev = r->next;
  if (r->next) r->next->prev = r->prev;
  r->done(r);
}

static Value start_waiting(Isolate *iso, FsRequest *r, FsWait what, void (*done)(FsRequest *r)) {
  NodeState *node = node_of(iso);
  r->what = what;
  r->done = done;
  int error = uv_queue_work(loop_uv(&r->host->loop), &r->work, work, after_work);
  if (error) {
    const char *syscall = r->syscall;
    request_free(r);
    return throw_uv_error(iso, error, syscall, NULL, NULL);
  }
  r->next = node->waiting_requests;
  r->prev = &node->waiting_requests;
  if (r->next) r->next->prev = &r->next;
  node->waiting_requests = r;
  return VALUE_UNDEFINED;
}

u32 node_count_requests(const NodeState *node) {
  u32 count = 0;
  for (const FsRequest *r = node->waiting_requests; r; r = r->next) count++;
  return count;
}

// false: it is over.
static bool interrupt_request(FsRequest *r) {
  if (atomic_load(&r->finished)) return false;
  mutex_lock(&r->mutex);
  if (r->running) thread_interrupt(&r->thread);
  mutex_unlock(&r->mutex);
  return true;
}

// A signal that comes before the system call begins is lost: so there are more, until all calls are over. The loop's end frees the requests.
void node_abandon_requests(NodeState *node) {
  enum { AGAIN_NS = 1000000 };
  for (FsRequest *r = node->waiting_requests; r; r = r->next) {
    atomic_store(&r->abandoned, true);
    if (uv_cancel((uv_req_t *)&r->work) == 0) atomic_store(&r->finished, true);
  }
  for (FsRequest *r = node->waiting_requests; r; r = r->next) {
    while (interrupt_request(r)) platform_sleep_ns(AGAIN_NS);
  }
}

// ---- Descriptors ----

static char *copy_of(const char *path) {
  if (!path) return NULL;
  size_t size = strlen(path) + 1;
  return memcpy(base_alloc(size), path, size);
}

static Value async_open(Isolate *iso, const Call *call) { // callback, path, flags, mode
  i32 flags, mode;
  const char *path = TRY(binding_path(iso, call_arg(call, 1)));
  TRY(binding_int(iso, call_arg(call, 2), &flags));
  TRY(binding_int(iso, call_arg(call, 3), &mode));
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), "open"));
  r->path = copy_of(path);
  r->flags = flags;
  r->mode = mode;
  return start_waiting(iso, r, FS_OPEN, on_waited);
}

static Value async_close(Isolate *iso, const Call *call) { // callback, fd
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), "close"));
  node_file_closing(iso, fd);
  return started(iso, r, uv_fs_close(uv_of(r), &r->uv, fd, on_done));
}

// ---- Calls of fs_calls.h ----

static void on_called(uv_fs_t *uv) {
  FsRequest *r = uv->data;
  Isolate *iso = r->host->iso;
  if (is_abandoned(r)) {
    uv_fs_req_cleanup(uv);
    request_free(r);
    return;
  }
  Value result = fs_call_result(iso, &r->call, uv);
  if (result) deliver(r, VALUE_NULL, result);
  else if (iso->terminating) request_free(r);
  else deliver(r, isolate_take_exception(iso), VALUE_UNDEFINED);
}

static Value async_call(Isolate *iso, const Call *call) { // callback, arguments
  FsCall c;
  FsOp op = (FsOp)native_magic(call);
  TRY(fs_call_parse(iso, call, 1, op, &c));
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), fs_call_syscall(op)));
  c.path = r->path = copy_of(c.path);
  c.dest = r->dest = copy_of(c.dest);
  r->call = c;
  return started(iso, r, fs_call_start(uv_of(r), &r->uv, &r->call, on_called));
}

// ---- Bytes ----

static BackingStore *store_of(Value view) {
  if (value_is_kind(view, KIND_TYPED_ARRAY)) return ref_get(((JSTypedArray *)value_object(view))->buffer)->store;
  if (value_is_kind(view, KIND_DATA_VIEW)) return ref_get(((JSDataView *)value_object(view))->buffer)->store;
  return NULL;
}

// The memory of one view, which stays as long as the request. NULL: TypeError.
static u8 *hold_bytes(Isolate *iso, FsRequest *r, Value view, size_t *size) {
  u8 *bytes = TRY(binding_bytes(iso, view, size));
  BackingStore *store = store_of(view);
  if (*size && store) r->stores[r->store_count++] = backing_store_retain(store);
  return bytes;
}

// -1 (the current position) for what is no number or negative; BigInts too.
static i64 position_of(Value v) {
  double d = value_is_bigint(v) ? bigint_to_double(value_bigint(v)) : value_is_number(v) ? value_number(v) : -1;
  return d >= 0 && d < 9e18 ? (i64)d : -1;
}

// callback, fd, view, offset, length, position. magic 1: write
static Value async_transfer(Isolate *iso, const Call *call) {
  bool is_write = native_magic(call);
  i32 fd;
  size_t size;
  double offset, length;
  Value view = call_arg(call, 2);
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  TRY(to_double(iso, call_arg(call, 3), &offset));
  TRY(to_double(iso, call_arg(call, 4), &length));
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), is_write ? "write" : "read"));
  r->stores = base_alloc(sizeof *r->stores);
  u8 *bytes = hold_bytes(iso, r, view, &size);
  if (!bytes) return (Value)(uintptr_t)request_drop(r);
  if (!(offset >= 0 && length >= 0 && offset + length <= (double)size)) {
    request_free(r);
    return THROW(iso, RANGE, "The range is outside of the buffer");
  }
  bytes += (size_t)offset;
  if (binding_is_shared(view) && length > 0) {
    r->copy = base_alloc((size_t)length);
    if (is_write) memory_copy_shared(r->copy, bytes, (size_t)length);
    else r->copied_from = bytes;
    bytes = r->copy;
  }
  r->ranges = base_alloc(sizeof *r->ranges);
  r->ranges[r->range_count++] = (ByteRange){bytes, (size_t)MIN(length, 0x7ffff000)};
  r->fd = fd;
  r->position = position_of(call_arg(call, 5));
  return start_waiting(iso, r, is_write ? FS_WRITE : FS_READ, on_waited);
}

// callback, fd, length, position: the callback gets an ArrayBuffer, which costs no zeroing
static Value async_read_new(Isolate *iso, const Call *call) {
  i32 fd, length;
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  TRY(binding_int(iso, call_arg(call, 2), &length));
  if (length < 0) return THROW(iso, RANGE, "The length must not be negative");
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), "read"));
  r->length = (size_t)length;
  r->copy = base_alloc(MAX(r->length, 1));
  r->ranges = base_alloc(sizeof *r->ranges);
  r->ranges[r->range_count++] = (ByteRange){r->copy, r->length};
  r->fd = fd;
  r->position = position_of(call_arg(call, 3));
  return start_waiting(iso, r, FS_READ, on_read_new);
}

// callback, fd, array of views, position. magic 1: write. Shared memory is not for these: lib/fs.js takes care.
static Value async_transfer_many(Isolate *iso, const Call *call) {
  bool is_write = native_magic(call);
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  JSObject *views = TRY(create_list_from_array_like(iso, call_arg(call, 2)));
  u32 count = (u32)array_length(views);
  FsRequest *r = TRY(request_new(iso, call_arg(call, 0), is_write ? "write" : "read"));
  r->stores = base_alloc(MAX(count, 1) * sizeof *r->stores);
  r->ranges = base_alloc(MAX(count, 1) * sizeof *r->ranges);
  for (u32 i = 0; i < count; i++) {
    size_t size;
    Value view = list_get(views, i);
    u8 *bytes = binding_is_shared(view) ? THROW(iso, TYPE, "Shared memory was not expected") : hold_bytes(iso, r, view, &size);
    if (!bytes) return (Value)(uintptr_t)request_drop(r);
    r->ranges[r->range_count++] = (ByteRange){bytes, MIN(size, (size_t)0x7ffff000)};
  }
  r->fd = fd;
  r->position = position_of(call_arg(call, 3));
  return start_waiting(iso, r, is_write ? FS_WRITE : FS_READ, on_waited);
}

static const NativeMethod methods[] = {
    {"open", async_open, 4, 0},
    {"close", async_close, 2, 0},
#define OP(op, js, syscall, args) {js, async_call, sizeof args, FS_##op},
    FS_OPS(OP)
#undef OP
        {"read", async_transfer, 6, 0},
    {"write", async_transfer, 6, 1},
    {"readNew", async_read_new, 4, 0},
    {"readv", async_transfer_many, 4, 0},
    {"writev", async_transfer_many, 4, 1},
};
const NodeBinding node_binding_fs_async = {"fs_async", methods, ARRAY_LEN(methods), NULL};
