// SPDX-License-Identifier: MIT
// What the bindings of crypto share: OpenSSL's libcrypto, opened on first use, its errors as Node's, input bytes, keys.
// LIB(EVP_MD_fetch)(...) calls the function of the library; crypto_functions.def lists those in use.
#ifndef WEFT_NODE_BINDINGS_CRYPTO_INTERNAL_H
#define WEFT_NODE_BINDINGS_CRYPTO_INTERNAL_H

#define OPENSSL_SUPPRESS_DEPRECATED // HMAC, DH and EC as objects: Node shows them to programs as such
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/lazy_library.h"
#include "node/node_internal.h"
#include "node/pool_job.h"

typedef struct CryptoFunctions {
#define FUNCTION(name) __typeof__(name) *name;
#include "node/bindings/crypto_functions.def"
#undef FUNCTION
} CryptoFunctions;
#define LIB(name) (((const CryptoFunctions *)(const void *)lazy_library_table(LIBRARY_CRYPTO))->name)

// Opens libcrypto: the `init` of the bindings that use it. false: Error [ERR_DLOPEN_FAILED].
MUST_CHECK bool crypto_open(Isolate *iso, JSObject *target);

// ---- Errors ----
typedef struct CryptoErrors { // of one thread, taken over to another; oldest first
  unsigned long codes[16];
  u32 count;
} CryptoErrors;
void crypto_take_errors(CryptoErrors *errors); // and clears them
// The oldest error with library, reason and code, the others in opensslErrorStack; `otherwise`: the message if there is none. Returns NULL.
void *crypto_throw_errors(Isolate *iso, const CryptoErrors *errors, const char *otherwise);
// Same with what this thread's calls have left; the stack shows the oldest, too, as Node's does.
void *crypto_throw(Isolate *iso, const char *otherwise);
// An error of lib/internal/errors.js without arguments. Returns NULL. Runs JS.
void *crypto_throw_code(Isolate *iso, const char *code);

// ---- Bytes ----
typedef struct CryptoInput { // on the collector's heap: as long as it is on the C stack
  const u8 *data;
  size_t size;
} CryptoInput;
// A string as UTF-8, or the bytes of a buffer or view. false: TypeError.
MUST_CHECK bool crypto_input(Isolate *iso, Value v, CryptoInput *out);
typedef struct CryptoBytes { // native memory, for jobs
  u8 *data;
  size_t size;
} CryptoBytes;
MUST_CHECK bool crypto_copy_input(Isolate *iso, Value v, CryptoBytes *out);     // undefined and null: no bytes (data NULL)
void crypto_free_bytes(CryptoBytes *bytes);                                     // wipes them
MUST_CHECK Value crypto_new_bytes(Isolate *iso, const void *data, size_t size); // a Uint8Array
MUST_CHECK Value crypto_hex(Isolate *iso, const u8 *data, size_t size);
// The result of a job as an ArrayBuffer, which takes the memory over.
MUST_CHECK Value crypto_take_buffer(Isolate *iso, CryptoBytes *bytes);

// ---- Digests ----
// By any of its names; EVP_MD_free is the caller's. NULL, without an exception: there is none.
EVP_MD *crypto_digest_named(const char *name);
// Argument of a call. NULL: TypeError, [ERR_CRYPTO_INVALID_DIGEST] when there is none of that name. Runs JS.
EVP_MD *crypto_digest_argument(Isolate *iso, Value name);

// ---- Keys ----
typedef enum CryptoKeyType { KEY_SECRET, KEY_PUBLIC, KEY_PRIVATE } CryptoKeyType;
typedef struct CryptoKey { // never changes; counted, so that jobs may hold it
  _Atomic u32 refs;
  CryptoKeyType type;
  CryptoBytes secret;
  EVP_PKEY *pkey;
} CryptoKey;
CryptoKey *crypto_key_retain(CryptoKey *key);
void crypto_key_release(CryptoKey *key);                             // may be NULL
MUST_CHECK Value crypto_key_wrap(Isolate *iso, CryptoKey *key);      // a host object; takes the reference
CryptoKey *crypto_key_of(Value v);                                   // NULL: no key
CryptoKey *crypto_key_from_pkey(CryptoKeyType type, EVP_PKEY *pkey); // takes the reference
MUST_CHECK CryptoKey *crypto_key_argument(Isolate *iso, Value v);    // with an EVP_PKEY. NULL: TypeError
// The bytes of a secret key's handle, of a string, or of a view.
MUST_CHECK bool crypto_secret_input(Isolate *iso, Value v, CryptoInput *out);

#endif
