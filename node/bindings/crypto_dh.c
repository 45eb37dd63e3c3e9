// SPDX-License-Identifier: MIT
// Diffie-Hellman as objects (DiffieHellman, ECDH), and prime numbers. Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

static BIGNUM *number_from(CryptoInput input) {
  return input.size <= 1 << 20 ? LIB(BN_bin2bn)(input.size ? input.data : (const u8 *)"", (int)input.size, NULL) : NULL;
}

static Value number_bytes(Isolate *iso, const BIGNUM *n, int size) {
  int length = MAX(size, (LIB(BN_num_bits)(n) + 7) / 8);
  JSTypedArray *bytes = TRY(binding_uint8_array(iso, (size_t)length));
  if (length) (void)LIB(BN_bn2binpad)(n, bytes->data, length);
  return value_from_object(bytes);
}

static void *throw_with_text(Isolate *iso, const char *code, const char *text) {
  LIB(ERR_clear_error)();
  Value message = TRY(binding_string(iso, text));
  return throw_node_error(iso, code, &message, 1);
}

// ---- DiffieHellman ----

static void finalize_dh(Heap *heap, Cell *cell) {
  (void)heap;
  LIB(DH_free)(((JSHostObject *)cell)->data);
}
static const HostClass dh_class = {.name = "DiffieHellman", .finalize = finalize_dh};

static DH *dh_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &dh_class)
    return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "A Diffie-Hellman object was expected");
}

static Value dh_wrap(Isolate *iso, DH *dh) {
  JSHostObject *object = host_object_new(iso, &dh_class, VALUE_NULL, dh);
  if (object) return value_from_object(object);
  LIB(DH_free)(dh);
  return VALUE_FAIL;
}

// dh(prime, generator)
static Value dh_create(Isolate *iso, const Call *call) {
  CryptoInput prime, generator;
  TRY(crypto_input(iso, call_arg(call, 0), &prime));
  TRY(crypto_input(iso, call_arg(call, 1), &generator));
  BIGNUM *p = number_from(prime), *g = number_from(generator);
  DH *dh = LIB(DH_new)();
  if (dh && p && g && LIB(DH_set0_pqg)(dh, p, NULL, g)) return dh_wrap(iso, dh);
  LIB(DH_free)(dh);
  LIB(BN_free)(p);
  LIB(BN_free)(g);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Initialization failed");
}

// dhOfLength(bits, generator): slow, it looks for a prime
static Value dh_of_length(Isolate *iso, const Call *call) {
  i32 bits, generator;
  TRY(binding_int(iso, call_arg(call, 0), &bits));
  TRY(binding_int(iso, call_arg(call, 1), &generator));
  DH *dh = LIB(DH_new)();
  LIB(ERR_clear_error)();
  if (dh && LIB(DH_generate_parameters_ex)(dh, bits, generator, NULL)) return dh_wrap(iso, dh);
  LIB(DH_free)(dh);
  CryptoErrors errors;
  crypto_take_errors(&errors);
  return (Value)(uintptr_t)crypto_throw_errors(iso, &errors, "Initialization failed");
}

// group(name): undefined: there is none
static Value dh_group(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  BIGNUM *p = NULL;
  if (strcmp(name, "modp1") == 0) p = LIB(BN_get_rfc2409_prime_768)(NULL);
  else if (strcmp(name, "modp2") == 0) p = LIB(BN_get_rfc2409_prime_1024)(NULL);
  else if (strcmp(name, "modp5") == 0) p = LIB(BN_get_rfc3526_prime_1536)(NULL);
  else if (strcmp(name, "modp14") == 0) p = LIB(BN_get_rfc3526_prime_2048)(NULL);
  else if (strcmp(name, "modp15") == 0) p = LIB(BN_get_rfc3526_prime_3072)(NULL);
  else if (strcmp(name, "modp16") == 0) p = LIB(BN_get_rfc3526_prime_4096)(NULL);
  else if (strcmp(name, "modp17") == 0) p = LIB(BN_get_rfc3526_prime_6144)(NULL);
  else if (strcmp(name, "modp18") == 0) p = LIB(BN_get_rfc3526_prime_8192)(NULL);
  if (!p) return VALUE_UNDEFINED;
  BIGNUM *g = LIB(BN_new)();
  DH *dh = LIB(DH_new)();
  if (g && dh && LIB(BN_set_word)(g, 2) && LIB(DH_set0_pqg)(dh, p, NULL, g)) return dh_wrap(iso, dh);
  LIB(DH_free)(dh);
  LIB(BN_free)(p);
  LIB(BN_free)(g);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Initialization failed");
}

