// SPDX-License-Identifier: MIT
// What asymmetric keys do: sign, verify, encrypt, decrypt, agree on a secret. Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

enum { NO_SALT_LENGTH = -1000, NO_PADDING = -1 };
typedef struct SignOptions {
  i32 padding, salt_length;
  bool is_p1363; // signatures of DSA and ECDSA as two numbers of fixed length
} SignOptions;

static bool options_argument(Isolate *iso, const Call *call, u32 i, SignOptions *out) {
  TRY(binding_int(iso, call_arg(call, i), &out->padding));
  TRY(binding_int(iso, call_arg(call, i + 1), &out->salt_length));
  out->is_p1363 = call_arg(call, i + 2) == VALUE_TRUE;
  return true;
}

static bool is_rsa(const EVP_PKEY *pkey) {
  int id = LIB(EVP_PKEY_get_base_id)(pkey);
  return id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS;
}

// The bytes of each of the two numbers of a signature. 0: the key makes others.
static int number_size(const EVP_PKEY *pkey) {
  int id = LIB(EVP_PKEY_get_base_id)(pkey);
  if (id == EVP_PKEY_EC) return (LIB(EVP_PKEY_get_bits)(pkey) + 7) / 8;
  if (id != EVP_PKEY_DSA) return 0;
  BIGNUM *q = NULL;
  if (!LIB(EVP_PKEY_get_bn_param)(pkey, OSSL_PKEY_PARAM_FFC_Q, &q)) return 0;
  int bits = LIB(BN_num_bits)(q);
  LIB(BN_free)(q);
  return (bits + 7) / 8;
}

static bool apply_options(EVP_PKEY_CTX *context, const EVP_PKEY *pkey, const SignOptions *o) {
  if (!is_rsa(pkey)) return true;
  int padding = o->padding;
  if (padding == NO_PADDING)
    padding = LIB(EVP_PKEY_get_base_id)(pkey) == EVP_PKEY_RSA_PSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  if (LIB(EVP_PKEY_CTX_set_rsa_padding)(context, padding) <= 0) return false;
  if (padding != RSA_PKCS1_PSS_PADDING || o->salt_length == NO_SALT_LENGTH) return true;
  return LIB(EVP_PKEY_CTX_set_rsa_pss_saltlen)(context, o->salt_length) > 0;
}

// ---- The two forms of signatures ----

static bool to_p1363(CryptoBytes *signature, int size) {
  const unsigned char *at = signature->data;
  ECDSA_SIG *sig = LIB(d2i_ECDSA_SIG)(NULL, &at, (long)signature->size);
  if (!sig) return false;
  u8 *out = base_alloc(2 * (size_t)size);
  bool done = LIB(BN_bn2binpad)(LIB(ECDSA_SIG_get0_r)(sig), out, size) > 0 &&
              LIB(BN_bn2binpad)(LIB(ECDSA_SIG_get0_s)(sig), out + size, size) > 0;
  LIB(ECDSA_SIG_free)(sig);
  base_free(signature->data);
  *signature = (CryptoBytes){out, 2 * (size_t)size};
  return done;
}

// false: they are not two numbers of that size
static bool from_p1363(CryptoBytes *signature, int size) {
  if (signature->size != 2 * (size_t)size) return false;
  ECDSA_SIG *sig = LIB(ECDSA_SIG_new)();
  BIGNUM *r = LIB(BN_bin2bn)(signature->data, size, NULL), *s = LIB(BN_bin2bn)(signature->data + size, size, NULL);
  if (!sig || !r || !s || !LIB(ECDSA_SIG_set0)(sig, r, s)) {
    LIB(BN_free)(r);
    LIB(BN_free)(s);
    LIB(ECDSA_SIG_free)(sig);
    return false;
  }
  unsigned char *der = NULL;
  int length = LIB(i2d_ECDSA_SIG)(sig, &der);
  LIB(ECDSA_SIG_free)(sig);
  if (length <= 0) return false;
  base_free(signature->data);
  *signature = (CryptoBytes){base_alloc((size_t)length), (size_t)length};
  memcpy(signature->data, der, (size_t)length);
  LIB(CRYPTO_free)(der, "", 0);
  return true;
}

// ---- At once: sign() and verify() ----

