// SPDX-License-Identifier: MIT
// Asymmetric keys: reading and writing PEM, DER and the numbers of a JWK, facts, generating. The key itself is a CryptoKey.
// Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"
#include "vm/iterate.h"

typedef enum KeyFormat { FORMAT_DER, FORMAT_PEM } KeyFormat;
typedef enum KeyEncoding { ENCODING_PKCS1, ENCODING_PKCS8, ENCODING_SPKI, ENCODING_SEC1 } KeyEncoding;

CryptoKey *crypto_key_from_pkey(CryptoKeyType type, EVP_PKEY *pkey) {
  CryptoKey *key = base_alloc_zeroed(sizeof *key);
  key->refs = 1;
  key->type = type;
  key->pkey = pkey;
  return key;
}

CryptoKey *crypto_key_argument(Isolate *iso, Value v) {
  CryptoKey *key = crypto_key_of(v);
  return key && key->pkey ? key : THROW(iso, TYPE, "An asymmetric key was expected");
}

static bool int_argument(Isolate *iso, const Call *call, u32 i, i32 *out) { return binding_int(iso, call_arg(call, i), out); }

// ---- Reading ----

typedef struct Passphrase {
  const u8 *data; // NULL: none was given
  size_t size;
} Passphrase;

static int give_passphrase(char *out, int room, int writing, void *data) {
  (void)writing;
  const Passphrase *p = data;
  if (!p->data || room < 0 || p->size > (size_t)room) return -1;
  memcpy(out, p->data, p->size);
  return (int)p->size;
}

static bool passphrase_argument(Isolate *iso, Value v, Passphrase *out) {
  *out = (Passphrase){NULL, 0};
  if (value_is_undefined(v) || v == VALUE_NULL) return true;
  CryptoInput input;
  TRY(crypto_input(iso, v, &input));
  *out = (Passphrase){input.data, input.size};
  return true;
}

static BIO *memory_of(CryptoInput input) {
  return LIB(BIO_new_mem_buf)(input.size ? (const void *)input.data : "", (int)MIN(input.size, (size_t)INT32_MAX));
}

static EVP_PKEY *pkey_of_certificate(X509 *x509) {
  EVP_PKEY *pkey = x509 ? LIB(X509_get_pubkey)(x509) : NULL;
  LIB(X509_free)(x509);
  return pkey;
}

// A public key, or that of a private key or of a certificate.
static EVP_PKEY *read_public_pem(CryptoInput input, Passphrase *passphrase) {
  BIO *bio = memory_of(input);
  char *name = NULL, *header = NULL;
  unsigned char *der = NULL;
  long size = 0;
  EVP_PKEY *pkey = NULL;
  bool is_private = true;
  while (bio && LIB(PEM_read_bio)(bio, &name, &header, &der, &size)) {
    const unsigned char *at = der;
    bool known = true;
    if (strcmp(name, PEM_STRING_PUBLIC) == 0) pkey = LIB(d2i_PUBKEY)(NULL, &at, size);
    else if (strcmp(name, PEM_STRING_RSA_PUBLIC) == 0) pkey = LIB(d2i_PublicKey)(EVP_PKEY_RSA, NULL, &at, size);
    else if (strcmp(name, PEM_STRING_X509) == 0) pkey = pkey_of_certificate(LIB(d2i_X509)(NULL, &at, size));
    else known = false;
    LIB(CRYPTO_free)(name, "", 0);
    LIB(CRYPTO_free)(header, "", 0);
    LIB(CRYPTO_free)(der, "", 0);
    name = header = NULL;
    der = NULL;
    if (!known) continue;
    is_private = false;
    break;
  }
  LIB(BIO_free_all)(bio);
  if (!is_private) return pkey;
  LIB(ERR_clear_error)();
  bio = memory_of(input);
  pkey = bio ? LIB(PEM_read_bio_PrivateKey)(bio, NULL, give_passphrase, passphrase) : NULL;
  LIB(BIO_free_all)(bio);
  return pkey;
}

