// SPDX-License-Identifier: MIT
// Methods of %TypedArray%.prototype that move, search, sort and show elements (ECMA-262 23.2.3). Bytes are moved as bytes
// where the types agree; what other threads may write is touched through vm/memory_access.h.
// Tests: tests/js/indexed/typed_array_methods.js
#include <math.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/float16.h"
#include "runtime/indexed/sort.h"
#include "runtime/indexed/typed_array_internal.h"

#define METHOD_TEXT(name) "%TypedArray%.prototype." name

// ---- Iterators ----

static Value iterator_over(Isolate *iso, const Call *call, const char *method, u32 what) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, method, &length));
  return value_from_object(create_array_iterator(iso, &t->object, what));
}

Value typed_array_entries(Isolate *iso, const Call *call) {
  return iterator_over(iso, call, METHOD_TEXT("entries"), ENUMERATE_ENTRIES);
}
Value typed_array_keys(Isolate *iso, const Call *call) { return iterator_over(iso, call, METHOD_TEXT("keys"), ENUMERATE_KEYS); }
Value typed_array_values(Isolate *iso, const Call *call) {
  return iterator_over(iso, call, METHOD_TEXT("values"), ENUMERATE_VALUES);
}

// ---- at, with ----

Value typed_array_at(Isolate *iso, const Call *call) {
  u64 length;
  double relative;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("at"), &length));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &relative));
  double k = relative >= 0 ? relative : (double)length + relative;
  if (k < 0 || k >= (double)length) return VALUE_UNDEFINED;
  return element_get(iso, t, (u64)k);
}

Value typed_array_with(Isolate *iso, const Call *call) {
  u64 length;
  double relative;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("with"), &length));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &relative));
  double index = relative >= 0 ? relative : (double)length + relative;
  Value numeric = TRY(typed_array_to_element(iso, t->element_type, call_arg(call, 1)));
  if (!(index >= 0 && index < (double)typed_array_length(t, NULL))) return THROW(iso, RANGE, "Invalid typed array index");
  JSTypedArray *a = TRY(typed_array_make(iso, t->element_type, length));
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = k == (u64)index ? numeric : TRY(element_get(iso, t, k));
    TRY(element_set(iso, a, k, v));
  }
  return value_from_object(a);
}

// ---- copyWithin, fill, reverse ----

static bool require_mutable(Isolate *iso, const JSTypedArray *t, const char *method) {
  if (LIKELY(!(ref_get(t->buffer)->flags & BUFFER_IMMUTABLE))) return true;
  return throw_incompatible(iso, method, value_from_object(t));
}

Value typed_array_copy_within(Isolate *iso, const Call *call) {
  const char *method = METHOD_TEXT("copyWithin");
  u64 length, to, from, end;
  JSTypedArray *t = TRY(this_typed_array(iso, call, method, &length));
  TRY(require_mutable(iso, t, method));
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &to));
  TRY(to_relative_index(iso, call_arg(call, 1), length, 0, &from));
  TRY(to_relative_index(iso, call_arg(call, 2), length, length, &end));
  u64 count = end > from ? MIN(end - from, length - to) : 0;
  if (!count) return call->this_value;
  TRY(length_again(iso, t, method, &length));
  u64 most = MAX(to, from) < length ? length - MAX(to, from) : 0;
  TRY(copy_elements(iso, t, to, t, from, MIN(count, most)));
  return call->this_value;
}

static bool fill_range(Isolate *iso, JSTypedArray *t, u64 k, u64 end, Value numeric) {
  u32 size = element_size(t->element_type);
  if (typed_array_is_shared(t) || end - k < 8) {
    for (; k < end; k++) {
      POLL(iso, k);
      typed_array_set_element(t, k, numeric);
    }
    return true;
  }
  typed_array_set_element(t, k, numeric);
  return memory_repeat_polling(iso, typed_array_data(t) + k * size, size, (end - k) * size, false);
}

