// SPDX-License-Identifier: MIT
// Compression by zlib, brotli and zstd, each library opened on first use: a Codec eats a part of the input and fills a part of the
// output, at once or on libuv's pool. One step at a time: `busy` while a thread of the pool is at work.
// Tests: tests/node/zlib/.
#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/lazy_library.h"
#include "node/pool_job.h"
#include "vm/memory_access.h"

// ---- Libraries ----

#define FUNCTION_Z(name)
#define FUNCTION_ENCODER(name)
#define FUNCTION_DECODER(name)
#define FUNCTION_ZSTD(name)
#define MEMBER(name) __typeof__(name) *name;
#define NAME(name) #name "\0"
#undef FUNCTION_Z
#define FUNCTION_Z MEMBER
typedef struct ZFunctions {
#include "node/bindings/zlib_functions.def"
} ZFunctions;
#undef FUNCTION_Z
#define FUNCTION_Z NAME
static const char z_names[] =
#include "node/bindings/zlib_functions.def"
    ;
#undef FUNCTION_Z
#define FUNCTION_Z(name)
#undef FUNCTION_ENCODER
#define FUNCTION_ENCODER MEMBER
typedef struct EncoderFunctions {
#include "node/bindings/zlib_functions.def"
} EncoderFunctions;
#undef FUNCTION_ENCODER
#define FUNCTION_ENCODER NAME
static const char encoder_names[] =
#include "node/bindings/zlib_functions.def"
    ;
#undef FUNCTION_ENCODER
#define FUNCTION_ENCODER(name)
#undef FUNCTION_DECODER
#define FUNCTION_DECODER MEMBER
typedef struct DecoderFunctions {
#include "node/bindings/zlib_functions.def"
} DecoderFunctions;
#undef FUNCTION_DECODER
#define FUNCTION_DECODER NAME
static const char decoder_names[] =
#include "node/bindings/zlib_functions.def"
    ;
#undef FUNCTION_DECODER
#define FUNCTION_DECODER(name)
#undef FUNCTION_ZSTD
#define FUNCTION_ZSTD MEMBER
typedef struct ZstdFunctions {
#include "node/bindings/zlib_functions.def"
} ZstdFunctions;
#undef FUNCTION_ZSTD
#define FUNCTION_ZSTD NAME
static const char zstd_names[] =
#include "node/bindings/zlib_functions.def"
    ;

#define Z(name) (((const ZFunctions *)(const void *)lazy_library_table(LIBRARY_Z))->name)
#define ENCODER(name) (((const EncoderFunctions *)(const void *)lazy_library_table(LIBRARY_BROTLI_ENCODER))->name)
#define DECODER(name) (((const DecoderFunctions *)(const void *)lazy_library_table(LIBRARY_BROTLI_DECODER))->name)
#define ZSTD(name) (((const ZstdFunctions *)(const void *)lazy_library_table(LIBRARY_ZSTD))->name)

static const LazyLibrary libraries[] = {
    {LIBRARY_Z, "libz.so.1", z_names, sizeof(ZFunctions), NULL},
    {LIBRARY_BROTLI_ENCODER, "libbrotlienc.so.1", encoder_names, sizeof(EncoderFunctions), NULL},
    {LIBRARY_BROTLI_DECODER, "libbrotlidec.so.1", decoder_names, sizeof(DecoderFunctions), NULL},
    {LIBRARY_ZSTD, "libzstd.so.1", zstd_names, sizeof(ZstdFunctions), NULL},
};

static bool open_library(Isolate *iso, LazyLibraryId id) {
  const char *error;
  for (u32 i = 0; i < ARRAY_LEN(libraries); i++) {
    if (libraries[i].id != id || lazy_library_open(&libraries[i], &error)) continue;
    JSObject *e = TRY(error_new(iso, INTRINSIC_ERROR_PROTOTYPE, TRY(str_new_utf8(iso, error, strlen(error)))));
    TRY(binding_set_string(iso, e, "code", "ERR_DLOPEN_FAILED"));
    return throw_value(iso, value_from_object(e));
  }
  return true;
}

// ---- Codecs ----