// A PKCS #8 structure is encrypted when it does not begin with its version.
static bool is_encrypted(CryptoInput der) {
  const unsigned char *at = der.data;
  long size;
  int tag, class_of;
  if (LIB(ASN1_get_object)(&at, &size, &tag, &class_of, (long)der.size) & 0x80) {
    LIB(ERR_clear_error)();
    return false;
  }
  const unsigned char *end = der.data + der.size;
  return at < end && *at != V_ASN1_INTEGER;
}

static EVP_PKEY *read_private_der(CryptoInput input, KeyEncoding encoding, Passphrase *passphrase) {
  const unsigned char *at = input.data;
  if (encoding == ENCODING_PKCS1) return LIB(d2i_PrivateKey)(EVP_PKEY_RSA, NULL, &at, (long)input.size);
  if (encoding == ENCODING_SEC1) return LIB(d2i_PrivateKey)(EVP_PKEY_EC, NULL, &at, (long)input.size);
  BIO *bio = memory_of(input);
  EVP_PKEY *pkey = NULL;
  if (bio && is_encrypted(input)) {
    pkey = LIB(d2i_PKCS8PrivateKey_bio)(bio, NULL, give_passphrase, passphrase);
  } else if (bio) {
    PKCS8_PRIV_KEY_INFO *info = LIB(d2i_PKCS8_PRIV_KEY_INFO_bio)(bio, NULL);
    if (info) pkey = LIB(EVP_PKCS82PKEY)(info);
    LIB(PKCS8_PRIV_KEY_INFO_free)(info);
  }
  LIB(BIO_free_all)(bio);
  return pkey;
}

static EVP_PKEY *read_public_der(CryptoInput input, KeyEncoding encoding, Passphrase *passphrase) {
  const unsigned char *at = input.data;
  if (encoding == ENCODING_SPKI) return LIB(d2i_PUBKEY)(NULL, &at, (long)input.size);
  if (encoding == ENCODING_PKCS1) {
    EVP_PKEY *pkey = LIB(d2i_PublicKey)(EVP_PKEY_RSA, NULL, &at, (long)input.size);
    if (pkey) return pkey;
    LIB(ERR_clear_error)();
  }
  return read_private_der(input, encoding, passphrase);
}

// parse(is private, data, format, encoding, passphrase): a key
static Value pkey_parse(Isolate *iso, const Call *call) {
  CryptoInput input;
  Passphrase passphrase;
  i32 format, encoding;
  bool is_private = call_arg(call, 0) == VALUE_TRUE;
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  TRY(int_argument(iso, call, 2, &format));
  TRY(int_argument(iso, call, 3, &encoding));
  TRY(passphrase_argument(iso, call_arg(call, 4), &passphrase));
  if (input.size > INT32_MAX) return THROW(iso, RANGE, "The key is too long"), VALUE_FAIL;
  EVP_PKEY *pkey;
  LIB(ERR_clear_error)();
  if (format == FORMAT_PEM && is_private) {
    BIO *bio = memory_of(input);
    pkey = bio ? LIB(PEM_read_bio_PrivateKey)(bio, NULL, give_passphrase, &passphrase) : NULL;
    LIB(BIO_free_all)(bio);
  } else if (format == FORMAT_PEM) {
    pkey = read_public_pem(input, &passphrase);
  } else {
    pkey = is_private ? read_private_der(input, (KeyEncoding)encoding, &passphrase)
                      : read_public_der(input, (KeyEncoding)encoding, &passphrase);
  }
  if (!pkey)
    return (Value)(uintptr_t)crypto_throw(iso, is_private ? "Failed to read private key" : "Failed to read asymmetric key");
  LIB(ERR_clear_error)();
  return crypto_key_wrap(iso, crypto_key_from_pkey(is_private ? KEY_PRIVATE : KEY_PUBLIC, pkey));
}

