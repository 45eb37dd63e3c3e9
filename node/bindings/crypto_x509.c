// SPDX-License-Identifier: MIT
// Certificates (X509Certificate): reading, facts as text, checks. A certificate never changes.
// Tests: tests/node/crypto/.
#include "node/bindings/crypto_internal.h"

static void finalize_certificate(Heap *heap, Cell *cell) {
  (void)heap;
  LIB(X509_free)(((JSHostObject *)cell)->data);
}
static const HostClass certificate_class = {.name = "X509Certificate", .finalize = finalize_certificate};

static X509 *certificate_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &certificate_class)
    return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "A certificate was expected");
}

// parse(PEM or DER)
static Value x509_parse(Isolate *iso, const Call *call) {
  CryptoInput input;
  CryptoErrors errors;
  TRY(crypto_input(iso, call_arg(call, 0), &input));
  if (input.size > INT32_MAX) return THROW(iso, RANGE, "The certificate is too long"), VALUE_FAIL;
  LIB(ERR_clear_error)();
  BIO *bio = LIB(BIO_new_mem_buf)(input.size ? (const void *)input.data : "", (int)input.size);
  X509 *x509 = bio ? LIB(PEM_read_bio_X509)(bio, NULL, NULL, NULL) : NULL;
  LIB(BIO_free_all)(bio);
  crypto_take_errors(&errors);
  const unsigned char *at = input.data;
  if (!x509) x509 = LIB(d2i_X509)(NULL, &at, (long)input.size);
  LIB(ERR_clear_error)();
  if (!x509) return (Value)(uintptr_t)crypto_throw_errors(iso, &errors, "Failed to parse certificate");
  JSHostObject *object = host_object_new(iso, &certificate_class, VALUE_NULL, x509);
  if (object) return value_from_object(object);
  LIB(X509_free)(x509);
  return VALUE_FAIL;
}

// ---- Text ----

static Value take_text(Isolate *iso, BIO *bio, bool done) {
  char *data = NULL;
  long size = done ? LIB(BIO_ctrl)(bio, BIO_CTRL_INFO, 0, &data) : 0;
  Value text = done ? value_from_cell(str_new_utf8(iso, data ? data : "", (size_t)size)) : VALUE_UNDEFINED;
  LIB(BIO_free_all)(bio);
  LIB(ERR_clear_error)();
  return text;
}

static bool print_name(BIO *bio, const X509_NAME *name, unsigned long separator) {
  return LIB(X509_NAME_print_ex)(bio, name, 0,
                                 ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT | separator |
                                     XN_FLAG_FN_SN) >= 0;
}

enum { NAME_SUBJECT, NAME_ISSUER };
static Value x509_name(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  const X509_NAME *name = native_magic(call) == NAME_SUBJECT ? LIB(X509_get_subject_name)(x509) : LIB(X509_get_issuer_name)(x509);
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  return take_text(iso, bio, bio && name && print_name(bio, name, XN_FLAG_SEP_MULTILINE));
}

// nameParts(certificate, issuer's): [short name, value, ...]
static Value x509_name_parts(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  const X509_NAME *name = call_arg(call, 1) == VALUE_TRUE ? LIB(X509_get_issuer_name)(x509) : LIB(X509_get_subject_name)(x509);
  JSObject *parts = TRY(array_create(iso, 0));
  for (int i = 0; i < LIB(X509_NAME_entry_count)(name); i++) {
    X509_NAME_ENTRY *entry = LIB(X509_NAME_get_entry)(name, i);
    const ASN1_OBJECT *object = LIB(X509_NAME_ENTRY_get_object)(entry);
    char buffer[128];
    int nid = LIB(OBJ_obj2nid)(object);
    if (nid == NID_undef) (void)LIB(OBJ_obj2txt)(buffer, sizeof buffer, object, 1);
    TRY(array_push_value(iso, parts, TRY(binding_string(iso, nid == NID_undef ? buffer : LIB(OBJ_nid2sn)(nid)))));
    unsigned char *utf8 = NULL;
    int size = LIB(ASN1_STRING_to_UTF8)(&utf8, LIB(X509_NAME_ENTRY_get_data)(entry));
    String *text = str_new_utf8(iso, size > 0 ? (const char *)utf8 : "", size > 0 ? (size_t)size : 0);
    LIB(CRYPTO_free)(utf8, "", 0);
    TRY(array_push_value(iso, parts, value_from_cell(TRY(text))));
  }
  return value_from_object(parts);
}