typedef enum CodecMode { // as constants of node:zlib
  MODE_NONE,
  MODE_DEFLATE,
  MODE_INFLATE,
  MODE_GZIP,
  MODE_GUNZIP,
  MODE_DEFLATE_RAW,
  MODE_INFLATE_RAW,
  MODE_UNZIP,
  MODE_BROTLI_DECODE,
  MODE_BROTLI_ENCODE,
  MODE_ZSTD_COMPRESS,
  MODE_ZSTD_DECOMPRESS,
} CodecMode;
static const LazyLibraryId library_of_mode[] = {
    [MODE_DEFLATE] = LIBRARY_Z,
    [MODE_INFLATE] = LIBRARY_Z,
    [MODE_GZIP] = LIBRARY_Z,
    [MODE_GUNZIP] = LIBRARY_Z,
    [MODE_DEFLATE_RAW] = LIBRARY_Z,
    [MODE_INFLATE_RAW] = LIBRARY_Z,
    [MODE_UNZIP] = LIBRARY_Z,
    [MODE_BROTLI_DECODE] = LIBRARY_BROTLI_DECODER,
    [MODE_BROTLI_ENCODE] = LIBRARY_BROTLI_ENCODER,
    [MODE_ZSTD_COMPRESS] = LIBRARY_ZSTD,
    [MODE_ZSTD_DECOMPRESS] = LIBRARY_ZSTD,
};

typedef struct Codec {
  u32 refs; // of the handle and of the job; both are dropped on the isolate's thread
  CodecMode mode;
  bool open, busy;
  z_stream z;
  bool z_open;        // the library's own state is made with the first step: many streams are never written to
  u32 magic_seen;     // of MODE_UNZIP: how many of gzip's two first bytes have come
  CodecMode detected; // what MODE_UNZIP has turned out to be
  int level, window_bits, mem_level, strategy;
  u8 *dictionary;
  size_t dictionary_size;
  BrotliEncoderState *encoder;
  BrotliDecoderState *decoder;
  ZSTD_CCtx *compressor;
  ZSTD_DCtx *decompressor;
  u32 param_count; // pairs of number and value, to begin anew
  i32 *params;
  double pledged_size; // < 0: none
  u64 eaten;           // of zstd's input
  bool frame_done;     // zstd has seen the end of one, and nothing since
  size_t native_bytes; // as the collector was told
  // A step
  const u8 *in;
  u8 *out;
  size_t in_size, out_size, in_left, out_left;
  int flush, result;
  const char *failure, *failure_code; // text that lives as long as the library
} Codec;

static void close_state(Codec *c) {
  if (c->z_open) {
    if (c->mode == MODE_DEFLATE || c->mode == MODE_GZIP || c->mode == MODE_DEFLATE_RAW) (void)Z(deflateEnd)(&c->z);
    else (void)Z(inflateEnd)(&c->z);
  }
  c->z_open = false;
  if (c->encoder) ENCODER(BrotliEncoderDestroyInstance)(c->encoder);
  if (c->decoder) DECODER(BrotliDecoderDestroyInstance)(c->decoder);
  if (c->compressor) (void)ZSTD(ZSTD_freeCCtx)(c->compressor);
  if (c->decompressor) (void)ZSTD(ZSTD_freeDCtx)(c->decompressor);
  c->encoder = NULL;
  c->decoder = NULL;
  c->compressor = NULL;
  c->decompressor = NULL;
}

static void codec_release(Heap *heap, Codec *c) {
  if (--c->refs) return;
  close_state(c);
  gc_adjust_external(heap, -(ptrdiff_t)c->native_bytes);
  base_free(c->dictionary);
  base_free(c->params);
  base_free(c);
}

static void *fail(Codec *c, const char *message, const char *code, int result) {
  c->failure = message;
  c->failure_code = code;
  c->result = result;
  return NULL;
}

static const char *z_code(int result) {
  switch (result) {
  case Z_STREAM_END: return "Z_STREAM_END";
  case Z_NEED_DICT: return "Z_NEED_DICT";
  case Z_ERRNO: return "Z_ERRNO";
  case Z_STREAM_ERROR: return "Z_STREAM_ERROR";
  case Z_DATA_ERROR: return "Z_DATA_ERROR";
  case Z_MEM_ERROR: return "Z_MEM_ERROR";
  case Z_BUF_ERROR: return "Z_BUF_ERROR";
  case Z_VERSION_ERROR: return "Z_VERSION_ERROR";
  default: return "Z_OK";
  }
}

static void *z_fail(Codec *c, const char *message, int result) {
  return fail(c, c->z.msg ? c->z.msg : message, z_code(result), result);
}

// ---- zlib ----

static bool is_z_compressor(const Codec *c) {
  return c->mode == MODE_DEFLATE || c->mode == MODE_GZIP || c->mode == MODE_DEFLATE_RAW;
}