// publicOf(key): the public half of it
static Value pkey_public_of(Isolate *iso, const Call *call) {
  CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 0)));
  if (!LIB(EVP_PKEY_up_ref)(key->pkey)) return (Value)(uintptr_t)crypto_throw(iso, "Failed to read asymmetric key");
  return crypto_key_wrap(iso, crypto_key_from_pkey(KEY_PUBLIC, key->pkey));
}

// ---- Facts ----

static const char *type_name(const EVP_PKEY *pkey) {
  switch (LIB(EVP_PKEY_get_base_id)(pkey)) {
  case EVP_PKEY_RSA: return "rsa";
  case EVP_PKEY_RSA_PSS: return "rsa-pss";
  case EVP_PKEY_DSA: return "dsa";
  case EVP_PKEY_DH:
  case EVP_PKEY_DHX: return "dh";
  case EVP_PKEY_EC: return "ec";
  case EVP_PKEY_X25519: return "x25519";
  case EVP_PKEY_X448: return "x448";
  case EVP_PKEY_ED25519: return "ed25519";
  case EVP_PKEY_ED448: return "ed448";
  default: return NULL;
  }
}

static Value pkey_type(Isolate *iso, const Call *call) {
  const CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 0)));
  const char *name = type_name(key->pkey);
  return name ? binding_string(iso, name) : VALUE_UNDEFINED;
}

static Value utf8_param(Isolate *iso, const EVP_PKEY *pkey, const char *name) {
  char text[80];
  size_t size;
  if (LIB(EVP_PKEY_get_utf8_string_param)(pkey, name, text, sizeof text, &size)) return binding_string(iso, text);
  LIB(ERR_clear_error)();
  return VALUE_UNDEFINED;
}

// A digest under the name that programs use.
static Value digest_param(Isolate *iso, const EVP_PKEY *pkey, const char *name) {
  char text[80];
  size_t size;
  if (!LIB(EVP_PKEY_get_utf8_string_param)(pkey, name, text, sizeof text, &size)) {
    LIB(ERR_clear_error)();
    return VALUE_UNDEFINED;
  }
  EVP_MD *md = crypto_digest_named(text);
  const char *proper = md ? LIB(OBJ_nid2ln)(LIB(EVP_MD_get_type)(md)) : text;
  LIB(EVP_MD_free)(md);
  return binding_string(iso, proper);
}

// A number as its bytes, big end first; `size`: at least. undefined: the key has none.
static Value number_param(Isolate *iso, const EVP_PKEY *pkey, const char *name, int size) {
  BIGNUM *n = NULL;
  if (!LIB(EVP_PKEY_get_bn_param)(pkey, name, &n)) {
    LIB(ERR_clear_error)();
    return VALUE_UNDEFINED;
  }
  int length = MAX(size, (LIB(BN_num_bits)(n) + 7) / 8);
  JSTypedArray *bytes = binding_uint8_array(iso, (size_t)length);
  if (bytes && length) (void)LIB(BN_bn2binpad)(n, bytes->data, length);
  LIB(BN_clear_free)(n);
  return bytes ? value_from_object(bytes) : VALUE_FAIL;
}

static int number_bits(const EVP_PKEY *pkey, const char *name) {
  BIGNUM *n = NULL;
  if (!LIB(EVP_PKEY_get_bn_param)(pkey, name, &n)) return 0;
  int bits = LIB(BN_num_bits)(n);
  LIB(BN_free)(n);
  return bits;
}