// Text that could be taken for several names is written as in JSON.
static void print_quoted(BIO *bio, const char *prefix, const unsigned char *text, int size, bool is_utf8) {
  bool safe = true;
  for (int i = 0; i < size; i++)
    safe = safe && ((text[i] >= ' ' && text[i] <= '~' && !strchr("\"\\,'", text[i])) || (is_utf8 && text[i] >= 0x80));
  if (safe) {
    (void)LIB(BIO_printf)(bio, "%s%.*s", prefix, size, (const char *)text);
    return;
  }
  (void)LIB(BIO_printf)(bio, "\"%s", prefix);
  for (int i = 0; i < size; i++) {
    if (text[i] == '"' || text[i] == '\\') (void)LIB(BIO_printf)(bio, "\\%c", text[i]);
    else if (text[i] < ' ' || text[i] == ',' || text[i] == 0x7f || (text[i] >= 0x80 && !is_utf8))
      (void)LIB(BIO_printf)(bio, "\\u%04x", text[i]);
    else (void)LIB(BIO_printf)(bio, "%c", text[i]);
  }
  (void)LIB(BIO_printf)(bio, "\"");
}

static void print_quoted_string(BIO *bio, const char *label, const char *prefix, const ASN1_STRING *text) {
  (void)LIB(BIO_printf)(bio, "%s", label);
  print_quoted(bio, prefix, LIB(ASN1_STRING_get0_data)(text), LIB(ASN1_STRING_length)(text), text->type == V_ASN1_UTF8STRING);
}