Value typed_array_fill(Isolate *iso, const Call *call) {
  const char *method = METHOD_TEXT("fill");
  u64 length, k, end;
  JSTypedArray *t = TRY(this_typed_array(iso, call, method, &length));
  TRY(require_mutable(iso, t, method));
  Value numeric = TRY(typed_array_to_element(iso, t->element_type, call_arg(call, 0)));
  TRY(to_relative_index(iso, call_arg(call, 1), length, 0, &k));
  TRY(to_relative_index(iso, call_arg(call, 2), length, length, &end));
  TRY(length_again(iso, t, method, &length));
  end = MIN(end, length);
  if (k < end) TRY(fill_range(iso, t, k, end, numeric));
  return call->this_value;
}

#define REVERSE_LOOP(bits) \
  for (u64 i = 0, j = length; i + 1 < j; i++) { \
    u8 *low = data + i * (bits / 8), *high = data + --j * (bits / 8); \
    POLL(iso, i); \
    u##bits word = memory_load##bits(low); \
    memory_store##bits(low, memory_load##bits(high)); \
    memory_store##bits(high, word); \
  }

Value typed_array_reverse(Isolate *iso, const Call *call) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("reverse"), &length));
  TRY(require_mutable(iso, t, METHOD_TEXT("reverse")));
  u8 *data = typed_array_data(t);
  switch (element_size(t->element_type)) {
  case 1: REVERSE_LOOP(8); break;
  case 2: REVERSE_LOOP(16); break;
  case 4: REVERSE_LOOP(32); break;
  default: REVERSE_LOOP(64); break;
  }
  return call->this_value;
}

Value typed_array_to_reversed(Isolate *iso, const Call *call) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("toReversed"), &length));
  JSTypedArray *a = TRY(typed_array_make(iso, t->element_type, length));
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = TRY(element_get(iso, t, length - k - 1));
    TRY(element_set(iso, a, k, v));
  }
  return value_from_object(a);
}

// ---- Searching ----

// First element from k on whose bits are those given, among eight at a time; or `end`.
#define FIND_BITS(bits) \
  static u64 find_u##bits(const u8 *data, u64 k, u64 end, u##bits wanted) { \
    for (; k + 8 <= end; k += 8) { \
      const u##bits *p = (const u##bits *)(const void *)data + k; \
      u##bits other = (p[0] == wanted) | (p[1] == wanted) | (p[2] == wanted) | (p[3] == wanted) | (p[4] == wanted) | \
                      (p[5] == wanted) | (p[6] == wanted) | (p[7] == wanted); \
      if (other) break; \
    } \
    while (k < end && memory_load##bits(data + k * (bits / 8)) != wanted) k++; \
    return k; \
  }
FIND_BITS(16)
#ifdef __SSE2__
static u64 find_u32(const u8 *data, u64 k, u64 end, u32 wanted) {
  __m128i key = _mm_set1_epi32((i32)wanted);
  for (; k + 8 <= end; k += 8) {
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)(data + k * 4));
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(data + k * 4 + 16));
    if (_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi32(low, key), _mm_cmpeq_epi32(high, key)))) break;
  }
  while (k < end && memory_load32(data + k * 4) != wanted) k++;
  return k;
}
#else
FIND_BITS(32)
#endif

static u64 find_float(const u8 *data, u64 k, u64 end, double wanted) {
  while (k < end && (double)memory_load_float(data + k * 4) != wanted) k++;
  return k;
}

static u64 find_double(const u8 *data, u64 k, u64 end, double wanted) {
  while (k < end && memory_load_double(data + k * 8) != wanted) k++;
  return k;
}