// details(key): [bits, public exponent, hash, mgf1 hash, salt length, bits of q, curve], undefined where it has none
static Value pkey_details(Isolate *iso, const Call *call) {
  const EVP_PKEY *pkey = ((CryptoKey *)TRY(crypto_key_argument(iso, call_arg(call, 0))))->pkey;
  int id = LIB(EVP_PKEY_get_base_id)(pkey), salt = -1;
  Value values[7];
  for (u32 i = 0; i < ARRAY_LEN(values); i++) values[i] = VALUE_UNDEFINED;
  if (id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS || id == EVP_PKEY_DSA) values[0] = value_from_int(LIB(EVP_PKEY_get_bits)(pkey));
  if (id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS) values[1] = TRY(number_param(iso, pkey, OSSL_PKEY_PARAM_RSA_E, 1));
  if (id == EVP_PKEY_RSA_PSS) {
    values[2] = TRY(digest_param(iso, pkey, OSSL_PKEY_PARAM_RSA_DIGEST));
    values[3] = TRY(digest_param(iso, pkey, OSSL_PKEY_PARAM_RSA_MGF1_DIGEST));
    if (LIB(EVP_PKEY_get_int_param)(pkey, OSSL_PKEY_PARAM_RSA_PSS_SALTLEN, &salt)) values[4] = value_from_int(salt);
  }
  if (id == EVP_PKEY_DSA) values[5] = value_from_int(number_bits(pkey, OSSL_PKEY_PARAM_FFC_Q));
  if (id == EVP_PKEY_EC) values[6] = TRY(utf8_param(iso, pkey, OSSL_PKEY_PARAM_GROUP_NAME));
  LIB(ERR_clear_error)();
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// ---- Numbers of a JWK ----

static Value raw_key(Isolate *iso, const EVP_PKEY *pkey, bool is_private) {
  u8 bytes[64];
  size_t size = sizeof bytes;
  int done =
      is_private ? LIB(EVP_PKEY_get_raw_private_key)(pkey, bytes, &size) : LIB(EVP_PKEY_get_raw_public_key)(pkey, bytes, &size);
  Value v = done == 1 ? crypto_new_bytes(iso, bytes, size) : (Value)(uintptr_t)crypto_throw(iso, "Failed to get raw key");
  LIB(OPENSSL_cleanse)(bytes, sizeof bytes);
  return v;
}

// numbers(key): of RSA [n, e, d, p, q, dp, dq, qi], of EC [x, y, d], of the others [x, d]
static Value pkey_numbers(Isolate *iso, const Call *call) {
  static const char *const rsa[] = {OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,           OSSL_PKEY_PARAM_RSA_D,
                                    OSSL_PKEY_PARAM_RSA_FACTOR1,   OSSL_PKEY_PARAM_RSA_FACTOR2,     OSSL_PKEY_PARAM_RSA_EXPONENT1,
                                    OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
  const CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 0)));
  int id = LIB(EVP_PKEY_get_base_id)(key->pkey);
  bool is_private = key->type == KEY_PRIVATE;
  Value values[ARRAY_LEN(rsa)];
  u32 count = 0;
  if (id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS) {
    for (u32 i = 0; i < (is_private ? ARRAY_LEN(rsa) : 2u); i++) values[count++] = TRY(number_param(iso, key->pkey, rsa[i], 1));
  } else if (id == EVP_PKEY_EC) {
    int size = (LIB(EVP_PKEY_get_bits)(key->pkey) + 7) / 8;
    values[count++] = TRY(number_param(iso, key->pkey, OSSL_PKEY_PARAM_EC_PUB_X, size));
    values[count++] = TRY(number_param(iso, key->pkey, OSSL_PKEY_PARAM_EC_PUB_Y, size));
    if (is_private) values[count++] = TRY(number_param(iso, key->pkey, OSSL_PKEY_PARAM_PRIV_KEY, size));
  } else {
    values[count++] = TRY(raw_key(iso, key->pkey, false));
    if (is_private) values[count++] = TRY(raw_key(iso, key->pkey, true));
  }
  return value_from_object(TRY(array_from_values(iso, values, count)));
}

static EVP_PKEY *pkey_from_params(const char *type, bool is_private, OSSL_PARAM_BLD *builder) {
  OSSL_PARAM *params = LIB(OSSL_PARAM_BLD_to_param)(builder);
  EVP_PKEY_CTX *context = params ? LIB(EVP_PKEY_CTX_new_from_name)(NULL, type, NULL) : NULL;
  EVP_PKEY *pkey = NULL;
  if (context && LIB(EVP_PKEY_fromdata_init)(context) == 1)
    (void)LIB(EVP_PKEY_fromdata)(context, &pkey, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params);
  LIB(EVP_PKEY_CTX_free)(context);
  LIB(OSSL_PARAM_free)(params);
  return pkey;
}

