// SPDX-License-Identifier: MIT
// Digests and message authentication: Hash, Hmac, hash(). Algorithms are host objects that lib/ keeps by name, because
// fetching one costs more than a short digest.
// Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

// ---- Algorithms ----

static bool same_name(const char *a, const char *b) {
  for (; *a && *b; a++, b++)
    if ((*a | 32) != (*b | 32)) return false;
  return *a == *b;
}

EVP_MD *crypto_digest_named(const char *name) {
  // Digests of TLS and of other algorithms are no digests to programs.
  if (same_name(name, "null") || same_name(name, "undef")) return NULL;
  EVP_MD *md = LIB(EVP_MD_fetch)(NULL, name, NULL);
  if (!md) {
    const EVP_MD *known = LIB(EVP_get_digestbyname)(name); // aliases such as RSA-SHA256
    if (known) md = LIB(EVP_MD_fetch)(NULL, LIB(EVP_MD_get0_name)(known), NULL);
  }
  LIB(ERR_clear_error)();
  return md;
}

EVP_MD *crypto_digest_argument(Isolate *iso, Value name) {
  const char *text = TRY(binding_utf8(iso, name, NULL));
  EVP_MD *md = crypto_digest_named(text);
  if (md) return md;
  return throw_node_error(iso, "ERR_CRYPTO_INVALID_DIGEST", &name, 1);
}

static void finalize_algorithm(Heap *heap, Cell *cell) {
  (void)heap;
  LIB(EVP_MD_free)(((JSHostObject *)cell)->data);
}
static const HostClass algorithm_class = {.name = "Algorithm", .finalize = finalize_algorithm};

// algorithm(name): undefined if there is none
static Value hash_algorithm(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  EVP_MD *md = crypto_digest_named(name);
  if (!md) return VALUE_UNDEFINED;
  return value_from_object(TRY(host_object_new(iso, &algorithm_class, VALUE_NULL, md)));
}

static const EVP_MD *algorithm_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT)) {
    const JSHostObject *o = (const JSHostObject *)value_object(v);
    if (o->host_class == &algorithm_class) return o->data;
  }
  return THROW(iso, TYPE, "An algorithm was expected");
}

static bool is_extendable(const EVP_MD *md) { return LIB(EVP_MD_get_flags)(md) & EVP_MD_FLAG_XOF; }

// facts(algorithm): [size, block size, is extendable]
static Value hash_facts(Isolate *iso, const Call *call) {
  const EVP_MD *md = TRY(algorithm_of(iso, call_arg(call, 0)));
  Value values[] = {value_from_int(LIB(EVP_MD_get_size)(md)), value_from_int(LIB(EVP_MD_get_block_size)(md)),
                    value_from_bool(is_extendable(md))};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

typedef struct Names {
  Isolate *iso;
  JSObject *array;
  bool failed;
} Names;

static void add_name(Names *names, const char *name) {
  if (names->failed) return;
  Value v = binding_string(names->iso, name);
  names->failed = !v || !array_push_value(names->iso, names->array, v);
}

static void add_digest(const EVP_MD *md, const char *from, const char *to, void *data) {
  (void)to;
  EVP_MD *usable = md ? LIB(EVP_MD_fetch)(NULL, LIB(EVP_MD_get0_name)(md), NULL) : NULL;
  if (!md || usable) add_name(data, from);
  LIB(EVP_MD_free)(usable);
}

static void add_provided_name(const char *name, void *data) { add_name(data, name); }
static void add_provided(EVP_MD *md, void *data) { (void)LIB(EVP_MD_names_do_all)(md, add_provided_name, data); }

// names(): of the tables of the library and of its providers, some twice
static Value hash_names(Isolate *iso, const Call *call) {
  (void)call;
  Names names = {iso, TRY(array_create(iso, 0)), false};
  LIB(EVP_MD_do_all_sorted)(add_digest, &names);
  LIB(EVP_MD_do_all_provided)(NULL, add_provided, &names);
  LIB(ERR_clear_error)();
  return names.failed ? VALUE_FAIL : value_from_object(names.array);
}

// ---- Digests ----

enum { STATE_BYTES = 600 }; // about what a digest holds in native memory

static void finalize_digest(Heap *heap, Cell *cell) {
  EVP_MD_CTX *context = ((JSHostObject *)cell)->data;
  if (!context) return;
  LIB(EVP_MD_CTX_free)(context);
  gc_adjust_external(heap, -STATE_BYTES);
}
static const HostClass digest_class = {.name = "Hash", .finalize = finalize_digest};

static JSHostObject *digest_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT)) {
    JSHostObject *o = (JSHostObject *)value_object(v);
    if (o->host_class == &digest_class && o->data) return o;
  }
  return THROW(iso, TYPE, "A digest was expected");
}