// The index of a number in memory of this isolate alone: k .. end. TRI_FAIL: the caller has to look itself.
static Tri find_number(const JSTypedArray *t, double wanted, u64 *k, u64 end) {
  u32 type = t->element_type, width = element_size(type) * 8;
  if (typed_array_is_shared(t) || wanted != wanted || type == TYPED_FLOAT16 || has_bigint_content(t)) return TRI_FAIL;
  const u8 *data = typed_array_data(t);
  if (type == TYPED_FLOAT32 || type == TYPED_FLOAT64) {
    *k = type == TYPED_FLOAT32 ? find_float(data, *k, end, wanted) : find_double(data, *k, end, wanted);
    return tri(*k < end);
  }
  bool is_signed = type == TYPED_INT8 || type == TYPED_INT16 || type == TYPED_INT32;
  double low = is_signed ? -ldexp(1, (int)width - 1) : 0, high = ldexp(1, (int)width - is_signed) - 1;
  if (!(wanted >= low && wanted <= high) || wanted != trunc(wanted)) return TRI_NO;
  u32 bits = (u32)(i64)wanted;
  if (width == 8) {
    const u8 *found = memchr(data + *k, (u8)bits, end - *k);
    *k = found ? (u64)(found - data) : end;
  } else {
    *k = width == 16 ? find_u16(data, *k, end, (u16)bits) : find_u32(data, *k, end, bits);
  }
  return tri(*k < end);
}

static Value search(Isolate *iso, const Call *call, const char *method, bool includes) {
  u64 length, k;
  JSTypedArray *t = TRY(this_typed_array(iso, call, method, &length));
  Value wanted = call_arg(call, 0);
  Value absent = includes ? VALUE_FALSE : value_from_int(-1);
  if (!length) return absent;
  TRY(to_relative_index(iso, call_arg(call, 1), length, 0, &k));
  u64 now = typed_array_length(t, NULL); // converting the index may have changed it
  if (includes && value_is_undefined(wanted)) return value_from_bool(now < length && k < length);
  if (has_bigint_content(t) ? !value_is_bigint(wanted) : !value_is_number(wanted)) return absent;
  u64 end = MIN(length, now);
  if (k >= end) return absent;
  if (value_is_number(wanted)) {
    Tri found;
    for (u64 stop;; k = stop) {
      stop = MIN(end, k + MEMORY_POLL_BYTES);
      found = find_number(t, value_number(wanted), &k, stop);
      if (found != TRI_NO || stop == end) break;
      TRY(isolate_poll(iso));
    }
    if (found != TRI_FAIL) return found == TRI_NO ? absent : includes ? VALUE_TRUE : value_from_i64((i64)k);
  }
  for (; k < end; k++) {
    POLL(iso, k);
    Value v = TRY(typed_array_get_element(iso, t, k));
    Tri equal = TRY(includes ? same_value_zero(iso, wanted, v) : is_strictly_equal(iso, wanted, v));
    if (equal == TRI_YES) return includes ? VALUE_TRUE : value_from_i64((i64)k);
  }
  return absent;
}

Value typed_array_includes(Isolate *iso, const Call *call) { return search(iso, call, METHOD_TEXT("includes"), true); }
Value typed_array_index_of(Isolate *iso, const Call *call) { return search(iso, call, METHOD_TEXT("indexOf"), false); }

Value typed_array_last_index_of(Isolate *iso, const Call *call) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("lastIndexOf"), &length));
  Value wanted = call_arg(call, 0);
  if (!length) return value_from_int(-1);
  double n = (double)length - 1;
  if (call->argc > 1) TRY(to_integer_or_infinity(iso, call->args[1], &n));
  double last = n >= 0 ? MIN(n, (double)length - 1) : (double)length + n;
  if (last < 0) return value_from_int(-1);
  if (has_bigint_content(t) ? !value_is_bigint(wanted) : !value_is_number(wanted)) return value_from_int(-1);
  for (u64 k = MIN((u64)last + 1, typed_array_length(t, NULL)); k-- > 0;) {
    POLL(iso, k);
    Value v = TRY(typed_array_get_element(iso, t, k));
    if (TRY(is_strictly_equal(iso, wanted, v)) == TRI_YES) return value_from_i64((i64)k);
  }
  return value_from_int(-1);
}

// ---- Texts ----