enum { MAX_NUMBERS = 8 };
typedef struct Numbers {
  BIGNUM *all[MAX_NUMBERS];
  u32 count;
} Numbers;

static void free_numbers(Numbers *numbers) {
  for (u32 i = 0; i < numbers->count; i++) LIB(BN_clear_free)(numbers->all[i]);
}

// rsaKey(is private, [n, e, d, ...]): undefined: no key
static Value pkey_rsa(Isolate *iso, const Call *call) {
  static const char *const names[MAX_NUMBERS] = {
      OSSL_PKEY_PARAM_RSA_N,       OSSL_PKEY_PARAM_RSA_E,         OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
      OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
  bool is_private = call_arg(call, 0) == VALUE_TRUE;
  u32 wanted = is_private ? MAX_NUMBERS : 2;
  Numbers numbers = {.count = 0};
  OSSL_PARAM_BLD *builder = LIB(OSSL_PARAM_BLD_new)();
  bool good = builder != NULL;
  for (u32 i = 0; good && i < wanted; i++) {
    CryptoInput input;
    if (!crypto_input(iso, call_arg(call, 1 + i), &input)) {
      free_numbers(&numbers);
      LIB(OSSL_PARAM_BLD_free)(builder);
      return VALUE_FAIL;
    }
    BIGNUM *n = input.size <= 4096 ? LIB(BN_bin2bn)(input.data, (int)input.size, NULL) : NULL;
    if (n) numbers.all[numbers.count++] = n;
    good = n && LIB(OSSL_PARAM_BLD_push_BN)(builder, names[i], n);
  }
  EVP_PKEY *pkey = good ? pkey_from_params("RSA", is_private, builder) : NULL;
  free_numbers(&numbers);
  LIB(OSSL_PARAM_BLD_free)(builder);
  LIB(ERR_clear_error)();
  if (!pkey) return VALUE_UNDEFINED;
  return crypto_key_wrap(iso, crypto_key_from_pkey(is_private ? KEY_PRIVATE : KEY_PUBLIC, pkey));
}

// ecKey(curve, point, d or undefined): undefined: no key
static Value pkey_ec(Isolate *iso, const Call *call) {
  CryptoInput point, d = {NULL, 0};
  const char *curve = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  TRY(crypto_input(iso, call_arg(call, 1), &point));
  bool is_private = !value_is_undefined(call_arg(call, 2));
  if (is_private) TRY(crypto_input(iso, call_arg(call, 2), &d));
  OSSL_PARAM_BLD *builder = LIB(OSSL_PARAM_BLD_new)();
  BIGNUM *n = is_private && d.size <= 4096 ? LIB(BN_bin2bn)(d.data, (int)d.size, NULL) : NULL;
  bool good = builder && LIB(OSSL_PARAM_BLD_push_utf8_string)(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) &&
              LIB(OSSL_PARAM_BLD_push_octet_string)(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data, point.size) &&
              (!is_private || (n && LIB(OSSL_PARAM_BLD_push_BN)(builder, OSSL_PKEY_PARAM_PRIV_KEY, n)));
  EVP_PKEY *pkey = good ? pkey_from_params("EC", is_private, builder) : NULL;
  LIB(BN_clear_free)(n);
  LIB(OSSL_PARAM_BLD_free)(builder);
  LIB(ERR_clear_error)();
  if (!pkey) return VALUE_UNDEFINED;
  return crypto_key_wrap(iso, crypto_key_from_pkey(is_private ? KEY_PRIVATE : KEY_PUBLIC, pkey));
}

// rawKey(type, is private, bytes): of Ed25519 and its relatives. undefined: no key
static Value pkey_raw(Isolate *iso, const Call *call) {
  CryptoInput input;
  const char *type = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  bool is_private = call_arg(call, 1) == VALUE_TRUE;
  TRY(crypto_input(iso, call_arg(call, 2), &input));
  EVP_PKEY *pkey = is_private ? LIB(EVP_PKEY_new_raw_private_key_ex)(NULL, type, NULL, input.data, input.size)
                              : LIB(EVP_PKEY_new_raw_public_key_ex)(NULL, type, NULL, input.data, input.size);
  LIB(ERR_clear_error)();
  if (!pkey) return VALUE_UNDEFINED;
  return crypto_key_wrap(iso, crypto_key_from_pkey(is_private ? KEY_PRIVATE : KEY_PUBLIC, pkey));
}

// ---- Writing ----

static bool write_public(BIO *bio, EVP_PKEY *pkey, KeyFormat format, KeyEncoding encoding) {
  if (encoding == ENCODING_SPKI)
    return format == FORMAT_PEM ? LIB(PEM_write_bio_PUBKEY)(bio, pkey) : LIB(i2d_PUBKEY_bio)(bio, pkey);
  unsigned char *der = NULL;
  int size = LIB(i2d_PublicKey)(pkey, &der);
  bool done = size > 0 && (format == FORMAT_PEM ? LIB(PEM_write_bio)(bio, PEM_STRING_RSA_PUBLIC, "", der, size) > 0
                                                : LIB(BIO_write)(bio, der, size) == size);
  LIB(CRYPTO_free)(der, "", 0);
  return done;
}

static bool write_private(BIO *bio, EVP_PKEY *pkey, KeyFormat format, KeyEncoding encoding, const EVP_CIPHER *cipher,
                          Passphrase p) {
  const char *text = cipher ? (const char *)p.data : NULL;
  int size = cipher ? (int)p.size : 0;
  if (encoding == ENCODING_PKCS8) {
    return format == FORMAT_PEM ? LIB(PEM_write_bio_PKCS8PrivateKey)(bio, pkey, cipher, text, size, NULL, NULL)
                                : LIB(i2d_PKCS8PrivateKey_bio)(bio, pkey, cipher, text, size, NULL, NULL);
  }
  if (format == FORMAT_PEM)
    return LIB(PEM_write_bio_PrivateKey_traditional)(bio, pkey, cipher, (const unsigned char *)text, size, NULL, NULL);
  return LIB(i2d_PrivateKey_bio)(bio, pkey);
}

// serialize(key, is private, format, encoding, cipher or undefined, passphrase): bytes; null: there is no such cipher
static Value pkey_serialize(Isolate *iso, const Call *call) {
  i32 format, encoding;
  Passphrase passphrase;
  const CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 0)));
  bool is_private = call_arg(call, 1) == VALUE_TRUE;
  TRY(int_argument(iso, call, 2, &format));
  TRY(int_argument(iso, call, 3, &encoding));
  TRY(passphrase_argument(iso, call_arg(call, 5), &passphrase));
  if (is_private && key->type != KEY_PRIVATE) return THROW(iso, TYPE, "A private key was expected"), VALUE_FAIL;
  const EVP_CIPHER *cipher = NULL;
  if (!value_is_undefined(call_arg(call, 4))) {
    cipher = LIB(EVP_get_cipherbyname)(TRY(binding_utf8(iso, call_arg(call, 4), NULL)));
    LIB(ERR_clear_error)();
    if (!cipher || !passphrase.data) return VALUE_NULL;
  }
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  bool done = bio && (is_private ? write_private(bio, key->pkey, (KeyFormat)format, (KeyEncoding)encoding, cipher, passphrase)
                                 : write_public(bio, key->pkey, (KeyFormat)format, (KeyEncoding)encoding));
  char *data = NULL;
  long size = done ? LIB(BIO_ctrl)(bio, BIO_CTRL_INFO, 0, &data) : 0;
  Value result = done ? crypto_new_bytes(iso, data, (size_t)size) : (Value)(uintptr_t)crypto_throw(iso, "Failed to encode key");
  LIB(BIO_free_all)(bio);
  return result;
}