static bool size_argument(Isolate *iso, Value v, size_t *size) {
  double d = value_is_number(v) ? value_number(v) : -1;
  if (!(d >= 0 && d <= UINT32_MAX)) return THROW(iso, TYPE, "The size of a digest was expected");
  *size = (size_t)d;
  return true;
}

static Value digest_wrap(Isolate *iso, EVP_MD_CTX *context, Value size) {
  JSHostObject *object = host_object_new(iso, &digest_class, VALUE_NULL, context);
  if (!object) {
    LIB(EVP_MD_CTX_free)(context);
    return VALUE_FAIL;
  }
  gc_adjust_external(heap_of(iso), STATE_BYTES);
  slot_set(iso, object, &object->values[0], size);
  return value_from_object(object);
}

// create(algorithm, size): the size that it will have
static Value hash_create(Isolate *iso, const Call *call) {
  size_t size = 0;
  TRY(size_argument(iso, call_arg(call, 1), &size));
  const EVP_MD *md = TRY(algorithm_of(iso, call_arg(call, 0)));
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  if (context && LIB(EVP_DigestInit_ex)(context, md, NULL)) return digest_wrap(iso, context, call_arg(call, 1));
  LIB(EVP_MD_CTX_free)(context);
  return (Value)(uintptr_t)crypto_throw(iso, "Digest method not supported");
}

// copy(digest, size or undefined: that of the original). undefined: not a size that it can have
static Value hash_copy(Isolate *iso, const Call *call) {
  size_t size = 0;
  const JSHostObject *from = TRY(digest_of(iso, call_arg(call, 0)));
  Value wanted = value_is_undefined(call_arg(call, 1)) ? slot_get(&from->values[0]) : call_arg(call, 1);
  TRY(size_argument(iso, wanted, &size));
  const EVP_MD *md = LIB(EVP_MD_CTX_get0_md)(from->data);
  if (!is_extendable(md) && size != (size_t)LIB(EVP_MD_get_size)(md)) return VALUE_UNDEFINED;
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  if (context && LIB(EVP_MD_CTX_copy_ex)(context, from->data)) return digest_wrap(iso, context, wanted);
  LIB(EVP_MD_CTX_free)(context);
  return (Value)(uintptr_t)crypto_throw(iso, "Digest copy error");
}

static Value hash_update(Isolate *iso, const Call *call) { // digest, text as UTF-8 | bytes
  CryptoInput input;
  const JSHostObject *digest = TRY(digest_of(iso, call_arg(call, 0)));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  return value_from_bool(LIB(EVP_DigestUpdate)(digest->data, input.data, input.size) == 1);
}

static bool finish(EVP_MD_CTX *context, u8 *out, size_t size) {
  const EVP_MD *md = LIB(EVP_MD_CTX_get0_md)(context);
  if (is_extendable(md)) return !size || LIB(EVP_DigestFinalXOF)(context, out, size) == 1;
  return LIB(EVP_DigestFinal_ex)(context, out, NULL) == 1;
}