static Value join(Isolate *iso, JSTypedArray *t, u64 length, String *separator, bool locale) {
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    if (k) sb_append(&sb, separator);
    Value v = TRY(element_get(iso, t, k));
    if (value_is_undefined(v)) continue;
    if (locale) v = TRY(invoke(iso, v, ATOM(toLocaleString), 0, NULL));
    if (value_is_int(v)) sb_append_int(&sb, value_int(v));
    else sb_append(&sb, TRY(to_string(iso, v)));
    if (sb.failed) return VALUE_FAIL;
  }
  return value_from_cell(sb_finish(&sb));
}

Value typed_array_join(Isolate *iso, const Call *call) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("join"), &length));
  String *separator = NULL;
  if (!value_is_undefined(call_arg(call, 0))) separator = TRY(to_string(iso, call->args[0]));
  return join(iso, t, length, separator ? separator : str_from_char(iso, ','), false);
}

Value typed_array_to_locale_string(Isolate *iso, const Call *call) {
  u64 length;
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("toLocaleString"), &length));
  return join(iso, t, length, str_from_char(iso, ','), true);
}

// ---- set, slice, subarray ----

static bool set_from_typed_array(Isolate *iso, JSTypedArray *t, double offset, JSTypedArray *source) {
  const char *method = METHOD_TEXT("set");
  u64 length, source_length;
  TRY(length_again(iso, t, method, &length));
  TRY(length_again(iso, source, method, &source_length));
  if (has_bigint_content(t) != has_bigint_content(source)) return THROW(iso, CONTENT_TYPE_MIX);
  if (offset + (double)source_length > (double)length) return THROW(iso, RANGE, "offset is out of bounds");
  return copy_elements(iso, t, (u64)offset, source, 0, source_length);
}

static bool set_from_array_like(Isolate *iso, JSTypedArray *t, double offset, Value v) {
  u64 length, source_length;
  TRY(length_again(iso, t, METHOD_TEXT("set"), &length));
  JSObject *source = TRY(to_object(iso, v));
  TRY(length_of_array_like(iso, source, &source_length));
  if (offset + (double)source_length > (double)length) return THROW(iso, RANGE, "offset is out of bounds");
  for (u64 i = 0; i < source_length; i++) {
    POLL(iso, i);
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value element = TRY(obj_get(iso, source, key));
    TRY(element_set(iso, t, (u64)offset + i, element));
  }
  return true;
}

Value typed_array_set_method(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_TYPED_ARRAY)) return THROW(iso, NOT_TYPED_ARRAY);
  JSTypedArray *t = (JSTypedArray *)value_object(call->this_value);
  TRY(require_mutable(iso, t, METHOD_TEXT("set")));
  double offset;
  TRY(to_integer_or_infinity(iso, call_arg(call, 1), &offset));
  if (offset < 0) return THROW(iso, RANGE, "offset is out of bounds");
  Value source = call_arg(call, 0);
  if (value_is_kind(source, KIND_TYPED_ARRAY)) TRY(set_from_typed_array(iso, t, offset, (JSTypedArray *)value_object(source)));
  else TRY(set_from_array_like(iso, t, offset, source));
  return VALUE_UNDEFINED;
}

// Byte by byte upwards, as the specification says, when both are parts of the same memory.
static bool slice_bytes(Isolate *iso, JSTypedArray *to, JSTypedArray *from, u64 start, u64 count) {
  if (ref_get(to->buffer)->store != ref_get(from->buffer)->store) return copy_elements(iso, to, 0, from, start, count);
  u32 size = element_size(to->element_type);
  u8 *out = typed_array_data(to);
  const u8 *in = typed_array_data(from) + start * size;
  for (u64 i = 0; i < count * size; i++) memory_store8(out + i, memory_load8(in + i));
  return true;
}

