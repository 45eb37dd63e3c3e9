// SPDX-License-Identifier: MIT
// Deriving keys: pbkdf2, scrypt, hkdf; on libuv's pool when there is a callback. Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

typedef struct KdfJob {
  PoolJob job;
  EVP_MD *md;
  CryptoBytes password, salt, info, output;
  u64 cost, block_size, parallelization, memory; // scrypt; cost: also pbkdf2's iterations
  CryptoErrors errors;
  const char *failure;
  bool failed;
} KdfJob;

static void pbkdf2_work(PoolJob *job) {
  KdfJob *k = (KdfJob *)job;
  k->failed =
      k->output.size && LIB(PKCS5_PBKDF2_HMAC)((const char *)k->password.data, (int)k->password.size, k->salt.data,
                                               (int)k->salt.size, (int)k->cost, k->md, (int)k->output.size, k->output.data) != 1;
  if (k->failed) crypto_take_errors(&k->errors);
}

static void scrypt_work(PoolJob *job) {
  KdfJob *k = (KdfJob *)job;
  k->failed =
      k->output.size && LIB(EVP_PBE_scrypt)((const char *)k->password.data, k->password.size, k->salt.data, k->salt.size, k->cost,
                                            k->block_size, k->parallelization, k->memory, k->output.data, k->output.size) != 1;
  if (k->failed) crypto_take_errors(&k->errors);
}

// RFC 5869; an empty salt is a block of zeros, which is what HMAC makes of it.
static bool hkdf(KdfJob *k) {
  u8 prk[EVP_MAX_MD_SIZE], block[EVP_MAX_MD_SIZE];
  unsigned int size = 0, n = 0;
  if (!LIB(HMAC)(k->md, k->salt.data, (int)k->salt.size, k->password.data, k->password.size, prk, &size)) return false;
  HMAC_CTX *context = LIB(HMAC_CTX_new)();
  bool done = context != NULL;
  u8 counter = 0;
  for (size_t at = 0; done && at < k->output.size; at += n) {
    counter++;
    done = LIB(HMAC_Init_ex)(context, prk, (int)size, k->md, NULL) && (!n || LIB(HMAC_Update)(context, block, n)) &&
           LIB(HMAC_Update)(context, k->info.data, k->info.size) && LIB(HMAC_Update)(context, &counter, 1) &&
           LIB(HMAC_Final)(context, block, &n);
    if (done) memcpy(k->output.data + at, block, MIN((size_t)n, k->output.size - at));
  }
  LIB(HMAC_CTX_free)(context);
  LIB(OPENSSL_cleanse)(prk, sizeof prk);
  LIB(OPENSSL_cleanse)(block, sizeof block);
  return done;
}

static void hkdf_work(PoolJob *job) {
  KdfJob *k = (KdfJob *)job;
  k->failed = !hkdf(k);
  if (k->failed) crypto_take_errors(&k->errors);
}

static Value kdf_finish(Isolate *iso, PoolJob *job) {
  KdfJob *k = (KdfJob *)job;
  if (k->failed) return (Value)(uintptr_t)crypto_throw_errors(iso, &k->errors, k->failure);
  return crypto_take_buffer(iso, &k->output);
}

static void kdf_destroy(PoolJob *job) {
  KdfJob *k = (KdfJob *)job;
  LIB(EVP_MD_free)(k->md);
  crypto_free_bytes(&k->password);
  crypto_free_bytes(&k->salt);
  crypto_free_bytes(&k->info);
  crypto_free_bytes(&k->output);
}
static const PoolJobClass pbkdf2_class = {pbkdf2_work, kdf_finish, kdf_destroy};
static const PoolJobClass scrypt_class = {scrypt_work, kdf_finish, kdf_destroy};
static const PoolJobClass hkdf_class = {hkdf_work, kdf_finish, kdf_destroy};

static bool whole_argument(Isolate *iso, Value v, double max, u64 *out) {
  double d = value_is_number(v) ? value_number(v) : -1;
  if (!(d >= 0 && d <= max)) return THROW(iso, TYPE, "A whole number was expected");
  *out = (u64)d;
  return true;
}