// What a digest becomes: text in hexadecimal, or a Uint8Array.
static Value output(Isolate *iso, EVP_MD_CTX *context, size_t size, bool hex) {
  u8 fixed[EVP_MAX_MD_SIZE] = {0};
  if (!is_extendable(LIB(EVP_MD_CTX_get0_md)(context)) || size <= sizeof fixed) {
    size_t available = (size_t)LIB(EVP_MD_get_size)(LIB(EVP_MD_CTX_get0_md)(context));
    if (!is_extendable(LIB(EVP_MD_CTX_get0_md)(context)) && size > available)
      return THROW(iso, TYPE, "The size of a digest was expected"), VALUE_FAIL;
    if (!finish(context, fixed, size)) return (Value)(uintptr_t)crypto_throw(iso, "Digest error");
    return hex ? crypto_hex(iso, fixed, size) : crypto_new_bytes(iso, fixed, size);
  }
  JSTypedArray *bytes = TRY(binding_uint8_array(iso, size));
  if (!finish(context, bytes->data, size)) return (Value)(uintptr_t)crypto_throw(iso, "Digest error");
  return hex ? crypto_hex(iso, bytes->data, size) : value_from_object(bytes);
}

// finish(digest, hex): the digest is of no use any more
static Value hash_finish(Isolate *iso, const Call *call) {
  size_t size = 0;
  JSHostObject *digest = TRY(digest_of(iso, call_arg(call, 0)));
  TRY(size_argument(iso, slot_get(&digest->values[0]), &size));
  EVP_MD_CTX *context = digest->data;
  Value result = output(iso, context, size, call_arg(call, 1) == VALUE_TRUE);
  digest->data = NULL;
  LIB(EVP_MD_CTX_free)(context);
  gc_adjust_external(heap_of(iso), -STATE_BYTES);
  return result;
}

// once(algorithm, data, size, hex)
static Value hash_once(Isolate *iso, const Call *call) {
  CryptoInput input;
  size_t size = 0;
  const EVP_MD *md = TRY(algorithm_of(iso, call_arg(call, 0)));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  TRY(size_argument(iso, call_arg(call, 2), &size));
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  Value result = VALUE_FAIL;
  if (context && LIB(EVP_DigestInit_ex)(context, md, NULL) && LIB(EVP_DigestUpdate)(context, input.data, input.size))
    result = output(iso, context, size, call_arg(call, 3) == VALUE_TRUE);
  else (void)crypto_throw(iso, "Digest error");
  LIB(EVP_MD_CTX_free)(context);
  return result;
}

// ---- Digests on the pool (subtle.digest) ----

typedef struct DigestJob {
  PoolJob job;
  EVP_MD *md;
  CryptoBytes input, output;
  CryptoErrors errors;
} DigestJob;

static void digest_work(PoolJob *job) {
  DigestJob *d = (DigestJob *)job;
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  bool done = context && LIB(EVP_DigestInit_ex)(context, d->md, NULL) &&
              LIB(EVP_DigestUpdate)(context, d->input.data, d->input.size) && finish(context, d->output.data, d->output.size);
  if (!done) {
    crypto_take_errors(&d->errors);
    crypto_free_bytes(&d->output);
  }
  LIB(EVP_MD_CTX_free)(context);
}

static Value digest_finish(Isolate *iso, PoolJob *job) {
  DigestJob *d = (DigestJob *)job;
  if (!d->output.data) return (Value)(uintptr_t)crypto_throw_errors(iso, &d->errors, "Digest error");
  return crypto_take_buffer(iso, &d->output);
}

static void digest_destroy(PoolJob *job) {
  DigestJob *d = (DigestJob *)job;
  crypto_free_bytes(&d->input);
  crypto_free_bytes(&d->output);
  LIB(EVP_MD_free)(d->md);
}
static const PoolJobClass digest_job_class = {digest_work, digest_finish, digest_destroy};

// later(callback, algorithm, data, size)
static Value hash_later(Isolate *iso, const Call *call) {
  size_t size = 0;
  const EVP_MD *md = TRY(algorithm_of(iso, call_arg(call, 1)));
  TRY(size_argument(iso, call_arg(call, 3), &size));
  u8 *result = base_try_alloc(MAX(size, (size_t)EVP_MAX_MD_SIZE));
  if (!result) return (Value)(uintptr_t)throw_out_of_memory(iso);
  DigestJob *d = pool_job_new(&digest_job_class, sizeof *d);
  d->output = (CryptoBytes){result, size};
  if (!crypto_copy_input(iso, call_arg(call, 2), &d->input)) {
    pool_job_destroy(&d->job);
    return VALUE_FAIL;
  }
  d->md = (EVP_MD *)(uintptr_t)md;
  (void)LIB(EVP_MD_up_ref)(d->md);
  return pool_job_run(iso, &d->job, call_arg(call, 0));
}

