// SPDX-License-Identifier: MIT
// Random bytes and a comparison that takes the same time whatever differs: what programs use of crypto without libcrypto.
// Tests: tests/node/crypto/.
#include "node/pool_job.h"
#include "vm/memory_access.h"

static int fill_random(u8 *bytes, size_t size) {
  while (size) {
    size_t n = MIN(size, (size_t)1 << 20);
    int error = uv_random(NULL, NULL, bytes, n, 0, NULL);
    if (error) return error;
    bytes += n;
    size -= n;
  }
  return 0;
}

// The part of bytes that (bytes, offset, size) name.
static bool part_of(Isolate *iso, Value view, Value offset_value, Value size_value, u8 **target, size_t *part) {
  size_t length;
  u8 *bytes = TRY(binding_bytes(iso, view, &length));
  double offset = value_is_number(offset_value) ? value_number(offset_value) : 0;
  double size = value_is_number(size_value) ? value_number(size_value) : (double)length;
  if (!(offset >= 0 && size >= 0 && offset + size <= (double)length)) return THROW(iso, TYPE, "A part of the bytes was expected");
  *target = bytes + (size_t)offset;
  *part = (size_t)size;
  return true;
}

// random(bytes, offset, size): fills them. Shared memory is filled from a copy.
static Value crypto_random(Isolate *iso, const Call *call) {
  u8 *target;
  size_t left;
  TRY(part_of(iso, call_arg(call, 0), call_arg(call, 1), call_arg(call, 2), &target, &left));
  if (!binding_is_shared(call_arg(call, 0))) {
    int error = fill_random(target, left);
    if (error) return (Value)(uintptr_t)throw_uv_error(iso, error, "random", NULL, NULL);
    return VALUE_UNDEFINED;
  }
  while (left) {
    u8 part[4096];
    size_t n = MIN(left, sizeof part);
    int error = fill_random(part, n);
    if (error) return (Value)(uintptr_t)throw_uv_error(iso, error, "random", NULL, NULL);
    memory_copy_shared(target, part, n);
    target += n;
    left -= n;
  }
  return VALUE_UNDEFINED;
}

typedef struct RandomJob {
  PoolJob job;
  u8 *bytes;
  size_t size;
  int error;
  u8 *target;          // where the bytes go in the end
  BackingStore *store; // and who keeps it there
} RandomJob;

static void random_work(PoolJob *job) {
  RandomJob *r = (RandomJob *)job;
  r->error = fill_random(r->bytes, r->size);
}

static Value random_finish(Isolate *iso, PoolJob *job) {
  RandomJob *r = (RandomJob *)job;
  if (r->error) return (Value)(uintptr_t)throw_uv_error(iso, r->error, "random", NULL, NULL);
  if (r->store && r->size) memory_copy(r->target, r->bytes, r->size, r->store->shared);
  return VALUE_UNDEFINED;
}

static void random_destroy(PoolJob *job) {
  RandomJob *r = (RandomJob *)job;
  base_free(r->bytes);
  if (r->store) backing_store_release(r->store);
}
static const PoolJobClass random_class = {random_work, random_finish, random_destroy};

static BackingStore *store_of(Value v) {
  if (value_is_kind(v, KIND_TYPED_ARRAY)) return ref_get(((JSTypedArray *)value_object(v))->buffer)->store;
  if (value_is_kind(v, KIND_DATA_VIEW)) return ref_get(((JSDataView *)value_object(v))->buffer)->store;
  return ((JSArrayBuffer *)value_object(v))->store;
}

// randomLater(callback, bytes, offset, size): on the pool
static Value crypto_random_later(Isolate *iso, const Call *call) {
  u8 *target;
  size_t size;
  TRY(part_of(iso, call_arg(call, 1), call_arg(call, 2), call_arg(call, 3), &target, &size));
  u8 *bytes = base_try_alloc(MAX(size, 1));
  if (!bytes) return (Value)(uintptr_t)throw_out_of_memory(iso);
  RandomJob *r = pool_job_new(&random_class, sizeof *r);
  r->bytes = bytes;
  r->size = size;
  r->target = target;
  BackingStore *store = store_of(call_arg(call, 1));
  if (store) r->store = backing_store_retain(store);
  return pool_job_run(iso, &r->job, call_arg(call, 0));
}

static Value crypto_equal(Isolate *iso, const Call *call) { // of the same size
  size_t n, m;
  const u8 *a = TRY(binding_bytes(iso, call_arg(call, 0), &n)), *b = TRY(binding_bytes(iso, call_arg(call, 1), &m));
  a = TRY(binding_steady(iso, call_arg(call, 0), a, n));
  b = TRY(binding_steady(iso, call_arg(call, 1), b, m));
  volatile u8 difference = n != m;
  for (size_t i = 0; i < MIN(n, m); i++) difference |= a[i] ^ b[i];
  return value_from_bool(difference == 0);
}

// uuid(bytes, offset): the 16 random bytes there as text of version 4; magic 7: as they are
static Value crypto_uuid(Isolate *iso, const Call *call) {
  static const char digits[] = "0123456789abcdef";
  u8 *bytes, *out;
  size_t size;
  u8 id[16];
  TRY(part_of(iso, call_arg(call, 0), call_arg(call, 1), value_from_int(16), &bytes, &size));
  memory_copy(id, bytes, sizeof id, binding_is_shared(call_arg(call, 0)));
  if (native_magic(call) == 4) id[6] = (id[6] & 0x0f) | 0x40; // random
  id[8] = (id[8] & 0x3f) | 0x80;                              // variant 1
  String *s = TRY(str_new_uninit8(iso, 36, &out));
  for (u32 i = 0; i < sizeof id; i++) {
    *out++ = (u8)digits[id[i] >> 4];
    *out++ = (u8)digits[id[i] & 15];
    if (i == 3 || i == 5 || i == 7 || i == 9) *out++ = '-';
  }
  return value_from_cell(s);
}

static const NativeMethod methods[] = {
    {"random", crypto_random, 3, 0}, {"randomLater", crypto_random_later, 4, 0},
    {"equal", crypto_equal, 2, 0},   {"uuid", crypto_uuid, 2, 4},
    {"uuidOf", crypto_uuid, 2, 7},
};
const NodeBinding node_binding_crypto = {"crypto", methods, ARRAY_LEN(methods), NULL};