// ---- Generating ----

typedef struct GenerateJob {
  PoolJob job;
  char type[16];
  OSSL_PARAM *params, *domain; // domain: of parameters that are generated first
  Arena names;                 // of both
  EVP_PKEY *pkey;
  CryptoErrors errors;
} GenerateJob;

static EVP_PKEY *generate_parameters(const GenerateJob *g) {
  EVP_PKEY *parameters = NULL;
  EVP_PKEY_CTX *context = LIB(EVP_PKEY_CTX_new_from_name)(NULL, g->type, NULL);
  if (context && LIB(EVP_PKEY_paramgen_init)(context) == 1 && LIB(EVP_PKEY_CTX_set_params)(context, g->domain) == 1)
    (void)LIB(EVP_PKEY_generate)(context, &parameters);
  LIB(EVP_PKEY_CTX_free)(context);
  return parameters;
}

static void generate_work(PoolJob *job) {
  GenerateJob *g = (GenerateJob *)job;
  LIB(ERR_clear_error)();
  EVP_PKEY *parameters = g->domain ? generate_parameters(g) : NULL;
  EVP_PKEY_CTX *context = NULL;
  if (parameters) context = LIB(EVP_PKEY_CTX_new_from_pkey)(NULL, parameters, NULL);
  else if (!g->domain) context = LIB(EVP_PKEY_CTX_new_from_name)(NULL, g->type, NULL);
  if (context && LIB(EVP_PKEY_keygen_init)(context) == 1 && (!g->params || LIB(EVP_PKEY_CTX_set_params)(context, g->params) == 1))
    (void)LIB(EVP_PKEY_generate)(context, &g->pkey);
  LIB(EVP_PKEY_CTX_free)(context);
  LIB(EVP_PKEY_free)(parameters);
  if (!g->pkey) crypto_take_errors(&g->errors);
}

