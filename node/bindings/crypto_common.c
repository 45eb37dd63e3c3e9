// SPDX-License-Identifier: MIT
// libcrypto itself: how it is opened, how its errors look in JavaScript, and the bytes that go in and out of it.
// Tests: tests/node/crypto/.
#include <stdio.h>

#include "base/utf.h"
#include "node/bindings/crypto_internal.h"
#include "vm/memory_access.h"

// ---- Opening ----

static const char function_names[] =
#define FUNCTION(name) #name "\0"
#include "node/bindings/crypto_functions.def"
#undef FUNCTION
    ;

// No clean-up at the exit of the process: threads of the pool may still be at work then. The configuration of the system is not
// Node's either.
static void opened(const LibraryFunction *functions) {
  const CryptoFunctions *f = (const CryptoFunctions *)(const void *)functions;
  (void)f->OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_LOAD_CRYPTO_STRINGS |
                                   OPENSSL_INIT_ADD_ALL_CIPHERS | OPENSSL_INIT_ADD_ALL_DIGESTS,
                               NULL);
}

static const LazyLibrary library = {LIBRARY_CRYPTO, "libcrypto.so.3", function_names, sizeof(CryptoFunctions), opened};

bool crypto_open(Isolate *iso, JSObject *target) {
  (void)target;
  const char *error;
  if (lazy_library_open(&library, &error)) return true;
  JSObject *e = TRY(error_new(iso, INTRINSIC_ERROR_PROTOTYPE, TRY(str_new_utf8(iso, error, strlen(error)))));
  TRY(binding_set_string(iso, e, "code", "ERR_DLOPEN_FAILED"));
  return throw_value(iso, value_from_object(e));
}

// ---- Errors ----

void crypto_take_errors(CryptoErrors *errors) {
  unsigned long code;
  errors->count = 0;
  while ((code = LIB(ERR_get_error)()) != 0) {
    if (errors->count < ARRAY_LEN(errors->codes)) errors->codes[errors->count++] = code;
  }
}

static Value text_of(Isolate *iso, unsigned long code) {
  char text[256];
  LIB(ERR_error_string_n)(code, text, sizeof text);
  return binding_string(iso, text);
}

// The libraries whose names are part of the code.
static const char *prefix_of(unsigned long code) {
  switch (ERR_GET_LIB(code)) {
#define PREFIX(name) \
  case ERR_LIB_##name: return #name "_";
    PREFIX(SYS)
    PREFIX(BN)
    PREFIX(RSA)
    PREFIX(DH)
    PREFIX(EVP)
    PREFIX(BUF)
    PREFIX(OBJ)
    PREFIX(PEM)
    PREFIX(DSA)
    PREFIX(X509)
    PREFIX(ASN1)
    PREFIX(CONF)
    PREFIX(CRYPTO)
    PREFIX(EC)
    PREFIX(SSL)
    PREFIX(BIO)
    PREFIX(PKCS7)
    PREFIX(X509V3)
    PREFIX(PKCS12)
    PREFIX(RAND)
    PREFIX(DSO)
    PREFIX(ENGINE)
    PREFIX(OCSP)
    PREFIX(UI)
    PREFIX(COMP)
    PREFIX(ECDSA)
    PREFIX(ECDH)
    PREFIX(OSSL_STORE)
    PREFIX(FIPS)
    PREFIX(CMS)
    PREFIX(TS)
    PREFIX(HMAC)
    PREFIX(CT)
    PREFIX(ASYNC)
    PREFIX(KDF)
    PREFIX(SM2)
    PREFIX(USER)
#undef PREFIX
  default: return "";
  }
}

// "ERR_OSSL_EVP_BAD_DECRYPT" of EVP's "bad decrypt"
static bool set_code(Isolate *iso, JSObject *error, unsigned long code, const char *reason) {
  char text[192];
  int at = snprintf(text, sizeof text, "ERR_OSSL_%s", prefix_of(code));
  for (; *reason && at < (int)sizeof text - 1; reason++)
    text[at++] = *reason == ' ' ? '_' : *reason >= 'a' && *reason <= 'z' ? (char)(*reason - 'a' + 'A') : *reason;
  text[at] = 0;
  return binding_set_string(iso, error, "code", text);
}