// ---- HMAC ----

static void finalize_hmac(Heap *heap, Cell *cell) {
  HMAC_CTX *context = ((JSHostObject *)cell)->data;
  if (!context) return;
  LIB(HMAC_CTX_free)(context);
  gc_adjust_external(heap, -STATE_BYTES);
}
static const HostClass hmac_class = {.name = "Hmac", .finalize = finalize_hmac};

static JSHostObject *hmac_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT)) {
    JSHostObject *o = (JSHostObject *)value_object(v);
    if (o->host_class == &hmac_class && o->data) return o;
  }
  return THROW(iso, TYPE, "An HMAC was expected");
}

// hmacCreate(algorithm, key)
static Value hmac_create(Isolate *iso, const Call *call) {
  CryptoInput key;
  const EVP_MD *md = TRY(algorithm_of(iso, call_arg(call, 0)));
  TRY(crypto_secret_input(iso, call_arg(call, 1), &key));
  if (key.size > INT32_MAX) return THROW(iso, RANGE, "The key is too long"), VALUE_FAIL;
  HMAC_CTX *context = LIB(HMAC_CTX_new)();
  if (!context || !LIB(HMAC_Init_ex)(context, key.data, (int)key.size, md, NULL)) {
    LIB(HMAC_CTX_free)(context);
    return (Value)(uintptr_t)crypto_throw(iso, "error:00000000:lib(0)::reason(0)");
  }
  JSHostObject *object = host_object_new(iso, &hmac_class, VALUE_NULL, context);
  if (!object) {
    LIB(HMAC_CTX_free)(context);
    return VALUE_FAIL;
  }
  gc_adjust_external(heap_of(iso), STATE_BYTES);
  return value_from_object(object);
}

static Value hmac_update(Isolate *iso, const Call *call) { // hmac, text as UTF-8 | bytes
  CryptoInput input;
  const JSHostObject *hmac = TRY(hmac_of(iso, call_arg(call, 0)));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  return value_from_bool(LIB(HMAC_Update)(hmac->data, input.data, input.size) == 1);
}

// hmacFinish(hmac, hex): it is of no use any more
static Value hmac_finish(Isolate *iso, const Call *call) {
  u8 out[EVP_MAX_MD_SIZE];
  unsigned int size = sizeof out;
  JSHostObject *hmac = TRY(hmac_of(iso, call_arg(call, 0)));
  HMAC_CTX *context = hmac->data;
  bool done = LIB(HMAC_Final)(context, out, &size);
  hmac->data = NULL;
  LIB(HMAC_CTX_free)(context);
  gc_adjust_external(heap_of(iso), -STATE_BYTES);
  if (!done) return (Value)(uintptr_t)crypto_throw(iso, "Failed to finalize HMAC");
  return call_arg(call, 1) == VALUE_TRUE ? crypto_hex(iso, out, size) : crypto_new_bytes(iso, out, size);
}

static const NativeMethod methods[] = {
    {"algorithm", hash_algorithm, 1, 0}, {"facts", hash_facts, 1, 0},       {"names", hash_names, 0, 0},
    {"create", hash_create, 2, 0},       {"copy", hash_copy, 2, 0},         {"update", hash_update, 2, 0},
    {"finish", hash_finish, 2, 0},       {"once", hash_once, 4, 0},         {"later", hash_later, 4, 0},
    {"hmacCreate", hmac_create, 2, 0},   {"hmacUpdate", hmac_update, 2, 0}, {"hmacFinish", hmac_finish, 2, 0},
};
const NodeBinding node_binding_crypto_hash = {"crypto_hash", methods, ARRAY_LEN(methods), crypto_open};