static void print_address(BIO *bio, const ASN1_STRING *address) {
  const unsigned char *p = LIB(ASN1_STRING_get0_data)(address);
  int size = LIB(ASN1_STRING_length)(address);
  (void)LIB(BIO_printf)(bio, "IP Address:");
  if (size == 4) (void)LIB(BIO_printf)(bio, "%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
  else if (size == 16) {
    for (int i = 0; i < 16; i += 2) (void)LIB(BIO_printf)(bio, i ? ":%X" : "%X", p[i] << 8 | p[i + 1]);
  } else (void)LIB(BIO_printf)(bio, "<invalid length=%d>", size);
}

// Names of other kinds that have a text.
static void print_other_name(BIO *bio, const OTHERNAME *other) {
  static const struct {
    int nid, type;
    const char *prefix;
  } known[] = {{NID_ms_upn, V_ASN1_UTF8STRING, "UPN:"},
               {NID_XmppAddr, V_ASN1_UTF8STRING, "XmppAddr:"},
               {NID_SRVName, V_ASN1_IA5STRING, "SRVName:"},
               {NID_NAIRealm, V_ASN1_UTF8STRING, "NAIRealm:"}};
  int nid = LIB(OBJ_obj2nid)(other->type_id);
  for (u32 i = 0; i < ARRAY_LEN(known); i++) {
    if (known[i].nid != nid || known[i].type != other->value->type) continue;
    print_quoted_string(bio, "othername:", known[i].prefix, other->value->value.asn1_string);
    return;
  }
  (void)LIB(BIO_printf)(bio, "othername:<unsupported>");
}

static void print_general_name(BIO *bio, const GENERAL_NAME *name) {
  char text[128];
  switch (name->type) {
  case GEN_DNS: print_quoted_string(bio, "DNS:", "", name->d.dNSName); break;
  case GEN_EMAIL: print_quoted_string(bio, "email:", "", name->d.rfc822Name); break;
  case GEN_URI: print_quoted_string(bio, "URI:", "", name->d.uniformResourceIdentifier); break;
  case GEN_IPADD: print_address(bio, name->d.iPAddress); break;
  case GEN_RID:
    (void)LIB(OBJ_obj2txt)(text, sizeof text, name->d.registeredID, 1);
    (void)LIB(BIO_printf)(bio, "Registered ID:%s", text);
    break;
  case GEN_DIRNAME: {
    BIO *inner = LIB(BIO_new)(LIB(BIO_s_mem)());
    char *data = NULL;
    (void)LIB(BIO_printf)(bio, "DirName:");
    if (inner && print_name(inner, name->d.directoryName, XN_FLAG_SEP_COMMA_PLUS)) {
      long size = LIB(BIO_ctrl)(inner, BIO_CTRL_INFO, 0, &data);
      print_quoted(bio, "", (const unsigned char *)data, (int)size, true);
    }
    LIB(BIO_free_all)(inner);
    break;
  }
  case GEN_OTHERNAME: print_other_name(bio, name->d.otherName); break;
  case GEN_X400: (void)LIB(BIO_printf)(bio, "X400Name:<unsupported>"); break;
  default: (void)LIB(BIO_printf)(bio, "EdiPartyName:<unsupported>");
  }
}

static Value x509_alt_name(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  GENERAL_NAMES *names = LIB(X509_get_ext_d2i)(x509, NID_subject_alt_name, NULL, NULL);
  if (!names) return VALUE_UNDEFINED;
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  const OPENSSL_STACK *stack = (const OPENSSL_STACK *)(const void *)names;
  for (int i = 0; bio && i < LIB(OPENSSL_sk_num)(stack); i++) {
    if (i) (void)LIB(BIO_printf)(bio, ", ");
    print_general_name(bio, LIB(OPENSSL_sk_value)(stack, i));
  }
  LIB(GENERAL_NAMES_free)(names);
  return take_text(iso, bio, bio != NULL);
}

static Value x509_info_access(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  AUTHORITY_INFO_ACCESS *all = LIB(X509_get_ext_d2i)(x509, NID_info_access, NULL, NULL);
  if (!all) return VALUE_UNDEFINED;
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  const OPENSSL_STACK *stack = (const OPENSSL_STACK *)(const void *)all;
  for (int i = 0; bio && i < LIB(OPENSSL_sk_num)(stack); i++) {
    const ACCESS_DESCRIPTION *one = LIB(OPENSSL_sk_value)(stack, i);
    char text[128];
    (void)LIB(OBJ_obj2txt)(text, sizeof text, one->method, 0);
    (void)LIB(BIO_printf)(bio, i ? "\n%s - " : "%s - ", text);
    print_general_name(bio, one->location);
  }
  LIB(AUTHORITY_INFO_ACCESS_free)(all);
  return take_text(iso, bio, bio != NULL);
}

enum { TIME_FROM, TIME_TO };
static Value x509_time(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  const ASN1_TIME *time = native_magic(call) == TIME_FROM ? LIB(X509_get0_notBefore)(x509) : LIB(X509_get0_notAfter)(x509);
  return take_text(iso, bio, bio && LIB(ASN1_TIME_print)(bio, time));
}

static Value x509_pem(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  return take_text(iso, bio, bio && LIB(PEM_write_bio_X509)(bio, x509));
}

// ---- Other facts ----

static Value x509_fingerprint(Isolate *iso, const Call *call) { // certificate, digest: bytes
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  EVP_MD *md = TRY(crypto_digest_argument(iso, call_arg(call, 1)));
  u8 bytes[EVP_MAX_MD_SIZE];
  unsigned size = sizeof bytes;
  bool done = LIB(X509_digest)(x509, md, bytes, &size);
  LIB(EVP_MD_free)(md);
  return done ? crypto_new_bytes(iso, bytes, size) : (Value)(uintptr_t)crypto_throw(iso, "Failed to digest certificate");
}

static Value x509_raw(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  unsigned char *der = NULL;
  int size = LIB(i2d_X509)(x509, &der);
  if (size < 0) return (Value)(uintptr_t)crypto_throw(iso, "Failed to encode certificate");
  Value bytes = crypto_new_bytes(iso, der, (size_t)size);
  LIB(CRYPTO_free)(der, "", 0);
  return bytes;
}

static Value x509_serial(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  BIGNUM *n = LIB(ASN1_INTEGER_to_BN)(LIB(X509_get0_serialNumber)(x509), NULL);
  char *hex = n ? LIB(BN_bn2hex)(n) : NULL;
  Value text = hex ? binding_string(iso, hex) : VALUE_UNDEFINED;
  LIB(CRYPTO_free)(hex, "", 0);
  LIB(BN_free)(n);
  return text;
}

// usage(certificate): object identifiers, or undefined
static Value x509_usage(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  EXTENDED_KEY_USAGE *usage = LIB(X509_get_ext_d2i)(x509, NID_ext_key_usage, NULL, NULL);
  if (!usage) return VALUE_UNDEFINED;
  const OPENSSL_STACK *stack = (const OPENSSL_STACK *)(const void *)usage;
  JSObject *list = array_create(iso, 0);
  for (int i = 0; list && i < LIB(OPENSSL_sk_num)(stack); i++) {
    char text[128];
    (void)LIB(OBJ_obj2txt)(text, sizeof text, LIB(OPENSSL_sk_value)(stack, i), 1);
    Value v = binding_string(iso, text);
    if (!v || !array_push_value(iso, list, v)) list = NULL;
  }
  LIB(EXTENDED_KEY_USAGE_free)(usage);
  return list ? value_from_object(list) : VALUE_FAIL;
}

// signature(certificate): [name or undefined, object identifier]
static Value x509_signature(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  int nid = LIB(X509_get_signature_nid)(x509);
  const X509_ALGOR *algorithm = NULL;
  const ASN1_OBJECT *object = NULL;
  char text[128] = "";
  LIB(X509_get0_signature)(NULL, &algorithm, x509);
  LIB(X509_ALGOR_get0)(&object, NULL, NULL, algorithm);
  (void)LIB(OBJ_obj2txt)(text, sizeof text, object, 1);
  const char *name = nid == NID_undef ? NULL : LIB(OBJ_nid2ln)(nid);
  Value values[] = {name ? TRY(binding_string(iso, name)) : VALUE_UNDEFINED, TRY(binding_string(iso, text))};
  return value_from_object(TRY(array_from_values(iso, values, 2)));
}

static Value x509_ca(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  int ca = LIB(X509_check_ca)(x509);
  LIB(ERR_clear_error)();
  return value_from_bool(ca == 1);
}

static Value x509_public_key(Isolate *iso, const Call *call) {
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  EVP_PKEY *pkey = LIB(X509_get_pubkey)(x509);
  if (!pkey) return (Value)(uintptr_t)crypto_throw(iso, "Failed to get public key");
  return crypto_key_wrap(iso, crypto_key_from_pkey(KEY_PUBLIC, pkey));
}

// ---- Checks ----

enum { CHECK_HOST, CHECK_EMAIL, CHECK_IP };
// checkHost(certificate, name, flags): the name that fits, undefined, or null for what is no name
static Value x509_check(Isolate *iso, const Call *call) {
  i32 flags;
  size_t size;
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  const char *name = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  TRY(binding_int(iso, call_arg(call, 2), &flags));
  char *peer = NULL;
  int result;
  switch (native_magic(call)) {
  case CHECK_HOST: result = LIB(X509_check_host)(x509, name, size, (unsigned)flags, &peer); break;
  case CHECK_EMAIL: result = LIB(X509_check_email)(x509, name, size, (unsigned)flags); break;
  default: result = LIB(X509_check_ip_asc)(x509, name, (unsigned)flags); break;
  }
  LIB(ERR_clear_error)();
  Value found = VALUE_UNDEFINED;
  if (result == -2) found = VALUE_NULL;
  else if (result == 1)
    found = peer ? value_from_cell(str_new_latin1(iso, (const u8 *)peer, (u32)strlen(peer))) : call_arg(call, 1);
  else if (result < 0) found = (Value)(uintptr_t)crypto_throw(iso, "Failed to check certificate");
  LIB(CRYPTO_free)(peer, "", 0);
  return found;
}

static Value x509_check_issued(Isolate *iso, const Call *call) { // certificate, that of the issuer
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0))), *issuer = TRY(certificate_of(iso, call_arg(call, 1)));
  int result = LIB(X509_check_issued)(issuer, x509);
  LIB(ERR_clear_error)();
  return value_from_bool(result == X509_V_OK);
}