static Value dh_verify_error(Isolate *iso, const Call *call) {
  DH *dh = TRY(dh_of(iso, call));
  int problems = 0;
  bool done = LIB(DH_check)(dh, &problems);
  LIB(ERR_clear_error)();
  return done ? value_from_int(problems)
              : (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Checking DH parameters failed");
}

static Value public_of(Isolate *iso, const DH *dh) {
  const BIGNUM *key = NULL;
  LIB(DH_get0_key)(dh, &key, NULL);
  if (key) return number_bytes(iso, key, 0);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_INVALID_STATE", "No public key - did you forget to generate one?");
}

static Value dh_generate(Isolate *iso, const Call *call) {
  DH *dh = TRY(dh_of(iso, call));
  LIB(ERR_clear_error)();
  if (!LIB(DH_generate_key)(dh)) {
    CryptoErrors errors;
    crypto_take_errors(&errors);
    return (Value)(uintptr_t)crypto_throw_errors(iso, &errors, "Key generation failed");
  }
  const BIGNUM *p = NULL, *key = NULL;
  LIB(DH_get0_pqg)(dh, &p, NULL, NULL);
  LIB(DH_get0_key)(dh, &key, NULL);
  return number_bytes(iso, key, (LIB(BN_num_bits)(p) + 7) / 8);
}

enum { DH_PRIME, DH_GENERATOR, DH_PUBLIC, DH_PRIVATE };
static Value dh_get(Isolate *iso, const Call *call) {
  const DH *dh = TRY(dh_of(iso, call));
  const BIGNUM *p = NULL, *g = NULL, *key = NULL;
  LIB(DH_get0_pqg)(dh, &p, NULL, &g);
  switch (native_magic(call)) {
  case DH_PRIME: return number_bytes(iso, p, 0);
  case DH_GENERATOR: return number_bytes(iso, g, 0);
  case DH_PUBLIC: return public_of(iso, dh);
  default: break;
  }
  LIB(DH_get0_key)(dh, NULL, &key);
  if (key) return number_bytes(iso, key, 0);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_INVALID_STATE", "No private key - did you forget to generate one?");
}

static Value dh_set(Isolate *iso, const Call *call) { // dh, bytes
  CryptoInput input;
  DH *dh = TRY(dh_of(iso, call));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  BIGNUM *n = number_from(input);
  bool is_public = native_magic(call) == DH_PUBLIC;
  if (n && LIB(DH_set0_key)(dh, is_public ? n : NULL, is_public ? NULL : n)) return VALUE_UNDEFINED;
  LIB(BN_clear_free)(n);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to set key");
}

// secret(dh, public key): bytes as long as the prime
static Value dh_secret(Isolate *iso, const Call *call) {
  CryptoInput input;
  DH *dh = TRY(dh_of(iso, call));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  BIGNUM *other = number_from(input);
  if (!other) return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too large");
  int problems = 0, size = LIB(DH_size)(dh);
  bool checked = LIB(DH_check_pub_key)(dh, other, &problems);
  Value result = VALUE_FAIL;
  LIB(ERR_clear_error)();
  u8 *secret = base_alloc_zeroed((size_t)MAX(size, 1));
  if (checked && (problems & DH_CHECK_PUBKEY_TOO_SMALL)) {
    (void)throw_with_text(iso, "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too small");
  } else if (checked && (problems & DH_CHECK_PUBKEY_TOO_LARGE)) {
    (void)throw_with_text(iso, "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too large");
  } else if (!checked || problems || LIB(DH_compute_key_padded)(secret, other, dh) != size) {
    (void)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute shared secret");
  } else {
    result = crypto_new_bytes(iso, secret, (size_t)size);
  }
  LIB(OPENSSL_cleanse)(secret, (size_t)MAX(size, 1));
  base_free(secret);
  LIB(BN_free)(other);
  return result;
}

// ---- ECDH ----

static void finalize_ec(Heap *heap, Cell *cell) {
  (void)heap;
  LIB(EC_KEY_free)(((JSHostObject *)cell)->data);
}
static const HostClass ec_class = {.name = "ECDH", .finalize = finalize_ec};

static JSHostObject *ec_object(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &ec_class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "An ECDH object was expected");
}

