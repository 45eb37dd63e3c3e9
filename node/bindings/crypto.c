// SPDX-License-Identifier: MIT
// What lib/crypto.js needs: digests (node/digest.h) as host objects, random bytes, a comparison that takes the same time whatever differs.
// Tests: tests/node/crypto/.
#include <uv.h>

#include "node/digest.h"
#include "node/node_internal.h"
#include "vm/memory_access.h"

static void finalize_digest(Heap *heap, Cell *cell) {
  (void)heap;
  base_free(((JSHostObject *)cell)->data);
}
static const HostClass digest_class = {.name = "Digest", .finalize = finalize_digest};

static Digest *digest_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &digest_class)
    return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "A digest was expected");
}

static Value digest_wrap(Isolate *iso, const Digest *from) {
  JSHostObject *object = TRY(host_object_new(iso, &digest_class, VALUE_NULL, NULL));
  Digest *digest = base_alloc(sizeof *digest);
  *digest = *from;
  object->data = digest;
  return value_from_object(object);
}

// create(name): a digest, or undefined
static Value crypto_create(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  const DigestAlgorithm *algorithm = digest_find(name);
  if (!algorithm) return VALUE_UNDEFINED;
  Digest digest;
  digest_init(&digest, algorithm);
  return digest_wrap(iso, &digest);
}

static Value crypto_copy(Isolate *iso, const Call *call) {
  const Digest *digest = TRY(digest_of(iso, call));
  return digest_wrap(iso, digest);
}

static Value crypto_update(Isolate *iso, const Call *call) { // digest, text as UTF-8 | bytes
  Digest *digest = TRY(digest_of(iso, call));
  size_t size;
  const void *bytes;
  if (value_is_string(call_arg(call, 1))) {
    bytes = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  } else {
    const u8 *raw = TRY(binding_bytes(iso, call_arg(call, 1), &size));
    bytes = TRY(binding_steady(iso, call_arg(call, 1), raw, size));
  }
  digest_update(digest, bytes, size);
  return VALUE_UNDEFINED;
}

// finish(digest, size): bytes
static Value crypto_finish(Isolate *iso, const Call *call) {
  Digest *digest = TRY(digest_of(iso, call));
  i32 size;
  TRY(binding_int(iso, call_arg(call, 1), &size));
  if (size < 0 || (!digest_is_extendable(digest->algorithm) && (u32)size > digest_size(digest->algorithm)))
    return THROW(iso, TYPE, "The size of a digest was expected");
  JSTypedArray *bytes = TRY(binding_uint8_array(iso, (size_t)size));
  if (size) digest_finish(digest, bytes->data, (size_t)size);
  return value_from_object(bytes);
}

// facts(digest): [size, block size, is extendable]
static Value crypto_facts(Isolate *iso, const Call *call) {
  const DigestAlgorithm *algorithm = ((const Digest *)TRY(digest_of(iso, call)))->algorithm;
  Value values[] = {value_from_u32(digest_size(algorithm)), value_from_u32(digest_block_size(algorithm)),
                    value_from_bool(digest_is_extendable(algorithm))};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value crypto_names(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *names = TRY(array_create(iso, 0));
  const char *name;
  for (u32 i = 0; (name = digest_name(i)) != NULL; i++) TRY(array_push_value(iso, names, TRY(binding_string(iso, name))));
  return value_from_object(names);
}

// random(bytes, offset, size): fills them. Shared memory is filled from a copy.
static Value crypto_random(Isolate *iso, const Call *call) {
  size_t length;
  u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &length));
  double offset = value_is_number(call_arg(call, 1)) ? value_number(call_arg(call, 1)) : 0;
  double size = value_is_number(call_arg(call, 2)) ? value_number(call_arg(call, 2)) : (double)length;
  if (!(offset >= 0 && size >= 0 && offset + size <= (double)length)) return THROW(iso, TYPE, "A part of the bytes was expected");
  u8 *target = bytes + (size_t)offset;
  size_t left = (size_t)size;
  while (left) {
    u8 part[4096];
    size_t n = MIN(left, sizeof part);
    int error = uv_random(NULL, NULL, part, n, 0, NULL);
    if (error) return throw_uv_error(iso, error, "random", NULL, NULL);
    memory_copy(target, part, n, binding_is_shared(call_arg(call, 0)));
    target += n;
    left -= n;
  }
  return VALUE_UNDEFINED;
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

static const NativeMethod methods[] = {
    {"create", crypto_create, 1, 0}, {"copy", crypto_copy, 1, 0},   {"update", crypto_update, 2, 0},
    {"finish", crypto_finish, 2, 0}, {"facts", crypto_facts, 1, 0}, {"names", crypto_names, 0, 0},
    {"random", crypto_random, 3, 0}, {"equal", crypto_equal, 2, 0},
};
const NodeBinding node_binding_crypto = {"crypto", methods, ARRAY_LEN(methods), NULL};