static Value generate_finish(Isolate *iso, PoolJob *job) {
  GenerateJob *g = (GenerateJob *)job;
  if (!g->pkey) return (Value)(uintptr_t)crypto_throw_errors(iso, &g->errors, "Key generation job failed");
  EVP_PKEY *pkey = g->pkey;
  g->pkey = NULL;
  (void)LIB(EVP_PKEY_up_ref)(pkey);
  Value public_key = crypto_key_wrap(iso, crypto_key_from_pkey(KEY_PUBLIC, pkey));
  Value private_key = crypto_key_wrap(iso, crypto_key_from_pkey(KEY_PRIVATE, pkey));
  TRY(public_key);
  TRY(private_key);
  Value values[] = {public_key, private_key};
  return value_from_object(TRY(array_from_values(iso, values, 2)));
}

static void generate_destroy(PoolJob *job) {
  GenerateJob *g = (GenerateJob *)job;
  LIB(OSSL_PARAM_free)(g->params);
  LIB(OSSL_PARAM_free)(g->domain);
  LIB(EVP_PKEY_free)(g->pkey);
  arena_free(&g->names);
}
static const PoolJobClass generate_class = {generate_work, generate_finish, generate_destroy};

// Text outside of the collector's heap. NULL: thrown.
static const char *kept_text(Isolate *iso, Arena *arena, Value v) {
  size_t size;
  const char *text = TRY(binding_utf8(iso, v, &size));
  char *kept = arena_alloc(arena, size + 1);
  memcpy(kept, text, size);
  return kept;
}