static bool z_begin(Codec *c) {
  if (c->z_open) return true;
  int bits = c->window_bits;
  if (c->mode == MODE_GZIP || c->mode == MODE_GUNZIP) bits += 16;
  else if (c->mode == MODE_UNZIP) bits += 32; // by the header
  else if (c->mode == MODE_DEFLATE_RAW || c->mode == MODE_INFLATE_RAW) bits = -bits;
  memset(&c->z, 0, sizeof c->z);
  int result = is_z_compressor(c)
                   ? Z(deflateInit2_)(&c->z, c->level, Z_DEFLATED, bits, c->mem_level, c->strategy, ZLIB_VERSION, (int)sizeof c->z)
                   : Z(inflateInit2_)(&c->z, bits, ZLIB_VERSION, (int)sizeof c->z);
  if (result != Z_OK) return z_fail(c, "Init error", result);
  c->z_open = true;
  c->magic_seen = 0;
  c->detected = c->mode;
  if (!c->dictionary) return true;
  if (is_z_compressor(c)) result = Z(deflateSetDictionary)(&c->z, c->dictionary, (unsigned)c->dictionary_size);
  else if (c->mode == MODE_INFLATE_RAW) result = Z(inflateSetDictionary)(&c->z, c->dictionary, (unsigned)c->dictionary_size);
  return result == Z_OK ? true : z_fail(c, "Failed to set dictionary", result) != NULL;
}

static bool z_reset(Codec *c) {
  if (!c->z_open) return true;
  int result = is_z_compressor(c) ? Z(deflateReset)(&c->z) : Z(inflateReset)(&c->z);
  if (result != Z_OK) return z_fail(c, "Failed to reset stream", result);
  c->magic_seen = 0;
  c->detected = c->mode;
  if (!c->dictionary) return true;
  if (is_z_compressor(c)) result = Z(deflateSetDictionary)(&c->z, c->dictionary, (unsigned)c->dictionary_size);
  else if (c->mode == MODE_INFLATE_RAW) result = Z(inflateSetDictionary)(&c->z, c->dictionary, (unsigned)c->dictionary_size);
  return result == Z_OK ? true : z_fail(c, "Failed to set dictionary", result) != NULL;
}

// gzip begins with 1f 8b, which may come in two pieces.
static void detect(Codec *c) {
  static const u8 magic[] = {0x1f, 0x8b};
  for (size_t i = 0; c->detected == MODE_UNZIP && i < c->in_left; i++) {
    if (c->in[i] != magic[c->magic_seen]) c->detected = MODE_INFLATE;
    else if (++c->magic_seen == sizeof magic) c->detected = MODE_GUNZIP;
  }
}

static int z_inflate(Codec *c) {
  int result = Z(inflate)(&c->z, c->flush);
  if (result == Z_NEED_DICT && c->dictionary && c->mode != MODE_INFLATE_RAW) {
    result = Z(inflateSetDictionary)(&c->z, c->dictionary, (unsigned)c->dictionary_size);
    if (result == Z_OK) result = Z(inflate)(&c->z, c->flush);
    else if (result == Z_DATA_ERROR) result = Z_NEED_DICT;
  }
  // More members of a gzip file may follow; zeros are padding.
  while (result == Z_STREAM_END && c->detected == MODE_GUNZIP && c->z.avail_in && c->z.next_in[0]) {
    result = Z(inflateReset)(&c->z);
    if (result == Z_OK) result = Z(inflate)(&c->z, c->flush);
  }
  return result;
}

static void z_step(Codec *c) {
  if (!z_begin(c)) return;
  if (c->mode == MODE_UNZIP && c->detected == MODE_UNZIP) detect(c);
  c->z.next_in = (Bytef *)(uintptr_t)c->in;
  c->z.avail_in = (uInt)c->in_left;
  c->z.next_out = c->out;
  c->z.avail_out = (uInt)c->out_left;
  int result = is_z_compressor(c) ? Z(deflate)(&c->z, c->flush) : z_inflate(c);
  c->in_left = c->z.avail_in;
  c->out_left = c->z.avail_out;
  switch (result) {
  case Z_STREAM_END: break;
  case Z_OK:
  case Z_BUF_ERROR:
    if (c->out_left && c->flush == Z_FINISH) (void)z_fail(c, "unexpected end of file", Z_BUF_ERROR);
    break;
  case Z_NEED_DICT: (void)z_fail(c, c->dictionary ? "Bad dictionary" : "Missing dictionary", result); break;
  default: (void)z_fail(c, "Zlib error", result);
  }
}