// from: the first error that the stack shows.
static bool decorate(Isolate *iso, JSObject *error, const CryptoErrors *errors, u32 from) {
  if (from < errors->count) {
    JSObject *stack = TRY(array_create(iso, 0));
    for (u32 i = errors->count; i-- > from;) TRY(array_push_value(iso, stack, TRY(text_of(iso, errors->codes[i]))));
    TRY(binding_set(iso, error, "opensslErrorStack", value_from_object(stack)));
  }
  unsigned long first = errors->codes[0];
  const char *name = LIB(ERR_lib_error_string)(first), *reason = LIB(ERR_reason_error_string)(first);
  if (name) TRY(binding_set_string(iso, error, "library", name));
  if (!reason) return true;
  TRY(binding_set_string(iso, error, "reason", reason));
  return set_code(iso, error, first, reason);
}

static void *throw_first(Isolate *iso, const CryptoErrors *errors, const char *otherwise, u32 from) {
  Value text = TRY(errors->count ? text_of(iso, errors->codes[0]) : binding_string(iso, otherwise));
  JSObject *error = TRY(error_new(iso, INTRINSIC_ERROR_PROTOTYPE, value_string(text)));
  if (errors->count) TRY(decorate(iso, error, errors, from));
  return throw_value(iso, value_from_object(error));
}

void *crypto_throw_errors(Isolate *iso, const CryptoErrors *errors, const char *otherwise) {
  return throw_first(iso, errors, otherwise, 1);
}

void *crypto_throw(Isolate *iso, const char *otherwise) {
  CryptoErrors errors;
  crypto_take_errors(&errors);
  return throw_first(iso, &errors, otherwise, 0);
}

void *crypto_throw_code(Isolate *iso, const char *code) {
  LIB(ERR_clear_error)();
  return throw_node_error(iso, code, NULL, 0);
}

// ---- Bytes ----

bool crypto_input(Isolate *iso, Value v, CryptoInput *out) {
  if (value_is_string(v)) {
    String *s = TRY(str_flatten(iso, value_string(v)));
    if (!str_is_utf16(s) && utf8_is_ascii(str_chars8(s), s->length)) {
      *out = (CryptoInput){str_chars8(s), s->length};
      return true;
    }
    out->data = (const u8 *)TRY(binding_utf8(iso, value_from_cell(s), &out->size));
    return true;
  }
  const u8 *raw = TRY(binding_bytes(iso, v, &out->size));
  out->data = TRY(binding_steady(iso, v, raw, out->size));
  return true;
}

bool crypto_copy_input(Isolate *iso, Value v, CryptoBytes *out) {
  CryptoInput input;
  *out = (CryptoBytes){NULL, 0};
  if (value_is_undefined(v) || v == VALUE_NULL) return true;
  TRY(crypto_secret_input(iso, v, &input));
  out->data = base_try_alloc(input.size + 1);
  if (!out->data) return throw_out_of_memory(iso);
  out->size = input.size;
  memcpy(out->data, input.data, input.size);
  out->data[input.size] = 0;
  return true;
}

void crypto_free_bytes(CryptoBytes *bytes) {
  if (!bytes->data) return;
  LIB(OPENSSL_cleanse)(bytes->data, bytes->size);
  base_free(bytes->data);
  bytes->data = NULL;
}

Value crypto_new_bytes(Isolate *iso, const void *data, size_t size) {
  JSTypedArray *bytes = TRY(binding_uint8_array(iso, size));
  if (size) memcpy(bytes->data, data, size);
  return value_from_object(bytes);
}

Value crypto_hex(Isolate *iso, const u8 *data, size_t size) {
  static const char digits[] = "0123456789abcdef";
  u8 *out;
  if (size > STR_MAX_LENGTH / 2) return THROW(iso, RANGE, "Invalid string length"), VALUE_FAIL;
  if (!size) return value_from_cell(ATOM(empty));
  String *s = TRY(str_new_uninit8(iso, (u32)(2 * size), &out));
  for (size_t i = 0; i < size; i++) {
    *out++ = (u8)digits[data[i] >> 4];
    *out++ = (u8)digits[data[i] & 15];
  }
  return value_from_cell(s);
}

static void free_native(void *data, u64 length, void *context) {
  (void)length;
  (void)context;
  base_free(data);
}

Value crypto_take_buffer(Isolate *iso, CryptoBytes *bytes) {
  if (gc_would_exceed_limit(heap_of(iso), bytes->size)) return throw_out_of_memory(iso);
  u8 *data = bytes->data ? bytes->data : base_alloc(1);
  bytes->data = NULL;
  return value_from_object(TRY(array_buffer_from_store(iso, backing_store_from_memory(data, bytes->size, free_native, NULL))));
}