// An array of [name, value]: numbers that are unsigned, text, or bytes of a big number. The names lie in `names`, which must live as
// long as the result: parameters point to them.
static OSSL_PARAM *params_from(Isolate *iso, Arena *names, Value v) {
  JSObject *list = TRY(create_list_from_array_like(iso, v));
  OSSL_PARAM_BLD *builder = LIB(OSSL_PARAM_BLD_new)();
  Numbers numbers = {.count = 0};
  bool good = builder != NULL;
  for (u32 i = 0; good && i + 1 < (u32)array_length(list); i += 2) {
    const char *name = kept_text(iso, names, list_get(list, i));
    Value value = list_get(list, i + 1);
    CryptoInput input;
    if (!name) {
      good = false;
    } else if (value_is_number(value)) {
      double n = value_number(value);
      good =
          n < 0 ? LIB(OSSL_PARAM_BLD_push_int)(builder, name, (int)n) : LIB(OSSL_PARAM_BLD_push_uint)(builder, name, (unsigned)n);
    } else if (value_is_string(value)) {
      const char *text = kept_text(iso, names, value);
      good = text && LIB(OSSL_PARAM_BLD_push_utf8_string)(builder, name, text, 0);
    } else if ((good = numbers.count < MAX_NUMBERS && crypto_input(iso, value, &input) && input.size <= 4096)) {
      BIGNUM *n = LIB(BN_bin2bn)(input.data, (int)input.size, NULL);
      good = n && LIB(OSSL_PARAM_BLD_push_BN)(builder, name, n);
      if (n) numbers.all[numbers.count++] = n;
    }
  }
  OSSL_PARAM *params = good ? LIB(OSSL_PARAM_BLD_to_param)(builder) : NULL;
  free_numbers(&numbers);
  LIB(OSSL_PARAM_BLD_free)(builder);
  return params ? params : THROW(iso, TYPE, "Parameters of a key were expected");
}

// generate(callback, type, parameters, of the domain or undefined): [public, private]
static Value pkey_generate(Isolate *iso, const Call *call) {
  const char *type = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  GenerateJob *g = pool_job_new(&generate_class, sizeof *g);
  (void)snprintf(g->type, sizeof g->type, "%s", type);
  arena_init(&g->names);
  bool good = (g->params = params_from(iso, &g->names, call_arg(call, 2))) != NULL &&
              (value_is_undefined(call_arg(call, 3)) || (g->domain = params_from(iso, &g->names, call_arg(call, 3))) != NULL);
  if (good) return pool_job_run(iso, &g->job, call_arg(call, 0));
  pool_job_destroy(&g->job);
  return VALUE_FAIL;
}

// ---- Curves ----

// curve(name): its proper name, or undefined
static Value pkey_curve(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  int nid = LIB(EC_curve_nist2nid)(name);
  if (nid == NID_undef) nid = LIB(OBJ_sn2nid)(name);
  EC_GROUP *group = nid == NID_undef ? NULL : LIB(EC_GROUP_new_by_curve_name)(nid);
  LIB(EC_GROUP_free)(group);
  LIB(ERR_clear_error)();
  return group ? binding_string(iso, LIB(OBJ_nid2sn)(nid)) : VALUE_UNDEFINED;
}

static Value pkey_curves(Isolate *iso, const Call *call) {
  (void)call;
  EC_builtin_curve curves[256];
  size_t count = LIB(EC_get_builtin_curves)(curves, ARRAY_LEN(curves));
  JSObject *names = TRY(array_create(iso, 0));
  for (size_t i = 0; i < MIN(count, ARRAY_LEN(curves)); i++) {
    const char *name = LIB(OBJ_nid2sn)(curves[i].nid);
    if (name) TRY(array_push_value(iso, names, TRY(binding_string(iso, name))));
  }
  return value_from_object(names);
}

static const NativeMethod methods[] = {
    {"parse", pkey_parse, 5, 0},       {"publicOf", pkey_public_of, 1, 0}, {"type", pkey_type, 1, 0},
    {"details", pkey_details, 1, 0},   {"numbers", pkey_numbers, 1, 0},    {"rsaKey", pkey_rsa, 9, 0},
    {"ecKey", pkey_ec, 3, 0},          {"rawKey", pkey_raw, 3, 0},         {"serialize", pkey_serialize, 6, 0},
    {"generate", pkey_generate, 4, 0}, {"curve", pkey_curve, 1, 0},        {"curves", pkey_curves, 0, 0},
};
const NodeBinding node_binding_crypto_pkey = {"crypto_pkey", methods, ARRAY_LEN(methods), crypto_open};