typedef enum SignAction { ACTION_SIGN, ACTION_VERIFY } SignAction;
typedef struct SignJob {
  PoolJob job;
  SignAction action;
  CryptoKey *key;
  EVP_MD *md;     // NULL: the key has its own, or the data is a digest
  bool is_digest; // of a Sign or Verify
  SignOptions options;
  CryptoBytes data, signature;
  bool done, valid;
  CryptoErrors errors;
} SignJob;

static bool sign_digest(SignJob *s) {
  EVP_PKEY_CTX *context = LIB(EVP_PKEY_CTX_new)(s->key->pkey, NULL);
  size_t size = 0;
  bool done = context && LIB(EVP_PKEY_sign_init)(context) > 0 && apply_options(context, s->key->pkey, &s->options) &&
              LIB(EVP_PKEY_CTX_set_signature_md)(context, s->md) > 0 &&
              LIB(EVP_PKEY_sign)(context, NULL, &size, s->data.data, s->data.size) > 0;
  if (done) {
    s->signature.data = base_alloc(MAX(size, 1));
    done = LIB(EVP_PKEY_sign)(context, s->signature.data, &size, s->data.data, s->data.size) > 0;
    s->signature.size = size;
  }
  LIB(EVP_PKEY_CTX_free)(context);
  return done;
}

static bool sign_data(SignJob *s) {
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  EVP_PKEY_CTX *inner = NULL;
  size_t size = 0;
  bool done = context && LIB(EVP_DigestSignInit)(context, &inner, s->md, NULL, s->key->pkey) > 0 &&
              apply_options(inner, s->key->pkey, &s->options) &&
              LIB(EVP_DigestSign)(context, NULL, &size, s->data.data, s->data.size) > 0;
  if (done) {
    s->signature.data = base_alloc(MAX(size, 1));
    done = LIB(EVP_DigestSign)(context, s->signature.data, &size, s->data.data, s->data.size) > 0;
    s->signature.size = size;
  }
  LIB(EVP_MD_CTX_free)(context);
  return done;
}

// false: it could not be tried
static bool verify_digest(SignJob *s) {
  EVP_PKEY_CTX *context = LIB(EVP_PKEY_CTX_new)(s->key->pkey, NULL);
  bool done = context && LIB(EVP_PKEY_verify_init)(context) > 0 && apply_options(context, s->key->pkey, &s->options) &&
              LIB(EVP_PKEY_CTX_set_signature_md)(context, s->md) > 0;
  s->valid = done && LIB(EVP_PKEY_verify)(context, s->signature.data, s->signature.size, s->data.data, s->data.size) == 1;
  LIB(EVP_PKEY_CTX_free)(context);
  return done;
}

static bool verify_data(SignJob *s) {
  EVP_MD_CTX *context = LIB(EVP_MD_CTX_new)();
  EVP_PKEY_CTX *inner = NULL;
  bool done = context && LIB(EVP_DigestVerifyInit)(context, &inner, s->md, NULL, s->key->pkey) > 0 &&
              apply_options(inner, s->key->pkey, &s->options);
  s->valid = done && LIB(EVP_DigestVerify)(context, s->signature.data, s->signature.size, s->data.data, s->data.size) == 1;
  LIB(EVP_MD_CTX_free)(context);
  return done;
}

static void sign_work(PoolJob *job) {
  SignJob *s = (SignJob *)job;
  int size = s->options.is_p1363 ? number_size(s->key->pkey) : 0;
  LIB(ERR_clear_error)();
  if (s->action == ACTION_SIGN) {
    s->done = s->is_digest ? sign_digest(s) : sign_data(s);
    if (s->done && size) s->done = to_p1363(&s->signature, size);
  } else if (size && !from_p1363(&s->signature, size)) {
    s->done = true;
  } else {
    s->done = s->is_digest ? verify_digest(s) : verify_data(s);
  }
  if (!s->done) crypto_take_errors(&s->errors);
  LIB(ERR_clear_error)();
}

static Value sign_finish(Isolate *iso, PoolJob *job) {
  SignJob *s = (SignJob *)job;
  if (!s->done)
    return (Value)(uintptr_t)crypto_throw_errors(iso, &s->errors, s->action == ACTION_SIGN ? "Signing failed" : "Verifying failed");
  if (s->action == ACTION_VERIFY) return value_from_bool(s->valid);
  return crypto_take_buffer(iso, &s->signature);
}