// The job with password and salt, from the arguments (password, salt, ..., length), and room for the result.
static KdfJob *kdf_new(Isolate *iso, const PoolJobClass *job_class, const Call *call, u32 length_index) {
  u64 length = 0;
  TRY(whole_argument(iso, call_arg(call, length_index), INT32_MAX, &length));
  u8 *output = gc_would_exceed_limit(heap_of(iso), length) ? NULL : base_try_alloc(MAX(length, 1));
  if (!output) return throw_out_of_memory(iso);
  KdfJob *k = pool_job_new(job_class, sizeof *k);
  k->output = (CryptoBytes){output, length};
  k->failure = "Key derivation failed";
  bool copied = crypto_copy_input(iso, call_arg(call, 1), &k->password) && crypto_copy_input(iso, call_arg(call, 2), &k->salt);
  if (copied && k->password.size <= INT32_MAX && k->salt.size <= INT32_MAX) return k;
  pool_job_destroy(&k->job);
  return copied ? THROW(iso, RANGE, "The input is too long") : NULL;
}

// pbkdf2(callback, password, salt, iterations, length, digest). undefined callback: an ArrayBuffer at once
static Value kdf_pbkdf2(Isolate *iso, const Call *call) {
  u64 iterations = 0;
  TRY(whole_argument(iso, call_arg(call, 3), INT32_MAX, &iterations));
  EVP_MD *md = TRY(crypto_digest_argument(iso, call_arg(call, 5)));
  KdfJob *k = kdf_new(iso, &pbkdf2_class, call, 4);
  if (!k) {
    LIB(EVP_MD_free)(md);
    return VALUE_FAIL;
  }
  k->md = md;
  k->cost = iterations;
  return pool_job_run(iso, &k->job, call_arg(call, 0));
}

// Of parameters that the library has refused: because of the memory?
static bool scrypt_needs_more(const u64 numbers[4]) {
  double cost = (double)numbers[0], block_size = (double)numbers[1], parallelization = (double)numbers[2];
  if (numbers[0] < 2 || (numbers[0] & (numbers[0] - 1))) return false;
  return 128 * block_size * (parallelization + cost + 2) > (double)numbers[3];
}

// scrypt(callback, password, salt, length, cost, block size, parallelization, memory)
static Value kdf_scrypt(Isolate *iso, const Call *call) {
  u64 numbers[4] = {0};
  for (u32 i = 0; i < 4; i++) TRY(whole_argument(iso, call_arg(call, 4 + i), 9007199254740991, &numbers[i]));
  if (LIB(EVP_PBE_scrypt)(NULL, 0, NULL, 0, numbers[0], numbers[1], numbers[2], numbers[3], NULL, 0) != 1) {
    LIB(ERR_clear_error)(); // OpenSSL 3.0 leaves none, others do
    Value reason = VALUE_UNDEFINED;
    if (scrypt_needs_more(numbers))
      reason = TRY(binding_string(iso, "error:030000AC:digital envelope routines::memory limit exceeded"));
    return (Value)(uintptr_t)throw_node_error(iso, "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", &reason, 1);
  }
  KdfJob *k = TRY(kdf_new(iso, &scrypt_class, call, 3));
  k->cost = numbers[0];
  k->block_size = numbers[1];
  k->parallelization = numbers[2];
  k->memory = numbers[3];
  return pool_job_run(iso, &k->job, call_arg(call, 0));
}

// hkdf(callback, key, salt, info, length, digest)
static Value kdf_hkdf(Isolate *iso, const Call *call) {
  EVP_MD *md = TRY(crypto_digest_argument(iso, call_arg(call, 5)));
  double length = value_is_number(call_arg(call, 4)) ? value_number(call_arg(call, 4)) : 0;
  if (length > 255.0 * LIB(EVP_MD_get_size)(md)) {
    LIB(EVP_MD_free)(md);
    return (Value)(uintptr_t)crypto_throw_code(iso, "ERR_CRYPTO_INVALID_KEYLEN");
  }
  KdfJob *k = kdf_new(iso, &hkdf_class, call, 4);
  if (!k) {
    LIB(EVP_MD_free)(md);
    return VALUE_FAIL;
  }
  k->md = md;
  if (!crypto_copy_input(iso, call_arg(call, 3), &k->info)) {
    pool_job_destroy(&k->job);
    return VALUE_FAIL;
  }
  return pool_job_run(iso, &k->job, call_arg(call, 0));
}

static const NativeMethod methods[] = {
    {"pbkdf2", kdf_pbkdf2, 6, 0},
    {"scrypt", kdf_scrypt, 8, 0},
    {"hkdf", kdf_hkdf, 6, 0},
};
const NodeBinding node_binding_crypto_kdf = {"crypto_kdf", methods, ARRAY_LEN(methods), crypto_open};
