// SPDX-License-Identifier: MIT
// Ciphers: one object for both directions, which knows what may be asked of it when. Authenticated modes differ: CCM takes its text in
// one piece, and what fails to authenticate is told by final() alone.
// Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

typedef enum TagState { TAG_UNKNOWN, TAG_KNOWN, TAG_PASSED } TagState;
enum { MAX_TAG = 16, NO_TAG_LENGTH = 0xffffffff };
typedef struct Cipher {
  EVP_CIPHER_CTX *context; // NULL: finished
  bool encrypts, failed;   // failed: CCM's text was not authentic
  int mode;
  bool is_chacha;
  TagState tag_state;
  u32 tag_length; // NO_TAG_LENGTH: not yet known
  u8 tag[MAX_TAG];
  i32 max_message;
} Cipher;

enum { STATE_BYTES = 1200 }; // about what a cipher holds in native memory

static void finalize_cipher(Heap *heap, Cell *cell) {
  Cipher *c = ((JSHostObject *)cell)->data;
  if (!c) return;
  gc_adjust_external(heap, -STATE_BYTES);
  LIB(EVP_CIPHER_CTX_free)(c->context);
  LIB(OPENSSL_cleanse)(c, sizeof *c);
  base_free(c);
}
static const HostClass cipher_class = {.name = "CipherBase", .finalize = finalize_cipher};

static Cipher *cipher_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &cipher_class)
    return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "A cipher was expected");
}

static bool is_authenticated(const Cipher *c) {
  return c->mode == EVP_CIPH_GCM_MODE || c->mode == EVP_CIPH_CCM_MODE || c->mode == EVP_CIPH_OCB_MODE || c->is_chacha;
}

// By any of its names; EVP_CIPHER_free is the caller's. NULL: there is none. Known ones are given though no provider brings them.
static EVP_CIPHER *cipher_named(const char *name) {
  const EVP_CIPHER *known = LIB(EVP_get_cipherbyname)(name);
  const char *proper = known ? LIB(OBJ_nid2sn)(LIB(EVP_CIPHER_get_nid)(known)) : NULL;
  EVP_CIPHER *cipher = LIB(EVP_CIPHER_fetch)(NULL, proper ? proper : name, NULL);
  LIB(ERR_clear_error)();
  return cipher ? cipher : (EVP_CIPHER *)(uintptr_t)known; // freeing what was not fetched does nothing
}

// ---- Algorithms: fetching one costs more than a short text ----

static void finalize_algorithm(Heap *heap, Cell *cell) {
  (void)heap;
  LIB(EVP_CIPHER_free)(((JSHostObject *)cell)->data);
}
static const HostClass algorithm_class = {.name = "CipherAlgorithm", .finalize = finalize_algorithm};

// algorithm(name): undefined if there is none
static Value cipher_algorithm(Isolate *iso, const Call *call) {
  EVP_CIPHER *cipher = cipher_named(TRY(binding_utf8(iso, call_arg(call, 0), NULL)));
  if (!cipher) return VALUE_UNDEFINED;
  JSHostObject *object = host_object_new(iso, &algorithm_class, VALUE_NULL, cipher);
  if (object) return value_from_object(object);
  LIB(EVP_CIPHER_free)(cipher);
  return VALUE_FAIL;
}

static const EVP_CIPHER *algorithm_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &algorithm_class)
    return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "An algorithm was expected");
}

// ---- Facts ----

static const char *mode_name(const EVP_CIPHER *cipher) {
  if (LIB(EVP_CIPHER_get_nid)(cipher) == NID_chacha20_poly1305) return "stream";
  switch (LIB(EVP_CIPHER_get_mode)(cipher)) {
  case EVP_CIPH_CBC_MODE: return "cbc";
  case EVP_CIPH_CCM_MODE: return "ccm";
  case EVP_CIPH_CFB_MODE: return "cfb";
  case EVP_CIPH_CTR_MODE: return "ctr";
  case EVP_CIPH_ECB_MODE: return "ecb";
  case EVP_CIPH_GCM_MODE: return "gcm";
  case EVP_CIPH_OCB_MODE: return "ocb";
  case EVP_CIPH_OFB_MODE: return "ofb";
  case EVP_CIPH_WRAP_MODE: return "wrap";
  case EVP_CIPH_XTS_MODE: return "xts";
  case EVP_CIPH_STREAM_CIPHER: return "stream";
  default: return "";
  }
}