static EC_KEY *ec_key_named(const char *curve) {
  int nid = LIB(OBJ_sn2nid)(curve);
  EC_KEY *key = nid == NID_undef ? NULL : LIB(EC_KEY_new_by_curve_name)(nid);
  LIB(ERR_clear_error)();
  return key;
}

static Value ec_create(Isolate *iso, const Call *call) { // curve
  EC_KEY *key = ec_key_named(TRY(binding_utf8(iso, call_arg(call, 0), NULL)));
  if (!key) return (Value)(uintptr_t)throw_node_error(iso, "ERR_CRYPTO_INVALID_CURVE", NULL, 0);
  JSHostObject *object = host_object_new(iso, &ec_class, VALUE_NULL, key);
  if (object) return value_from_object(object);
  LIB(EC_KEY_free)(key);
  return VALUE_FAIL;
}

static Value ec_generate(Isolate *iso, const Call *call) {
  EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  if (LIB(EC_KEY_generate_key)(key)) return VALUE_UNDEFINED;
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to generate key");
}

static Value point_bytes(Isolate *iso, const EC_GROUP *group, const EC_POINT *point, i32 form) {
  u8 bytes[256];
  size_t size = LIB(EC_POINT_point2oct)(group, point, (point_conversion_form_t)form, bytes, sizeof bytes, NULL);
  if (size) return crypto_new_bytes(iso, bytes, size);
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get public key");
}

static Value ec_public(Isolate *iso, const Call *call) { // ecdh, form
  i32 form;
  const EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  TRY(binding_int(iso, call_arg(call, 1), &form));
  const EC_POINT *point = LIB(EC_KEY_get0_public_key)(key);
  if (!point) return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key");
  return point_bytes(iso, LIB(EC_KEY_get0_group)(key), point, form);
}

static Value ec_private(Isolate *iso, const Call *call) {
  const EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  const BIGNUM *n = LIB(EC_KEY_get0_private_key)(key);
  if (!n) return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key");
  return number_bytes(iso, n, 0);
}

static bool is_below_order(const EC_GROUP *group, const BIGNUM *n) {
  BIGNUM *order = LIB(BN_new)();
  bool fits = order && LIB(EC_GROUP_get_order)(group, order, NULL) && LIB(BN_cmp)(n, order) < 0 && !LIB(BN_is_zero)(n);
  LIB(BN_free)(order);
  return fits;
}

// The public key follows from the private one.
static bool set_private(EC_KEY *key, const BIGNUM *n) {
  const EC_GROUP *group = LIB(EC_KEY_get0_group)(key);
  EC_POINT *point = LIB(EC_POINT_new)(group);
  bool done = point && LIB(EC_POINT_mul)(group, point, n, NULL, NULL, NULL) && LIB(EC_KEY_set_private_key)(key, n) &&
              LIB(EC_KEY_set_public_key)(key, point);
  LIB(EC_POINT_free)(point);
  return done;
}

static Value ec_set_private(Isolate *iso, const Call *call) { // ecdh, bytes
  CryptoInput input;
  EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  BIGNUM *n = number_from(input);
  bool valid = n && is_below_order(LIB(EC_KEY_get0_group)(key), n);
  bool done = valid && set_private(key, n);
  LIB(BN_clear_free)(n);
  if (done) return VALUE_UNDEFINED;
  if (valid) return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to generate ECDH public key");
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_INVALID_KEYTYPE", "Private key is not valid for specified curve.");
}