enum { WITH_PRIVATE_KEY, WITH_ISSUERS_KEY };
static Value x509_check_key(Isolate *iso, const Call *call) { // certificate, key
  X509 *x509 = TRY(certificate_of(iso, call_arg(call, 0)));
  const CryptoKey *key = TRY(crypto_key_argument(iso, call_arg(call, 1)));
  int result =
      native_magic(call) == WITH_PRIVATE_KEY ? LIB(X509_check_private_key)(x509, key->pkey) : LIB(X509_verify)(x509, key->pkey);
  LIB(ERR_clear_error)();
  return value_from_bool(result == 1);
}

// ---- SPKAC: a public key and a challenge, signed, as Netscape's browsers sent them ----

// NULL without an exception: it is none
static NETSCAPE_SPKI *spkac_of(Isolate *iso, const Call *call, bool *failed) {
  CryptoInput input;
  *failed = !crypto_input(iso, call_arg(call, 0), &input);
  if (*failed || input.size > INT32_MAX) return NULL;
  // The end may be cut off by white space.
  while (input.size && strchr("\n\r\t ", input.data[input.size - 1])) input.size--;
  NETSCAPE_SPKI *spki = LIB(NETSCAPE_SPKI_b64_decode)((const char *)input.data, (int)input.size);
  LIB(ERR_clear_error)();
  return spki;
}