static void sign_destroy(PoolJob *job) {
  SignJob *s = (SignJob *)job;
  crypto_key_release(s->key);
  LIB(EVP_MD_free)(s->md);
  crypto_free_bytes(&s->data);
  crypto_free_bytes(&s->signature);
}
static const PoolJobClass sign_class = {sign_work, sign_finish, sign_destroy};

// sign(callback, digest's name or null, data, is a digest, key, padding or -1, salt length or -1000, p1363): an ArrayBuffer
// verify(..., signature): a boolean
static Value sign_start(Isolate *iso, const Call *call) {
  SignOptions options;
  CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 4)));
  TRY(options_argument(iso, call, 5, &options));
  EVP_MD *md = NULL;
  if (call_arg(call, 1) != VALUE_NULL) md = TRY(crypto_digest_argument(iso, call_arg(call, 1)));
  SignJob *s = pool_job_new(&sign_class, sizeof *s);
  s->action = (SignAction)native_magic(call);
  s->key = crypto_key_retain(key);
  s->md = md;
  s->is_digest = call_arg(call, 3) == VALUE_TRUE;
  s->options = options;
  if (crypto_copy_input(iso, call_arg(call, 2), &s->data) &&
      (s->action == ACTION_SIGN || crypto_copy_input(iso, call_arg(call, 8), &s->signature)))
    return pool_job_run(iso, &s->job, call_arg(call, 0));
  pool_job_destroy(&s->job);
  return VALUE_FAIL;
}

// ---- RSA ----

enum { RSA_PUBLIC_ENCRYPT, RSA_PRIVATE_DECRYPT, RSA_PRIVATE_ENCRYPT, RSA_PUBLIC_DECRYPT };

static int rsa_begin(EVP_PKEY_CTX *context, u32 what) {
  switch (what) {
  case RSA_PUBLIC_ENCRYPT: return LIB(EVP_PKEY_encrypt_init)(context);
  case RSA_PRIVATE_DECRYPT: return LIB(EVP_PKEY_decrypt_init)(context);
  case RSA_PRIVATE_ENCRYPT: return LIB(EVP_PKEY_sign_init)(context);
  default: return LIB(EVP_PKEY_verify_recover_init)(context);
  }
}

static int rsa_step(EVP_PKEY_CTX *context, u32 what, u8 *out, size_t *size, CryptoInput in) {
  switch (what) {
  case RSA_PUBLIC_ENCRYPT: return LIB(EVP_PKEY_encrypt)(context, out, size, in.data, in.size);
  case RSA_PRIVATE_DECRYPT: return LIB(EVP_PKEY_decrypt)(context, out, size, in.data, in.size);
  case RSA_PRIVATE_ENCRYPT: return LIB(EVP_PKEY_sign)(context, out, size, in.data, in.size);
  default: return LIB(EVP_PKEY_verify_recover)(context, out, size, in.data, in.size);
  }
}

static bool rsa_oaep(EVP_PKEY_CTX *context, const EVP_MD *md, CryptoInput label) {
  if (md && LIB(EVP_PKEY_CTX_set_rsa_oaep_md)(context, md) <= 0) return false;
  if (!label.size) return true;
  void *copy = LIB(CRYPTO_memdup)(label.data, label.size, "", 0); // the context frees it
  if (copy && LIB(EVP_PKEY_CTX_set0_rsa_oaep_label)(context, copy, (int)label.size) > 0) return true;
  LIB(CRYPTO_free)(copy, "", 0);
  return false;
}