Value typed_array_slice(Isolate *iso, const Call *call) {
  const char *method = METHOD_TEXT("slice");
  u64 length, start, end;
  JSTypedArray *t = TRY(this_typed_array(iso, call, method, &length));
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &start));
  TRY(to_relative_index(iso, call_arg(call, 1), length, length, &end));
  u64 count = end > start ? end - start : 0;
  JSTypedArray *a = TRY(species_create_with_length(iso, t, count, method));
  if (!count) return value_from_object(a);
  TRY(length_again(iso, t, method, &length));
  end = MIN(end, length);
  count = end > start ? end - start : 0;
  if (a->element_type == t->element_type) {
    TRY(slice_bytes(iso, a, t, start, MIN(count, typed_array_length(a, NULL))));
    return value_from_object(a);
  }
  for (u64 n = 0; n < count; n++) {
    POLL(iso, n);
    Value v = TRY(element_get(iso, t, start + n));
    TRY(element_set(iso, a, n, v));
  }
  return value_from_object(a);
}

Value typed_array_subarray(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_TYPED_ARRAY)) return THROW(iso, NOT_TYPED_ARRAY);
  JSTypedArray *t = (JSTypedArray *)value_object(call->this_value);
  u64 length = typed_array_length(t, NULL), begin, end;
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &begin));
  u64 offset = t->byte_offset + begin * element_size(t->element_type);
  JSArrayBuffer *b = ref_get(t->buffer);
  if (!t->length_tracking && t->fast_length && !(b->flags & BUFFER_RESIZABLE) && species_is_standard(iso, t)) {
    TRY(to_relative_index(iso, call_arg(call, 1), length, length, &end));
    if (t->fast_length == length) { // not detached meanwhile
      Value proto = intrinsic(iso, typed_array_prototype_intrinsic(t->element_type));
      return value_from_object(typed_array_new(iso, t->element_type, proto, b, offset, end > begin ? end - begin : 0, false));
    }
  }
  Value args[3] = {value_from_object(ref_get(t->buffer)), value_from_i64((i64)offset), VALUE_UNDEFINED};
  u32 argc = 2;
  if (!t->length_tracking || !value_is_undefined(call_arg(call, 1))) {
    TRY(to_relative_index(iso, call_arg(call, 1), length, length, &end));
    args[argc++] = value_from_i64(end > begin ? (i64)(end - begin) : 0);
  }
  return value_from_object(species_create(iso, t, argc, args, METHOD_TEXT("subarray")));
}

// ---- Sorting ----

// Bits of an element as a number that orders like the element: negative ones below, NaN on top, -0 below 0.
static u64 key_of_bits(u32 type, u64 bits) {
  u32 width = element_size(type) * 8;
  u64 sign = (u64)1 << (width - 1), mask = sign | (sign - 1);
  switch (type) {
  case TYPED_INT8:
  case TYPED_INT16:
  case TYPED_INT32:
  case TYPED_BIG_INT64: return bits ^ sign;
  case TYPED_FLOAT16:
  case TYPED_FLOAT32:
  case TYPED_FLOAT64: {
    u64 infinity = type == TYPED_FLOAT16 ? 0x7C00 : type == TYPED_FLOAT32 ? 0x7F800000 : 0x7FF0000000000000;
    if ((bits & ~sign) > infinity) return mask; // any NaN
    return bits & sign ? ~bits & mask : bits | sign;
  }
  default: return bits;
  }
}

static u64 bits_of_key(u32 type, u64 key) {
  u32 width = element_size(type) * 8;
  u64 sign = (u64)1 << (width - 1), mask = sign | (sign - 1);
  switch (type) {
  case TYPED_INT8:
  case TYPED_INT16:
  case TYPED_INT32:
  case TYPED_BIG_INT64: return key ^ sign;
  case TYPED_FLOAT16: return key == mask ? 0x7E00 : key & sign ? key & ~sign : ~key & mask;
  case TYPED_FLOAT32: return key == mask ? 0x7FC00000 : key & sign ? key & ~sign : ~key & mask;
  case TYPED_FLOAT64: return key == mask ? 0x7FF8000000000000 : key & sign ? key & ~sign : ~key & mask;
  default: return key;
  }
}

static u64 load_bits(const u8 *p, u32 size) {
  return size == 1 ? memory_load8(p) : size == 2 ? memory_load16(p) : size == 4 ? memory_load32(p) : memory_load64(p);
}