enum { SPKAC_VERIFY, SPKAC_PUBLIC_KEY, SPKAC_CHALLENGE };

static Value spkac_answer(Isolate *iso, NETSCAPE_SPKI *spki, EVP_PKEY *pkey, u32 what) {
  if (what == SPKAC_VERIFY) return value_from_bool(pkey && LIB(NETSCAPE_SPKI_verify)(spki, pkey) > 0);
  if (what == SPKAC_CHALLENGE) {
    const ASN1_STRING *challenge = spki->spkac->challenge;
    return crypto_new_bytes(iso, LIB(ASN1_STRING_get0_data)(challenge), (size_t)LIB(ASN1_STRING_length)(challenge));
  }
  BIO *bio = LIB(BIO_new)(LIB(BIO_s_mem)());
  char *data = NULL;
  bool done = bio && pkey && LIB(PEM_write_bio_PUBKEY)(bio, pkey);
  long size = done ? LIB(BIO_ctrl)(bio, BIO_CTRL_INFO, 0, &data) : 0;
  Value bytes = done ? crypto_new_bytes(iso, data, (size_t)size) : VALUE_UNDEFINED;
  LIB(BIO_free_all)(bio);
  return bytes;
}

static Value x509_spkac(Isolate *iso, const Call *call) { // base64
  bool failed;
  u32 what = native_magic(call);
  NETSCAPE_SPKI *spki = spkac_of(iso, call, &failed);
  if (failed) return VALUE_FAIL;
  if (!spki) return what == SPKAC_VERIFY ? VALUE_FALSE : VALUE_UNDEFINED;
  EVP_PKEY *pkey = what == SPKAC_CHALLENGE ? NULL : LIB(X509_PUBKEY_get)(spki->spkac->pubkey);
  Value answer = spkac_answer(iso, spki, pkey, what);
  LIB(EVP_PKEY_free)(pkey);
  LIB(NETSCAPE_SPKI_free)(spki);
  LIB(ERR_clear_error)();
  return answer;
}

static const NativeMethod methods[] = {
    {"parse", x509_parse, 1, 0},
    {"subject", x509_name, 1, NAME_SUBJECT},
    {"issuer", x509_name, 1, NAME_ISSUER},
    {"nameParts", x509_name_parts, 2, 0},
    {"altName", x509_alt_name, 1, 0},
    {"infoAccess", x509_info_access, 1, 0},
    {"validFrom", x509_time, 1, TIME_FROM},
    {"validTo", x509_time, 1, TIME_TO},
    {"pem", x509_pem, 1, 0},
    {"fingerprint", x509_fingerprint, 2, 0},
    {"raw", x509_raw, 1, 0},
    {"serial", x509_serial, 1, 0},
    {"usage", x509_usage, 1, 0},
    {"signature", x509_signature, 1, 0},
    {"ca", x509_ca, 1, 0},
    {"publicKey", x509_public_key, 1, 0},
    {"checkHost", x509_check, 3, CHECK_HOST},
    {"checkEmail", x509_check, 3, CHECK_EMAIL},
    {"checkIP", x509_check, 3, CHECK_IP},
    {"checkIssued", x509_check_issued, 2, 0},
    {"checkPrivateKey", x509_check_key, 2, WITH_PRIVATE_KEY},
    {"verify", x509_check_key, 2, WITH_ISSUERS_KEY},
    {"spkacVerify", x509_spkac, 1, SPKAC_VERIFY},
    {"spkacPublicKey", x509_spkac, 1, SPKAC_PUBLIC_KEY},
    {"spkacChallenge", x509_spkac, 1, SPKAC_CHALLENGE},
};
const NodeBinding node_binding_crypto_x509 = {"crypto_x509", methods, ARRAY_LEN(methods), crypto_open};