// rsa(key, data, padding, digest's name or undefined, label or undefined): bytes. magic: what is done
static Value sign_rsa(Isolate *iso, const Call *call) {
  CryptoInput data, label = {NULL, 0};
  i32 padding;
  u32 what = native_magic(call);
  const CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 0)));
  TRY(crypto_input(iso, call_arg(call, 1), &data));
  TRY(binding_int(iso, call_arg(call, 2), &padding));
  if (!value_is_undefined(call_arg(call, 4))) TRY(crypto_input(iso, call_arg(call, 4), &label));
  EVP_MD *md = NULL;
  if (!value_is_undefined(call_arg(call, 3))) {
    md = crypto_digest_named(TRY(binding_utf8(iso, call_arg(call, 3), NULL)));
    if (!md) return VALUE_NULL;
  }
  LIB(ERR_clear_error)();
  EVP_PKEY_CTX *context = LIB(EVP_PKEY_CTX_new)(key->pkey, NULL);
  size_t size = 0;
  bool done = context && rsa_begin(context, what) > 0 && LIB(EVP_PKEY_CTX_set_rsa_padding)(context, padding) > 0 &&
              (padding != RSA_PKCS1_OAEP_PADDING || rsa_oaep(context, md, label)) && rsa_step(context, what, NULL, &size, data) > 0;
  Value result = VALUE_FAIL;
  if (done) {
    u8 *out = base_alloc(MAX(size, 1));
    done = rsa_step(context, what, out, &size, data) > 0;
    if (done) result = crypto_new_bytes(iso, out, size);
    LIB(OPENSSL_cleanse)(out, size);
    base_free(out);
  }
  LIB(EVP_PKEY_CTX_free)(context);
  LIB(EVP_MD_free)(md);
  if (done) return result;
  CryptoErrors errors;
  crypto_take_errors(&errors);
  return (Value)(uintptr_t)crypto_throw_errors(iso, &errors, "RSA operation failed");
}

// ---- Agreement ----

typedef struct AgreeJob {
  PoolJob job;
  CryptoKey *own, *other;
  CryptoBytes secret;
  CryptoErrors errors;
} AgreeJob;

static void agree_work(PoolJob *job) {
  AgreeJob *a = (AgreeJob *)job;
  EVP_PKEY_CTX *context = LIB(EVP_PKEY_CTX_new)(a->own->pkey, NULL);
  size_t size = 0;
  LIB(ERR_clear_error)();
  bool done = context && LIB(EVP_PKEY_derive_init)(context) > 0 && LIB(EVP_PKEY_derive_set_peer)(context, a->other->pkey) > 0 &&
              LIB(EVP_PKEY_derive)(context, NULL, &size) > 0;
  if (done) {
    size_t room = size;
    u8 *bytes = base_alloc_zeroed(MAX(size, 1));
    done = LIB(EVP_PKEY_derive)(context, bytes, &size) > 0;
    if (done && size < room) { // zeros in front of a short one
      memmove(bytes + room - size, bytes, size);
      memset(bytes, 0, room - size);
    }
    a->secret = (CryptoBytes){bytes, room};
    if (!done) crypto_free_bytes(&a->secret);
  }
  if (!done) crypto_take_errors(&a->errors);
  LIB(EVP_PKEY_CTX_free)(context);
}

static Value agree_finish(Isolate *iso, PoolJob *job) {
  AgreeJob *a = (AgreeJob *)job;
  if (!a->secret.data) return (Value)(uintptr_t)crypto_throw_errors(iso, &a->errors, "diffieHellman failed");
  return crypto_take_buffer(iso, &a->secret);
}

static void agree_destroy(PoolJob *job) {
  AgreeJob *a = (AgreeJob *)job;
  crypto_key_release(a->own);
  crypto_key_release(a->other);
  crypto_free_bytes(&a->secret);
}
static const PoolJobClass agree_class = {agree_work, agree_finish, agree_destroy};

// agree(callback, private key, public key): an ArrayBuffer
static Value sign_agree(Isolate *iso, const Call *call) {
  CryptoKey *own = TRY(crypto_key_argument(iso, call_arg(call, 1))), *other = TRY(crypto_key_argument(iso, call_arg(call, 2)));
  AgreeJob *a = pool_job_new(&agree_class, sizeof *a);
  a->own = crypto_key_retain(own);
  a->other = crypto_key_retain(other);
  return pool_job_run(iso, &a->job, call_arg(call, 0));
}

static const NativeMethod methods[] = {
    {"sign", sign_start, 8, ACTION_SIGN},
    {"verify", sign_start, 9, ACTION_VERIFY},
    {"publicEncrypt", sign_rsa, 5, RSA_PUBLIC_ENCRYPT},
    {"privateDecrypt", sign_rsa, 5, RSA_PRIVATE_DECRYPT},
    {"privateEncrypt", sign_rsa, 5, RSA_PRIVATE_ENCRYPT},
    {"publicDecrypt", sign_rsa, 5, RSA_PUBLIC_DECRYPT},
    {"agree", sign_agree, 3, 0},
};
const NodeBinding node_binding_crypto_sign = {"crypto_sign", methods, ARRAY_LEN(methods), crypto_open};