// Would the cipher take a key and an initialization vector of these lengths? < 0: not asked.
static bool accepts(const EVP_CIPHER *cipher, i32 key_length, i32 iv_length) {
  EVP_CIPHER_CTX *context = LIB(EVP_CIPHER_CTX_new)();
  bool fits = context && LIB(EVP_CipherInit_ex)(context, cipher, NULL, NULL, NULL, 1);
  if (fits && key_length >= 0) fits = LIB(EVP_CIPHER_CTX_set_key_length)(context, key_length) > 0;
  if (fits && iv_length >= 0) {
    int mode = LIB(EVP_CIPHER_get_mode)(cipher);
    bool is_free = mode == EVP_CIPH_GCM_MODE || mode == EVP_CIPH_CCM_MODE || mode == EVP_CIPH_OCB_MODE;
    if (is_free && iv_length) fits = LIB(EVP_CIPHER_CTX_ctrl)(context, EVP_CTRL_AEAD_SET_IVLEN, iv_length, NULL) > 0;
    else if (!is_free) fits = iv_length == LIB(EVP_CIPHER_get_iv_length)(cipher);
  }
  LIB(EVP_CIPHER_CTX_free)(context);
  LIB(ERR_clear_error)();
  return fits;
}

static Value facts_of(Isolate *iso, const EVP_CIPHER *cipher, i32 iv_length) {
  int nid = LIB(EVP_CIPHER_get_nid)(cipher), block = LIB(EVP_CIPHER_get_block_size)(cipher);
  const char *name = LIB(OBJ_nid2sn)(nid);
  Value values[] = {
      TRY(binding_string(iso, mode_name(cipher))),
      TRY(binding_string(iso, name ? name : "")),
      value_from_int(nid),
      value_from_int(LIB(EVP_CIPHER_get_key_length)(cipher)),
      strcmp(mode_name(cipher), "stream") == 0 ? VALUE_UNDEFINED : value_from_int(block),
      value_from_int(iv_length >= 0 ? iv_length : LIB(EVP_CIPHER_get_iv_length)(cipher)),
  };
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// info(name or nid, key length, iv length): [mode, name, nid, key length, block size, iv length], or undefined
static Value cipher_info(Isolate *iso, const Call *call) {
  i32 key_length, iv_length;
  TRY(binding_int(iso, call_arg(call, 1), &key_length));
  TRY(binding_int(iso, call_arg(call, 2), &iv_length));
  EVP_CIPHER *cipher;
  if (value_is_number(call_arg(call, 0))) {
    const char *name = LIB(OBJ_nid2sn)(double_to_int32(value_number(call_arg(call, 0))));
    cipher = name ? cipher_named(name) : NULL;
  } else {
    cipher = cipher_named(TRY(binding_utf8(iso, call_arg(call, 0), NULL)));
  }
  LIB(ERR_clear_error)();
  if (!cipher) return VALUE_UNDEFINED;
  Value facts = VALUE_UNDEFINED;
  if ((key_length < 0 && iv_length < 0) || accepts(cipher, key_length, iv_length)) facts = facts_of(iso, cipher, iv_length);
  LIB(EVP_CIPHER_free)(cipher);
  return facts;
}

typedef struct Names {
  Isolate *iso;
  JSObject *array;
  bool failed;
} Names;

static void add_name(const char *name, void *data) {
  Names *names = data;
  if (names->failed) return;
  Value v = binding_string(names->iso, name);
  names->failed = !v || !array_push_value(names->iso, names->array, v);
}

static void add_cipher(const EVP_CIPHER *cipher, const char *from, const char *to, void *data) {
  (void)to;
  // An alias has no cipher beside its name; what no provider brings is not usable.
  const EVP_CIPHER *known = cipher ? cipher : LIB(EVP_get_cipherbyname)(from);
  const char *name = known ? LIB(OBJ_nid2sn)(LIB(EVP_CIPHER_get_nid)(known)) : NULL;
  EVP_CIPHER *usable = name ? LIB(EVP_CIPHER_fetch)(NULL, name, NULL) : NULL;
  if (usable) add_name(from, data);
  LIB(EVP_CIPHER_free)(usable);
}

static void add_provided(EVP_CIPHER *cipher, void *data) { (void)LIB(EVP_CIPHER_names_do_all)(cipher, add_name, data); }

// names(): of the tables of the library and of its providers, some twice
static Value cipher_names(Isolate *iso, const Call *call) {
  (void)call;
  Names names = {iso, TRY(array_create(iso, 0)), false};
  LIB(EVP_CIPHER_do_all_sorted)(add_cipher, &names);
  LIB(EVP_CIPHER_do_all_provided)(NULL, add_provided, &names);
  LIB(ERR_clear_error)();
  return names.failed ? VALUE_FAIL : value_from_object(names.array);
}

// ---- Making ----

static void *throw_tag(Isolate *iso, const char *format, const char *name, u32 length) {
  LIB(ERR_clear_error)();
  String *text = TRY(name ? str_new_format(iso, format, name) : str_new_format(iso, format, length));
  Value v = value_from_cell(text);
  return throw_node_error(iso, "ERR_CRYPTO_INVALID_AUTH_TAG", &v, 1);
}
static void *throw_tag_length(Isolate *iso, u32 length) {
  return throw_tag(iso, "Invalid authentication tag length: %u", NULL, length);
}

static bool is_gcm_tag(u32 length) { return length == 4 || length == 8 || (length >= 12 && length <= 16); }

// What authenticated modes want to know before the key.
static bool prepare_authenticated(Isolate *iso, Cipher *c, const char *name, size_t iv_size) {
  if (LIB(EVP_CIPHER_CTX_ctrl)(c->context, EVP_CTRL_AEAD_SET_IVLEN, (int)iv_size, NULL) <= 0)
    return crypto_throw_code(iso, "ERR_CRYPTO_INVALID_IV");
  if (c->mode == EVP_CIPH_GCM_MODE) {
    if (c->tag_length != NO_TAG_LENGTH && !is_gcm_tag(c->tag_length)) return throw_tag_length(iso, c->tag_length);
    return true;
  }
  if (c->tag_length == NO_TAG_LENGTH) {
    if (!c->is_chacha) return throw_tag(iso, "authTagLength required for %s", name, 0);
    c->tag_length = 16;
  }
  if (LIB(EVP_CIPHER_CTX_ctrl)(c->context, EVP_CTRL_AEAD_SET_TAG, (int)c->tag_length, NULL) <= 0)
    return throw_tag_length(iso, c->tag_length);
  if (c->mode == EVP_CIPH_CCM_MODE) c->max_message = iv_size == 12 ? 16777215 : iv_size == 13 ? 65535 : INT32_MAX;
  return true;
}

static bool begin(Isolate *iso, Cipher *c, const EVP_CIPHER *cipher, const char *name, CryptoInput key, CryptoInput iv,
                  bool has_iv) {
  int wanted = LIB(EVP_CIPHER_get_iv_length)(cipher);
  c->mode = LIB(EVP_CIPHER_get_mode)(cipher);
  c->is_chacha = LIB(EVP_CIPHER_get_nid)(cipher) == NID_chacha20_poly1305;
  if (!has_iv && wanted) return crypto_throw_code(iso, "ERR_CRYPTO_INVALID_IV");
  if (has_iv && !is_authenticated(c) && iv.size != (size_t)wanted) return crypto_throw_code(iso, "ERR_CRYPTO_INVALID_IV");
  if (c->is_chacha && iv.size > 12) return crypto_throw_code(iso, "ERR_CRYPTO_INVALID_IV");
  c->context = LIB(EVP_CIPHER_CTX_new)();
  if (!c->context) return crypto_throw(iso, "Failed to create cipher");
  if (c->mode == EVP_CIPH_WRAP_MODE) LIB(EVP_CIPHER_CTX_set_flags)(c->context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (LIB(EVP_CipherInit_ex)(c->context, cipher, NULL, NULL, NULL, c->encrypts) != 1)
    return crypto_throw(iso, "Failed to initialize cipher");
  if (is_authenticated(c)) TRY(prepare_authenticated(iso, c, name, iv.size));
  if (key.size > INT32_MAX || LIB(EVP_CIPHER_CTX_set_key_length)(c->context, (int)key.size) <= 0)
    return crypto_throw_code(iso, "ERR_CRYPTO_INVALID_KEYLEN");
  if (LIB(EVP_CipherInit_ex)(c->context, NULL, NULL, key.data, has_iv && iv.size ? iv.data : NULL, c->encrypts) != 1)
    return crypto_throw(iso, "Failed to initialize cipher");
  return true;
}

// create(encrypts, algorithm, key, iv or null, tag length or -1, name)
static Value cipher_create(Isolate *iso, const Call *call) {
  CryptoInput key, iv = {NULL, 0};
  i32 tag_length;
  const EVP_CIPHER *cipher = TRY(algorithm_of(iso, call_arg(call, 1)));
  const char *name = TRY(binding_utf8(iso, call_arg(call, 5), NULL));
  TRY(crypto_secret_input(iso, call_arg(call, 2), &key));
  bool has_iv = call_arg(call, 3) != VALUE_NULL;
  if (has_iv) TRY(crypto_input(iso, call_arg(call, 3), &iv));
  TRY(binding_int(iso, call_arg(call, 4), &tag_length));
  if (iv.size > INT32_MAX) return (Value)(uintptr_t)crypto_throw_code(iso, "ERR_CRYPTO_INVALID_IV");
  JSHostObject *object = host_object_new(iso, &cipher_class, VALUE_NULL, NULL);
  Cipher *c = base_alloc_zeroed(sizeof *c);
  if (object) {
    object->data = c;
    gc_adjust_external(heap_of(iso), STATE_BYTES);
  }
  c->encrypts = call_arg(call, 0) == VALUE_TRUE;
  c->tag_length = tag_length < 0 ? NO_TAG_LENGTH : (u32)tag_length;
  c->max_message = INT32_MAX;
  bool begun = object && begin(iso, c, cipher, name, key, iv, has_iv);
  if (!object) base_free(c);
  return begun ? value_from_object(object) : VALUE_FAIL;
}

// ---- Steps ----

// The tag is passed as late as possible, because some modes want the associated data first.
static bool pass_tag(Cipher *c) {
  if (c->tag_state != TAG_KNOWN) return true;
  if (LIB(EVP_CIPHER_CTX_ctrl)(c->context, EVP_CTRL_AEAD_SET_TAG, (int)c->tag_length, c->tag) <= 0) return false;
  c->tag_state = TAG_PASSED;
  return true;
}

// update(cipher, data): bytes; null: the message is too long for the mode
static Value cipher_update(Isolate *iso, const Call *call) {
  CryptoInput input;
  Cipher *c = TRY(cipher_of(iso, call));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  if (c->mode == EVP_CIPH_CCM_MODE && input.size > (size_t)c->max_message) return VALUE_NULL;
  static const char unsupported[] = "Trying to add data in unsupported state";
  if (!c->context) return (Value)(uintptr_t)crypto_throw(iso, unsupported);
  size_t block = (size_t)LIB(EVP_CIPHER_CTX_get_block_size)(c->context);
  if (input.size > INT32_MAX - 2 * block) return (Value)(uintptr_t)crypto_throw(iso, unsupported);
  if (!c->encrypts && is_authenticated(c) && !pass_tag(c)) return (Value)(uintptr_t)crypto_throw(iso, unsupported);
  size_t room = input.size + block;
  int size = (int)room;
  // Wrapping says by itself how much it needs.
  if (c->mode == EVP_CIPH_WRAP_MODE) {
    if (LIB(EVP_CipherUpdate)(c->context, NULL, &size, input.data, (int)input.size) != 1)
      return (Value)(uintptr_t)crypto_throw(iso, unsupported);
    room = MAX(room, (size_t)size + block);
  }
  Bytes *bytes = TRY(bytes_new(iso, room + 1));
  int done = LIB(EVP_CipherUpdate)(c->context, bytes->data, &size, input.data, (int)input.size);
  if (done != 1) {
    if (c->encrypts || c->mode != EVP_CIPH_CCM_MODE) return (Value)(uintptr_t)crypto_throw(iso, unsupported);
    LIB(ERR_clear_error)();
    c->failed = true;
    size = 0;
  }
  return crypto_new_bytes(iso, bytes->data, (size_t)size);
}

// final(cipher): bytes
static Value cipher_final(Isolate *iso, const Call *call) {
  Cipher *c = TRY(cipher_of(iso, call));
  if (!c->context) return (Value)(uintptr_t)crypto_throw_code(iso, "ERR_CRYPTO_INVALID_STATE");
  u8 bytes[EVP_MAX_BLOCK_LENGTH];
  int size = sizeof bytes;
  bool done;
  LIB(ERR_clear_error)();
  if (!c->encrypts && is_authenticated(c) && !pass_tag(c)) {
    done = false;
  } else if (!c->encrypts && c->mode == EVP_CIPH_CCM_MODE) {
    done = !c->failed && c->tag_state == TAG_PASSED; // its text has been checked by update
    size = 0;
  } else if (!c->encrypts && c->is_chacha && c->tag_state == TAG_UNKNOWN) {
    done = false; // the library would not check anything
  } else {
    done = LIB(EVP_CipherFinal_ex)(c->context, bytes, &size) == 1;
  }
  if (done && c->encrypts && is_authenticated(c)) {
    if (c->tag_length == NO_TAG_LENGTH) c->tag_length = 16;
    done = LIB(EVP_CIPHER_CTX_ctrl)(c->context, EVP_CTRL_AEAD_GET_TAG, (int)c->tag_length, c->tag) == 1;
    if (done) c->tag_state = TAG_KNOWN;
  }
  LIB(EVP_CIPHER_CTX_free)(c->context);
  c->context = NULL;
  if (!done)
    return (Value)(uintptr_t)crypto_throw(iso, is_authenticated(c) ? "Unsupported state or unable to authenticate data"
                                                                   : "Unsupported state");
  return crypto_new_bytes(iso, bytes, (size_t)size);
}

static Value cipher_set_auto_padding(Isolate *iso, const Call *call) { // cipher, on
  Cipher *c = TRY(cipher_of(iso, call));
  return value_from_bool(c->context && LIB(EVP_CIPHER_CTX_set_padding)(c->context, call_arg(call, 1) == VALUE_TRUE) == 1);
}

// tag(cipher): of a finished encryption; undefined: there is none
static Value cipher_tag(Isolate *iso, const Call *call) {
  Cipher *c = TRY(cipher_of(iso, call));
  if (c->context || !c->encrypts || c->tag_state != TAG_KNOWN) return VALUE_UNDEFINED;
  return crypto_new_bytes(iso, c->tag, c->tag_length);
}

// setTag(cipher, bytes): false: not now
static Value cipher_set_tag(Isolate *iso, const Call *call) {
  CryptoInput input;
  Cipher *c = TRY(cipher_of(iso, call));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  if (!c->context || !is_authenticated(c) || c->encrypts || c->tag_state != TAG_UNKNOWN) return VALUE_FALSE;
  // Shorter tags than 16 bytes only for those who have asked for them.
  u32 wanted = c->tag_length == NO_TAG_LENGTH ? 16 : c->tag_length;
  if (input.size != wanted || wanted > MAX_TAG)
    return (Value)(uintptr_t)throw_tag_length(iso, (u32)MIN(input.size, (size_t)UINT32_MAX));
  c->tag_length = (u32)input.size;
  memcpy(c->tag, input.data, input.size);
  c->tag_state = TAG_KNOWN;
  return VALUE_TRUE;
}

// setAad(cipher, bytes, length of the text or -1): false: not now; null: the text is too long; undefined: its length is needed
static Value cipher_set_aad(Isolate *iso, const Call *call) {
  CryptoInput input;
  i32 text;
  Cipher *c = TRY(cipher_of(iso, call));
  TRY(crypto_input(iso, call_arg(call, 1), &input));
  TRY(binding_int(iso, call_arg(call, 2), &text));
  if (!c->context || !is_authenticated(c) || input.size > INT32_MAX) return VALUE_FALSE;
  int size;
  if (c->mode == EVP_CIPH_CCM_MODE) {
    if (text < 0) return VALUE_UNDEFINED;
    if (text > c->max_message) return VALUE_NULL;
    if (!c->encrypts && !pass_tag(c)) return VALUE_FALSE;
    if (LIB(EVP_CipherUpdate)(c->context, NULL, &size, NULL, text) != 1) return VALUE_FALSE;
  }
  bool done = LIB(EVP_CipherUpdate)(c->context, NULL, &size, input.data, (int)input.size) == 1;
  LIB(ERR_clear_error)();
  return value_from_bool(done);
}

static const NativeMethod methods[] = {
    {"info", cipher_info, 3, 0},
    {"names", cipher_names, 0, 0},
    {"create", cipher_create, 6, 0},
    {"algorithm", cipher_algorithm, 1, 0},
    {"update", cipher_update, 2, 0},
    {"final", cipher_final, 1, 0},
    {"setAutoPadding", cipher_set_auto_padding, 2, 0},
    {"tag", cipher_tag, 1, 0},
    {"setTag", cipher_set_tag, 2, 0},
    {"setAad", cipher_set_aad, 3, 0},
};
const NodeBinding node_binding_crypto_cipher = {"crypto_cipher", methods, ARRAY_LEN(methods), crypto_open};