// ---- brotli ----

static bool brotli_begin(Codec *c) {
  if (c->mode == MODE_BROTLI_ENCODE) {
    c->encoder = ENCODER(BrotliEncoderCreateInstance)(NULL, NULL, NULL);
    for (u32 i = 0; c->encoder && i < c->param_count; i++) {
      if (!ENCODER(BrotliEncoderSetParameter)(c->encoder, (BrotliEncoderParameter)c->params[2 * i], (uint32_t)c->params[2 * i + 1]))
        return fail(c, "Setting parameter failed", "ERR_BROTLI_PARAM_SET_FAILED", -1);
    }
    return c->encoder ? true : fail(c, "Could not initialize Brotli instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1) != NULL;
  }
  c->decoder = DECODER(BrotliDecoderCreateInstance)(NULL, NULL, NULL);
  for (u32 i = 0; c->decoder && i < c->param_count; i++) {
    if (!DECODER(BrotliDecoderSetParameter)(c->decoder, (BrotliDecoderParameter)c->params[2 * i], (uint32_t)c->params[2 * i + 1]))
      return fail(c, "Setting parameter failed", "ERR_BROTLI_PARAM_SET_FAILED", -1);
  }
  return c->decoder ? true : fail(c, "Could not initialize Brotli instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1) != NULL;
}

static void brotli_encode(Codec *c) {
  if (!ENCODER(BrotliEncoderCompressStream)(c->encoder, (BrotliEncoderOperation)c->flush, &c->in_left, &c->in, &c->out_left,
                                            &c->out, NULL))
    (void)fail(c, "Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1);
}

// BrotliDecoderErrorString gives "_ERROR_FORMAT_PADDING_1", or without the underscore, by its version.
static const char *brotli_code(int error) {
#define BETWEEN
#define CODE(prefix, name, number) \
  if (error == (number)) return "ERR_" #prefix #name;
  BROTLI_DECODER_ERROR_CODES_LIST(CODE, BETWEEN)
#undef CODE
#undef BETWEEN
  return "ERR_BROTLI_DECODER_ERROR";
}

static void brotli_decode(Codec *c) {
  BrotliDecoderResult result = DECODER(BrotliDecoderDecompressStream)(c->decoder, &c->in_left, &c->in, &c->out_left, &c->out, NULL);
  if (result == BROTLI_DECODER_RESULT_ERROR) {
    int error = DECODER(BrotliDecoderGetErrorCode)(c->decoder);
    (void)fail(c, "Decompression failed", brotli_code(error), error);
  } else if (c->flush == BROTLI_OPERATION_FINISH && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
    (void)fail(c, "unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR);
  }
}

// ---- zstd ----

static bool zstd_begin(Codec *c) {
  c->eaten = 0;
  c->frame_done = false;
  bool is_compressor = c->mode == MODE_ZSTD_COMPRESS;
  if (is_compressor) c->compressor = ZSTD(ZSTD_createCCtx)();
  else c->decompressor = ZSTD(ZSTD_createDCtx)();
  if (!c->compressor && !c->decompressor)
    return fail(c, "Could not initialize zstd instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1);
  for (u32 i = 0; i < c->param_count; i++) {
    int number = c->params[2 * i], value = c->params[2 * i + 1];
    size_t result = is_compressor ? ZSTD(ZSTD_CCtx_setParameter)(c->compressor, (ZSTD_cParameter)number, value)
                                  : ZSTD(ZSTD_DCtx_setParameter)(c->decompressor, (ZSTD_dParameter)number, value);
    if (ZSTD(ZSTD_isError)(result)) return fail(c, "Setting parameter failed", "ERR_ZSTD_PARAM_SET_FAILED", -1);
  }
  if (is_compressor && c->pledged_size >= 0) {
    if (ZSTD(ZSTD_isError)(ZSTD(ZSTD_CCtx_setPledgedSrcSize)(c->compressor, (unsigned long long)c->pledged_size)))
      return fail(c, "Could not set pledged src size", "ERR_ZLIB_INITIALIZATION_FAILED", -1);
  }
  if (!c->dictionary) return true;
  size_t result = is_compressor ? ZSTD(ZSTD_CCtx_loadDictionary)(c->compressor, c->dictionary, c->dictionary_size)
                                : ZSTD(ZSTD_DCtx_loadDictionary)(c->decompressor, c->dictionary, c->dictionary_size);
  return ZSTD(ZSTD_isError)(result) ? fail(c, "Failed to load zstd dictionary", "ERR_ZLIB_DICTIONARY_LOAD_FAILED", -1) != NULL
                                    : true;
}

static const char *zstd_code(ZSTD_ErrorCode code) {
  switch (code) {
#define CODE(name) \
  case ZSTD_error_##name: return "ZSTD_error_" #name;
    CODE(no_error)
    CODE(GENERIC)
    CODE(prefix_unknown)
    CODE(version_unsupported)
    CODE(frameParameter_unsupported)
    CODE(frameParameter_windowTooLarge)
    CODE(corruption_detected)
    CODE(checksum_wrong)
    CODE(literals_headerWrong)
    CODE(dictionary_corrupted)
    CODE(dictionary_wrong)
    CODE(dictionaryCreation_failed)
    CODE(parameter_unsupported)
    CODE(parameter_combination_unsupported)
    CODE(parameter_outOfBound)
    CODE(tableLog_tooLarge)
    CODE(maxSymbolValue_tooLarge)
    CODE(maxSymbolValue_tooSmall)
    CODE(stabilityCondition_notRespected)
    CODE(stage_wrong)
    CODE(init_missing)
    CODE(memory_allocation)
    CODE(workSpace_tooSmall)
    CODE(dstSize_tooSmall)
    CODE(srcSize_wrong)
    CODE(dstBuffer_null)
#undef CODE
  default: return "ZSTD_error_GENERIC";
  }
}

static void zstd_step(Codec *c) {
  bool is_compressor = c->mode == MODE_ZSTD_COMPRESS;
  // Old versions take a whole text for what was promised.
  if (is_compressor && c->pledged_size >= 0 && c->flush == ZSTD_e_end && (double)(c->eaten + c->in_left) != c->pledged_size) {
    (void)fail(c, "Src size is incorrect", "ZSTD_error_srcSize_wrong", ZSTD_error_srcSize_wrong);
    return;
  }
  ZSTD_inBuffer in = {c->in, c->in_left, 0};
  ZSTD_outBuffer out = {c->out, c->out_left, 0};
  size_t result = is_compressor ? ZSTD(ZSTD_compressStream2)(c->compressor, &out, &in, (ZSTD_EndDirective)c->flush)
                                : ZSTD(ZSTD_decompressStream)(c->decompressor, &out, &in);
  c->in_left -= in.pos;
  c->eaten += in.pos;
  if (!result || in.pos) c->frame_done = !result;
  c->out_left -= out.pos;
  if (ZSTD(ZSTD_isError)(result)) {
    ZSTD_ErrorCode code = ZSTD(ZSTD_getErrorCode)(result);
    (void)fail(c, ZSTD(ZSTD_getErrorString)(code), zstd_code(code), (int)code);
  } else if (!is_compressor && c->flush == ZSTD_e_end && !c->frame_done && c->out_left) {
    (void)fail(c, "unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR);
  }
}

// ---- All of them ----

static bool codec_begin(Codec *c) {
  switch (c->mode) {
  case MODE_BROTLI_DECODE:
  case MODE_BROTLI_ENCODE: return brotli_begin(c);
  case MODE_ZSTD_COMPRESS:
  case MODE_ZSTD_DECOMPRESS: return zstd_begin(c);
  default: return true;
  }
}

static void codec_step(Codec *c) {
  c->failure = NULL;
  if (library_of_mode[c->mode] != LIBRARY_Z && !c->encoder && !c->decoder && !c->compressor && !c->decompressor && !codec_begin(c))
    return;
  switch (c->mode) {
  case MODE_BROTLI_DECODE: brotli_decode(c); break;
  case MODE_BROTLI_ENCODE: brotli_encode(c); break;
  case MODE_ZSTD_COMPRESS:
  case MODE_ZSTD_DECOMPRESS: zstd_step(c); break;
  default: z_step(c);
  }
}

// About what the libraries allocate.
static size_t native_size(const Codec *c) {
  size_t window = (size_t)1 << (c->window_bits ? c->window_bits : 15);
  switch (c->mode) {
  case MODE_BROTLI_DECODE: return 1 << 16;
  case MODE_BROTLI_ENCODE: return 1 << 20;
  case MODE_ZSTD_COMPRESS: return 3 << 20;
  case MODE_ZSTD_DECOMPRESS: return 1 << 18;
  default: return is_z_compressor(c) ? 4 * window + ((size_t)512 << c->mem_level) : window + 8192;
  }
}

static void finalize_codec(Heap *heap, Cell *cell) {
  Codec *c = ((JSHostObject *)cell)->data;
  if (c) codec_release(heap, c);
}
static const HostClass codec_class = {.name = "Zlib", .finalize = finalize_codec};

static Codec *codec_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &codec_class) {
    Codec *c = ((JSHostObject *)value_object(v))->data;
    if (c->open) return c;
  }
  return THROW(iso, TYPE, "An open codec was expected");
}

static bool int_argument(Isolate *iso, const Call *call, u32 i, i32 min, i32 max, int *out) {
  i32 n;
  TRY(binding_int(iso, call_arg(call, i), &n));
  if (n < min || n > max) return THROW(iso, RANGE, "The value is out of range");
  *out = n;
  return true;
}

static bool copy_dictionary(Isolate *iso, Codec *c, Value v) {
  if (value_is_undefined(v)) return true;
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, v, &size));
  if (size > INT32_MAX) return THROW(iso, RANGE, "The dictionary is too long");
  c->dictionary = base_try_alloc(MAX(size, 1));
  if (!c->dictionary) return throw_out_of_memory(iso);
  memory_copy(c->dictionary, bytes, size, binding_is_shared(v));
  c->dictionary_size = size;
  return true;
}

// The rest of the arguments of create: (.., window bits, level, memory level, strategy) or (.., Int32Array of pairs, pledged size).
static bool codec_options(Isolate *iso, Codec *c, const Call *call) {
  TRY(copy_dictionary(iso, c, call_arg(call, 1)));
  if (library_of_mode[c->mode] == LIBRARY_Z) {
    TRY(int_argument(iso, call, 2, 0, 15, &c->window_bits));
    TRY(int_argument(iso, call, 3, -1, 9, &c->level));
    TRY(int_argument(iso, call, 4, 1, 9, &c->mem_level));
    return int_argument(iso, call, 5, 0, 4, &c->strategy);
  }
  size_t size;
  const u8 *pairs = TRY(binding_bytes(iso, call_arg(call, 2), &size));
  pairs = TRY(binding_steady(iso, call_arg(call, 2), pairs, size));
  c->param_count = (u32)(size / (2 * sizeof *c->params));
  c->params = base_alloc(size + 1);
  memcpy(c->params, pairs, size);
  c->pledged_size = value_is_number(call_arg(call, 3)) ? value_number(call_arg(call, 3)) : -1;
  return true;
}

// create(mode, dictionary, ...): a codec; undefined if the parameters do not please the library
static Value zlib_create(Isolate *iso, const Call *call) {
  int mode;
  TRY(int_argument(iso, call, 0, MODE_DEFLATE, MODE_ZSTD_DECOMPRESS, &mode));
  TRY(open_library(iso, library_of_mode[mode]));
  JSHostObject *object = TRY(host_object_new(iso, &codec_class, VALUE_NULL, NULL));
  Codec *c = base_alloc_zeroed(sizeof *c);
  c->refs = 1;
  c->mode = c->detected = (CodecMode)mode;
  c->open = true;
  object->data = c;
  TRY(codec_options(iso, c, call));
  if (!codec_begin(c)) return VALUE_UNDEFINED;
  c->native_bytes = native_size(c);
  gc_adjust_external(heap_of(iso), (ptrdiff_t)c->native_bytes);
  return value_from_object(object);
}

// ---- Steps ----

typedef struct CodecJob {
  PoolJob job;
  Codec *codec;
  BackingStore *in_store, *out_store;
  u8 *in_copy; // of shared memory
  u8 *out_shared, *out_copy;
  size_t out_size;
  Persistent progress; // the Uint32Array that gets how much was eaten and made
  Heap *heap;
} CodecJob;

static void codec_work(PoolJob *job) { codec_step(((CodecJob *)job)->codec); }

// VALUE_UNDEFINED, or [message, code, errno]. How much input was eaten and how much output was made goes into the view.
static Value step_result(Isolate *iso, const Codec *c, Value progress) {
  size_t size;
  u8 *view = TRY(binding_bytes(iso, progress, &size));
  if (size < 2 * sizeof(u32)) return THROW(iso, TYPE, "Room for two numbers was expected"), VALUE_FAIL;
  u32 numbers[] = {(u32)(c->in_size - c->in_left), (u32)(c->out_size - c->out_left)};
  memory_copy(view, (u8 *)numbers, sizeof numbers, binding_is_shared(progress));
  if (!c->failure) return VALUE_UNDEFINED;
  Value values[] = {TRY(binding_string(iso, c->failure)), TRY(binding_string(iso, c->failure_code)), value_from_int(c->result)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value codec_finish(Isolate *iso, PoolJob *job) {
  CodecJob *j = (CodecJob *)job;
  j->codec->busy = false;
  if (j->out_copy) memory_copy_shared(j->out_shared, j->out_copy, j->out_size - j->codec->out_left);
  return step_result(iso, j->codec, (Value)(uintptr_t)j->progress.word);
}

static void codec_destroy(PoolJob *job) {
  CodecJob *j = (CodecJob *)job;
  gc_persistent_clear(&j->progress);
  if (j->in_store) backing_store_release(j->in_store);
  if (j->out_store) backing_store_release(j->out_store);
  base_free(j->in_copy);
  base_free(j->out_copy);
  j->codec->busy = false;
  if (!j->codec->open) close_state(j->codec);
  codec_release(j->heap, j->codec);
}
static const PoolJobClass codec_job_class = {codec_work, codec_finish, codec_destroy};

static BackingStore *store_of(Value v) {
  if (value_is_kind(v, KIND_TYPED_ARRAY)) return ref_get(((JSTypedArray *)value_object(v))->buffer)->store;
  if (value_is_kind(v, KIND_DATA_VIEW)) return ref_get(((JSDataView *)value_object(v))->buffer)->store;
  return NULL;
}

// (view, offset, length) at arguments i ..: the bytes. undefined: none.
static bool part_argument(Isolate *iso, const Call *call, u32 i, u8 **bytes, size_t *length) {
  size_t size = 0;
  *bytes = NULL;
  *length = 0;
  if (value_is_undefined(call_arg(call, i)) || call_arg(call, i) == VALUE_NULL) return true;
  u8 *all = TRY(binding_bytes(iso, call_arg(call, i), &size));
  double offset = value_is_number(call_arg(call, i + 1)) ? value_number(call_arg(call, i + 1)) : -1;
  double wanted = value_is_number(call_arg(call, i + 2)) ? value_number(call_arg(call, i + 2)) : -1;
  if (!(offset >= 0 && wanted >= 0 && offset + wanted <= (double)size && wanted <= UINT32_MAX))
    return THROW(iso, RANGE, "The range is outside of the buffer");
  *bytes = all + (size_t)offset;
  *length = (size_t)wanted;
  return true;
}

// Memory that other threads may write or that may be taken away meanwhile is not for the libraries.
static bool hold_buffers(Isolate *iso, CodecJob *j, Value in, Value out) {
  Codec *c = j->codec;
  if (c->in_left && binding_is_shared(in)) {
    j->in_copy = base_try_alloc(c->in_left);
    if (!j->in_copy) return throw_out_of_memory(iso);
    memory_copy_shared(j->in_copy, c->in, c->in_left);
    c->in = j->in_copy;
  } else if (c->in_left && store_of(in)) {
    j->in_store = backing_store_retain(store_of(in));
  }
  if (c->out_left && binding_is_shared(out)) {
    j->out_copy = base_try_alloc(c->out_left);
    if (!j->out_copy) return throw_out_of_memory(iso);
    j->out_shared = c->out;
    j->out_size = c->out_left;
    c->out = j->out_copy;
  }
  if (store_of(out)) j->out_store = backing_store_retain(store_of(out));
  return true;
}

// run(codec, callback, progress, flush, in, offset, length, out, offset, length): callback undefined: at once
static Value zlib_run(Isolate *iso, const Call *call) {
  static const u8 nothing[1];
  Codec *c = TRY(codec_of(iso, call));
  if (c->busy) return THROW(iso, TYPE, "The codec is at work"), VALUE_FAIL;
  u8 *in, *out;
  size_t in_left, out_left;
  int flush;
  TRY(int_argument(iso, call, 3, 0, 5, &flush));
  TRY(part_argument(iso, call, 4, &in, &in_left));
  TRY(part_argument(iso, call, 7, &out, &out_left));
  if (!out) return THROW(iso, TYPE, "Room for the output was expected"), VALUE_FAIL;
  c->in = in ? in : nothing;
  c->in_size = c->in_left = in_left;
  c->out = out;
  c->out_size = c->out_left = out_left;
  c->flush = flush;
  Value callback = call_arg(call, 1);
  if (value_is_undefined(callback) && !binding_is_shared(call_arg(call, 4)) && !binding_is_shared(call_arg(call, 7))) {
    codec_step(c);
    return step_result(iso, c, call_arg(call, 2));
  }
  CodecJob *j = pool_job_new(&codec_job_class, sizeof *j);
  j->codec = c;
  j->heap = heap_of(iso);
  c->refs++;
  gc_persistent_init(heap_of(iso), &j->progress, value_bits(call_arg(call, 2)));
  if (!hold_buffers(iso, j, call_arg(call, 4), call_arg(call, 7))) {
    pool_job_destroy(&j->job);
    return VALUE_FAIL;
  }
  c->busy = true;
  return pool_job_run(iso, &j->job, callback);
}

// close(codec): frees what the library holds, now or when its work is done
static Value zlib_close(Isolate *iso, const Call *call) {
  Codec *c = TRY(codec_of(iso, call));
  c->open = false;
  if (!c->busy) {
    close_state(c);
    gc_adjust_external(heap_of(iso), -(ptrdiff_t)c->native_bytes);
    c->native_bytes = 0;
  }
  return VALUE_UNDEFINED;
}

// reset(codec): undefined, or [message, code, errno]
static Value zlib_reset(Isolate *iso, const Call *call) {
  Codec *c = TRY(codec_of(iso, call));
  if (c->busy) return THROW(iso, TYPE, "The codec is at work"), VALUE_FAIL;
  c->failure = NULL;
  if (library_of_mode[c->mode] == LIBRARY_Z) {
    (void)z_reset(c);
  } else {
    close_state(c);
    (void)codec_begin(c);
  }
  if (!c->failure) return VALUE_UNDEFINED;
  Value values[] = {TRY(binding_string(iso, c->failure)), TRY(binding_string(iso, c->failure_code)), value_from_int(c->result)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// params(codec, level, strategy): undefined, or [message, code, errno]. Output that is due was taken by a flush before.
static Value zlib_params(Isolate *iso, const Call *call) {
  Codec *c = TRY(codec_of(iso, call));
  int level, strategy;
  TRY(int_argument(iso, call, 1, -1, 9, &level));
  TRY(int_argument(iso, call, 2, 0, 4, &strategy));
  if (c->busy || library_of_mode[c->mode] != LIBRARY_Z) return THROW(iso, TYPE, "The codec is at work"), VALUE_FAIL;
  c->level = level;
  c->strategy = strategy;
  if (!is_z_compressor(c) || !c->z_open) return VALUE_UNDEFINED;
  c->z.avail_in = 0;
  c->z.avail_out = 0;
  int result = Z(deflateParams)(&c->z, level, strategy);
  if (result == Z_OK || result == Z_BUF_ERROR) return VALUE_UNDEFINED;
  (void)z_fail(c, "Failed to set parameters", result);
  Value values[] = {TRY(binding_string(iso, c->failure)), TRY(binding_string(iso, c->failure_code)), value_from_int(c->result)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// crc32(bytes or text, value)
static Value zlib_crc32(Isolate *iso, const Call *call) {
  TRY(open_library(iso, LIBRARY_Z));
  size_t size;
  const u8 *bytes;
  if (value_is_string(call_arg(call, 0))) {
    bytes = (const u8 *)TRY(binding_utf8(iso, call_arg(call, 0), &size));
  } else {
    const u8 *raw = TRY(binding_bytes(iso, call_arg(call, 0), &size));
    bytes = TRY(binding_steady(iso, call_arg(call, 0), raw, size));
  }
  double start = value_is_number(call_arg(call, 1)) ? value_number(call_arg(call, 1)) : 0;
  if (!(start >= 0 && start <= UINT32_MAX)) return THROW(iso, RANGE, "The value is out of range"), VALUE_FAIL;
  return value_from_u32((u32)Z(crc32_z)((uLong)start, bytes, size));
}

static const NativeMethod methods[] = {
    {"create", zlib_create, 6, 0}, {"run", zlib_run, 10, 0},      {"close", zlib_close, 1, 0},
    {"reset", zlib_reset, 1, 0},   {"params", zlib_params, 3, 0}, {"crc32", zlib_crc32, 2, 0},
};
const NodeBinding node_binding_zlib = {"zlib", methods, ARRAY_LEN(methods), NULL};