static void store_bits(u8 *p, u32 size, u64 bits) {
  if (size == 1) memory_store8(p, (u8)bits);
  else if (size == 2) memory_store16(p, (u16)bits);
  else if (size == 4) memory_store32(p, (u32)bits);
  else memory_store64(p, bits);
}

enum { SORT_STEP = 1 << 16 }; // elements between two looks at the interrupts

static bool sort_bytes(Isolate *iso, u8 *out, const u8 *in, u64 count, u32 type) {
  u64 counts[256] = {0};
  for (u64 i = 0; i < count;) {
    for (u64 stop = MIN(count, i + SORT_STEP); i < stop; i++) counts[key_of_bits(type, memory_load8(in + i))]++;
    if (i < count) TRY(isolate_poll(iso));
  }
  u64 n = 0;
  for (u32 key = 0; key < 256; key++) {
    for (u64 k = 0; k < counts[key]; k++) memory_store8(out + n++, (u8)bits_of_key(type, key));
    if (counts[key] > SORT_STEP) TRY(isolate_poll(iso));
  }
  return true;
}

// Elements of `from`, ascending, into `to` (which may be the same). No JS.
static bool sort_numbers(Isolate *iso, JSTypedArray *to, const JSTypedArray *from, u64 length) {
  u32 type = from->element_type, size = element_size(type);
  if (size == 1) {
    return sort_bytes(iso, typed_array_data(to), typed_array_data(from), length, type);
  }
  Bytes *memory = TRY(bytes_new(iso, 2 * length * sizeof(u64)));
  u64 *keys = (u64 *)(void *)memory->data;
  const u8 *in = typed_array_data(from);
  u8 *out = typed_array_data(to);
  for (u64 i = 0; i < length;) {
    for (u64 stop = MIN(length, i + SORT_STEP); i < stop; i++) keys[i] = key_of_bits(type, load_bits(in + i * size, size));
    if (i < length) TRY(isolate_poll(iso));
  }
  TRY(sort_u64(iso, keys, keys + length, length));
  for (u64 i = 0; i < length;) {
    for (u64 stop = MIN(length, i + SORT_STEP); i < stop; i++) store_bits(out + i * size, size, bits_of_key(type, keys[i]));
    if (i < length) TRY(isolate_poll(iso));
  }
  return true;
}

static bool sort_into(Isolate *iso, JSTypedArray *to, JSTypedArray *from, u64 length, Value comparator) {
  if (value_is_undefined(comparator)) return length < 1 || sort_numbers(iso, to, from, length);
  ValueArray *list = TRY(value_array_new(iso, MAX(length, (u64)1)));
  for (u64 i = 0; i < length; i++) {
    POLL(iso, i);
    Value v = TRY(typed_array_get_element(iso, from, i));
    slot_set(iso, list, &list->values[i], v);
  }
  TRY(sort_by_comparator(iso, list, length, comparator));
  u64 room = MIN(length, typed_array_length(to, NULL)); // the comparator may have shrunk it
  for (u64 i = 0; i < room; i++) typed_array_set_element(to, i, slot_get(&list->values[i]));
  return true;
}

static bool check_comparator(Isolate *iso, Value comparator) {
  if (value_is_undefined(comparator) || value_is_callable(comparator)) return true;
  return THROW(iso, SORT_COMPARATOR);
}

Value typed_array_sort(Isolate *iso, const Call *call) {
  u64 length;
  TRY(check_comparator(iso, call_arg(call, 0)));
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("sort"), &length));
  TRY(require_mutable(iso, t, METHOD_TEXT("sort")));
  TRY(sort_into(iso, t, t, length, call_arg(call, 0)));
  return call->this_value;
}

Value typed_array_to_sorted(Isolate *iso, const Call *call) {
  u64 length;
  TRY(check_comparator(iso, call_arg(call, 0)));
  JSTypedArray *t = TRY(this_typed_array(iso, call, METHOD_TEXT("toSorted"), &length));
  JSTypedArray *a = TRY(typed_array_make(iso, t->element_type, length));
  TRY(sort_into(iso, a, t, length, call_arg(call, 0)));
  return value_from_object(a);
}