static EC_POINT *point_from(const EC_GROUP *group, CryptoInput input) {
  EC_POINT *point = LIB(EC_POINT_new)(group);
  if (point && LIB(EC_POINT_oct2point)(group, point, input.data, input.size, NULL)) return point;
  LIB(EC_POINT_free)(point);
  LIB(ERR_clear_error)();
  return NULL;
}
static const char no_point[] = "Failed to convert Buffer to EC_POINT";

static Value ec_set_public(Isolate *iso, const Call *call) { // ecdh, bytes
  CryptoInput input;
  EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  EC_POINT *point = point_from(LIB(EC_KEY_get0_group)(key), input);
  if (!point) return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", no_point);
  bool done = LIB(EC_KEY_set_public_key)(key, point);
  LIB(EC_POINT_free)(point);
  if (done) return VALUE_UNDEFINED;
  return (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to set EC_POINT as the public key");
}

static Value ec_secret(Isolate *iso, const Call *call) { // ecdh, public key
  CryptoInput input;
  const EC_KEY *key = ((JSHostObject *)TRY(ec_object(iso, call)))->data;
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  const EC_GROUP *group = LIB(EC_KEY_get0_group)(key);
  EC_POINT *point = point_from(group, input);
  if (!point) return (Value)(uintptr_t)crypto_throw_code(iso, "ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY");
  u8 secret[256] = {0};
  size_t size = ((size_t)LIB(EC_GROUP_get_degree)(group) + 7) / 8;
  bool done = size <= sizeof secret && LIB(EC_KEY_get0_private_key)(key) &&
              LIB(ECDH_compute_key)(secret, size, point, key, NULL) == (int)size;
  LIB(EC_POINT_free)(point);
  Value result = done ? crypto_new_bytes(iso, secret, size)
                      : (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute ECDH key");
  LIB(OPENSSL_cleanse)(secret, sizeof secret);
  return result;
}

static Value ec_convert(Isolate *iso, const Call *call) { // bytes, curve, form
  CryptoInput input;
  i32 form;
  TRY(crypto_input(iso, call_arg(call, 0), &input));
  const char *curve = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  TRY(binding_int(iso, call_arg(call, 2), &form));
  EC_KEY *key = ec_key_named(curve);
  if (!key) return (Value)(uintptr_t)throw_node_error(iso, "ERR_CRYPTO_INVALID_CURVE", NULL, 0);
  const EC_GROUP *group = LIB(EC_KEY_get0_group)(key);
  EC_POINT *point = point_from(group, input);
  Value result = point ? point_bytes(iso, group, point, form)
                       : (Value)(uintptr_t)throw_with_text(iso, "ERR_CRYPTO_OPERATION_FAILED", no_point);
  LIB(EC_POINT_free)(point);
  LIB(EC_KEY_free)(key);
  return result;
}

// ---- Prime numbers ----

typedef struct PrimeJob {
  PoolJob job;
  BIGNUM *prime, *add, *rem;
  int bits, checks;
  bool safe, is_check, done, is_prime;
  CryptoErrors errors;
} PrimeJob;

static void prime_work(PoolJob *job) {
  PrimeJob *p = (PrimeJob *)job;
  LIB(ERR_clear_error)();
  if (p->is_check) {
    BN_CTX *context = LIB(BN_CTX_new)();
    int result = context ? LIB(BN_is_prime_ex)(p->prime, p->checks, context, NULL) : -1;
    LIB(BN_CTX_free)(context);
    p->done = result >= 0;
    p->is_prime = result == 1;
  } else {
    p->done = LIB(BN_generate_prime_ex)(p->prime, p->bits, p->safe, p->add, p->rem, NULL);
  }
  if (!p->done) crypto_take_errors(&p->errors);
}

static Value prime_finish(Isolate *iso, PoolJob *job) {
  PrimeJob *p = (PrimeJob *)job;
  if (!p->done) return (Value)(uintptr_t)crypto_throw_errors(iso, &p->errors, "Prime generation failed");
  if (p->is_check) return value_from_bool(p->is_prime);
  return number_bytes(iso, p->prime, (p->bits + 7) / 8);
}

static void prime_destroy(PoolJob *job) {
  PrimeJob *p = (PrimeJob *)job;
  LIB(BN_clear_free)(p->prime);
  LIB(BN_clear_free)(p->add);
  LIB(BN_clear_free)(p->rem);
}
static const PoolJobClass prime_class = {prime_work, prime_finish, prime_destroy};

static bool number_argument(Isolate *iso, Value v, BIGNUM **out) {
  *out = NULL;
  if (value_is_undefined(v)) return true;
  CryptoInput input;
  TRY(crypto_input(iso, v, &input));
  *out = number_from(input);
  return *out ? true : THROW(iso, RANGE, "The number is too large") != NULL;
}

// generatePrime(callback, bits, safe, add or undefined, rem or undefined): bytes; 1: add is too large; 2: rem is not below it
static Value prime_generate(Isolate *iso, const Call *call) {
  i32 bits;
  TRY(binding_int(iso, call_arg(call, 1), &bits));
  PrimeJob *p = pool_job_new(&prime_class, sizeof *p);
  p->bits = bits;
  p->safe = call_arg(call, 2) == VALUE_TRUE;
  p->prime = LIB(BN_new)();
  if (!p->prime || !number_argument(iso, call_arg(call, 3), &p->add) || !number_argument(iso, call_arg(call, 4), &p->rem)) {
    pool_job_destroy(&p->job);
    return VALUE_FAIL;
  }
  // Such numbers would be looked for until the end of days.
  if (p->add && (LIB(BN_num_bits)(p->add) > bits || (p->rem && LIB(BN_cmp)(p->add, p->rem) <= 0))) {
    bool too_large = LIB(BN_num_bits)(p->add) > bits;
    pool_job_destroy(&p->job);
    return value_from_int(too_large ? 1 : 2);
  }
  return pool_job_run(iso, &p->job, call_arg(call, 0));
}

static Value prime_check(Isolate *iso, const Call *call) { // callback, candidate, checks: boolean
  i32 checks;
  TRY(binding_int(iso, call_arg(call, 2), &checks));
  PrimeJob *p = pool_job_new(&prime_class, sizeof *p);
  p->checks = checks;
  p->is_check = true;
  if (!number_argument(iso, call_arg(call, 1), &p->prime) || !p->prime) {
    pool_job_destroy(&p->job);
    return VALUE_FAIL;
  }
  return pool_job_run(iso, &p->job, call_arg(call, 0));
}

static const NativeMethod methods[] = {
    {"dh", dh_create, 2, 0},
    {"dhOfLength", dh_of_length, 2, 0},
    {"group", dh_group, 1, 0},
    {"verifyError", dh_verify_error, 1, 0},
    {"generate", dh_generate, 1, 0},
    {"prime", dh_get, 1, DH_PRIME},
    {"generator", dh_get, 1, DH_GENERATOR},
    {"publicKey", dh_get, 1, DH_PUBLIC},
    {"privateKey", dh_get, 1, DH_PRIVATE},
    {"setPublic", dh_set, 2, DH_PUBLIC},
    {"setPrivate", dh_set, 2, DH_PRIVATE},
    {"secret", dh_secret, 2, 0},
    {"ecdh", ec_create, 1, 0},
    {"ecGenerate", ec_generate, 1, 0},
    {"ecPublic", ec_public, 2, 0},
    {"ecPrivate", ec_private, 1, 0},
    {"ecSetPrivate", ec_set_private, 2, 0},
    {"ecSetPublic", ec_set_public, 2, 0},
    {"ecSecret", ec_secret, 2, 0},
    {"ecConvert", ec_convert, 3, 0},
    {"generatePrime", prime_generate, 5, 0},
    {"checkPrime", prime_check, 3, 0},
};
const NodeBinding node_binding_crypto_dh = {"crypto_dh", methods, ARRAY_LEN(methods), crypto_open};
