// SPDX-License-Identifier: MIT
// Keys as programs hold them (KeyObject's handle): secret bytes, or an EVP_PKEY with or without its private half.
// Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

CryptoKey *crypto_key_retain(CryptoKey *key) {
  atomic_fetch_add(&key->refs, 1);
  return key;
}

void crypto_key_release(CryptoKey *key) {
  if (!key || atomic_fetch_sub(&key->refs, 1) != 1) return;
  crypto_free_bytes(&key->secret);
  LIB(EVP_PKEY_free)(key->pkey);
  base_free(key);
}

static CryptoKey *key_new(CryptoKeyType type) {
  CryptoKey *key = base_alloc_zeroed(sizeof *key);
  key->refs = 1;
  key->type = type;
  return key;
}

static void finalize_key(Heap *heap, Cell *cell) {
  (void)heap;
  crypto_key_release(((JSHostObject *)cell)->data);
}
static const HostClass key_class = {.name = "KeyObjectHandle", .finalize = finalize_key};

Value crypto_key_wrap(Isolate *iso, CryptoKey *key) {
  JSHostObject *object = host_object_new(iso, &key_class, VALUE_NULL, key);
  if (object) return value_from_object(object);
  crypto_key_release(key);
  return VALUE_FAIL;
}

CryptoKey *crypto_key_of(Value v) {
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &key_class) return NULL;
  return ((JSHostObject *)value_object(v))->data;
}

bool crypto_secret_input(Isolate *iso, Value v, CryptoInput *out) {
  const CryptoKey *key = crypto_key_of(v);
  if (!key) return crypto_input(iso, v, out);
  if (key->type != KEY_SECRET) return THROW(iso, TYPE, "A secret key was expected");
  *out = (CryptoInput){key->secret.data ? key->secret.data : (const u8 *)key, key->secret.size};
  return true;
}

static CryptoKey *key_argument(Isolate *iso, const Call *call, u32 i) {
  CryptoKey *key = crypto_key_of(call_arg(call, i));
  return key ? key : THROW(iso, TYPE, "A key was expected");
}

// secret(bytes): a key
static Value keys_secret(Isolate *iso, const Call *call) {
  CryptoInput input;
  TRY(crypto_input(iso, call_arg(call, 0), &input));
  CryptoKey *key = key_new(KEY_SECRET);
  key->secret = (CryptoBytes){base_alloc(input.size + 1), input.size};
  memcpy(key->secret.data, input.data, input.size);
  return crypto_key_wrap(iso, key);
}

static Value keys_secret_bytes(Isolate *iso, const Call *call) { // key: a Uint8Array
  CryptoInput input;
  TRY(key_argument(iso, call, 0));
  TRY(crypto_secret_input(iso, call_arg(call, 0), &input));
  return crypto_new_bytes(iso, input.data, input.size);
}

static Value keys_size(Isolate *iso, const Call *call) {
  return value_from_double((double)((CryptoKey *)TRY(key_argument(iso, call, 0)))->secret.size);
}

static Value keys_equal(Isolate *iso, const Call *call) {
  const CryptoKey *a = TRY(key_argument(iso, call, 0)), *b = TRY(key_argument(iso, call, 1));
  if (a->type != b->type) return VALUE_FALSE;
  if (a->type == KEY_SECRET)
    return value_from_bool(a->secret.size == b->secret.size &&
                           LIB(CRYPTO_memcmp)(a->secret.data, b->secret.data, a->secret.size) == 0);
  int equal = LIB(EVP_PKEY_eq)(a->pkey, b->pkey);
  LIB(ERR_clear_error)();
  return value_from_bool(equal == 1);
}

static const NativeMethod methods[] = {
    {"secret", keys_secret, 1, 0},
    {"secretBytes", keys_secret_bytes, 1, 0},
    {"size", keys_size, 1, 0},
    {"equal", keys_equal, 2, 0},
};
const NodeBinding node_binding_crypto_keys = {"crypto_keys", methods, ARRAY_LEN(methods), crypto_open};
