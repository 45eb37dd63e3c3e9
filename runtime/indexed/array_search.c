// SPDX-License-Identifier: MIT
// includes, indexOf, lastIndexOf, and the texts of arrays: join, toString, toLocaleString (ECMA-262 23.1.3).
// Searching compares bits where the value sought has only one form. An array that contains itself is empty text the second
// time, as everywhere: the joins that run are found on the stack of frames, and only when an element is an object.
// Tests: tests/js/indexed/array_search.js, array_join.js
#include "runtime/indexed/array_internal.h"
#include "vm/interp.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// ---- Searching ----

enum SearchKind { SEARCH_STRICT, SEARCH_SAME_VALUE_ZERO };

static Tri search_equal(Isolate *iso, enum SearchKind kind, Value a, Value b) {
  return kind == SEARCH_STRICT ? is_strictly_equal(iso, a, b) : same_value_zero(iso, a, b);
}

// Equality with v is equality of bits: no number, no text.
static bool has_one_form(Value v) { return !value_is_number(v) && !value_is_string(v) && !value_is_bigint(v); }

// false: certainly different. Atoms are the same only when they are one cell; most other texts differ at their ends.
static ALWAYS_INLINE bool may_be_same_text(const String *a, const String *wanted) {
  if (a->length != wanted->length || (str_is_atom(a) && str_is_atom(wanted))) return false;
  if (a->hash && wanted->hash && a->hash != wanted->hash) return false;
  u32 n = a->length;
  if (!n || (a->cell.flags | wanted->cell.flags) & (STR_ROPE | STR_UTF16)) return true;
  const u8 *p = str_chars8(a), *q = str_chars8(wanted);
  return p[n - 1] == q[n - 1] && p[0] == q[0] && p[n >> 1] == q[n >> 1];
}

// The cell or constant among the elements, first one from `from`; `end`: absent.
static u64 find_bits(const Slot *slots, u64 from, u64 end, Value wanted) {
  u64 i = from;
  for (; i + 4 <= end; i += 4) {
    u32 hit = 0; // without a branch for each
    for (u32 k = 0; k < 4; k++) hit |= (u32)(slot_get(&slots[i + k]) == wanted);
    if (hit) break;
  }
  while (i < end && slot_get(&slots[i]) != wanted) i++;
  return i;
}

// A number is found as the bits of its own form, and as a double where an int32 would do.
static ALWAYS_INLINE bool is_number(Value v, Value bits, double wanted) {
  return v == bits || (value_is_double(v) && value_double(v) == wanted);
}

enum { STRIDE = 8 };

// STRIDE int32s, none of them `bits`, an int32 itself: blocks are passed over without a branch for each element.
static ALWAYS_INLINE bool are_other_ints(const Slot *slots, Value bits) {
#ifdef __SSE2__
  // Halves compared: the tag must be equal, the number must not.
  const __m128i wanted = _mm_set1_epi64x((i64)value_bits(bits)), other = _mm_set1_epi64x((i64)0xFFFFFFFF00000000ull);
  __m128i bad = _mm_setzero_si128();
  for (u32 k = 0; k < STRIDE; k += 2) {
    __m128i pair = _mm_loadu_si128((const __m128i *)(const void *)&slots[k]);
    bad = _mm_or_si128(bad, _mm_xor_si128(_mm_cmpeq_epi32(pair, wanted), other));
  }
  return _mm_movemask_epi8(bad) == 0;
#else
  bool other = true;
  for (u32 k = 0; k < STRIDE; k++) other &= value_is_int(slot_get(&slots[k])) & (slot_get(&slots[k]) != bits);
  return other;
#endif
}

static bool find_number(const Slot *slots, u64 from, u64 end, double wanted, bool forward, u64 *index) {
  Value bits = wanted == 0 ? value_from_int(0) : value_from_double(wanted); // -0 is found by 0
  if (!forward) {
    for (u64 i = end; i-- > from;) {
      if (!is_number(slot_get(&slots[i]), bits, wanted)) continue;
      *index = i;
      return true;
    }
    return false;
  }
  for (u64 i = from; i < end;) {
    if (end - i >= STRIDE && value_is_int(bits) && are_other_ints(&slots[i], bits)) {
      i += STRIDE;
      continue;
    }
    for (u64 stop = MIN(end, i + STRIDE); i < stop; i++) {
      if (!is_number(slot_get(&slots[i]), bits, wanted)) continue;
      *index = i;
      return true;
    }
  }
  return false;
}

// Looks through [from, end) of dense elements. NO: absent. No JS; texts may be flattened.
static Tri find_dense(Isolate *iso, JSObject *o, enum SearchKind kind, Value wanted, u64 from, u64 end, bool forward, u64 *index) {
  bool holes_count = kind == SEARCH_SAME_VALUE_ZERO && value_is_undefined(wanted);
  u64 present = MIN(end, (u64)dense_capacity(o));
  if (holes_count && end > present) {
    *index = end - 1;
    return TRI_YES;
  }
  if (present <= from) return TRI_NO;
  if (value_is_number(wanted) && value_number(wanted) == value_number(wanted)) {
    return tri(find_number(o->bf, from, present, value_number(wanted), forward, index));
  }
  bool bits_only = has_one_form(wanted), text = value_is_string(wanted);
  if (bits_only && forward && !holes_count) {
    *index = find_bits(o->bf, from, present, wanted);
    return tri(*index < present);
  }
  if (text) TRY(str_flatten(iso, value_string(wanted)));
  for (u64 n = from; n < present; n++) {
    *index = forward ? n : present - 1 - (n - from);
    Value v = slot_get(&o->bf[*index]);
    if (v == wanted || (holes_count && v == VALUE_EMPTY)) {
      if (!value_is_double(v) || kind == SEARCH_SAME_VALUE_ZERO) return TRI_YES;
      continue; // NaN is not found by ===
    }
    if (bits_only || v == VALUE_EMPTY) continue;
    if (text && (!value_is_string(v) || !may_be_same_text(value_string(v), value_string(wanted)))) continue;
    if (TRY(search_equal(iso, kind, wanted, v)) == TRI_YES) return TRI_YES;
  }
  return TRI_NO;
}

static bool start_index(Isolate *iso, Value v, u64 length, u64 *k) {
  double n;
  TRY(to_integer_or_infinity(iso, v, &n));
  if (n >= (double)length) *k = length;
  else if (n >= 0) *k = (u64)n;
  else *k = (double)length + n > 0 ? (u64)((double)length + n) : 0;
  return true;
}

// Index of the argument from the front, or `length`: absent.
static bool search_forward(Isolate *iso, const Call *call, enum SearchKind kind, u64 *length, u64 *index) {
  u64 k;
  JSObject *o = TRY(this_object(iso, call, length));
  Value wanted = call_arg(call, 0);
  *index = *length;
  if (!*length) return true;
  TRY(start_index(iso, call_arg(call, 1), *length, &k));
  if (array_is_fast(iso, o) && array_length(o) >= *length) {
    Tri found = TRY(find_dense(iso, o, kind, wanted, k, *length, true, index));
    if (found == TRI_NO) *index = *length;
    return true;
  }
  for (; k < *length; k++) {
    Value v;
    POLL(iso, k);
    if (kind == SEARCH_SAME_VALUE_ZERO) v = TRY(index_get(iso, o, k));
    else if (TRY(index_get_if_present(iso, o, k, &v)) == TRI_NO) continue;
    if (TRY(search_equal(iso, kind, wanted, v)) == TRI_NO) continue;
    *index = k;
    return true;
  }
  return true;
}

Value array_includes(Isolate *iso, const Call *call) {
  u64 length, index;
  TRY(search_forward(iso, call, SEARCH_SAME_VALUE_ZERO, &length, &index));
  return value_from_bool(index < length);
}

Value array_index_of(Isolate *iso, const Call *call) {
  u64 length, index;
  TRY(search_forward(iso, call, SEARCH_STRICT, &length, &index));
  return index < length ? value_from_i64((i64)index) : value_from_int(-1);
}

Value array_last_index_of(Isolate *iso, const Call *call) {
  u64 length, index;
  JSObject *o = TRY(this_object(iso, call, &length));
  Value wanted = call_arg(call, 0);
  if (!length) return value_from_int(-1);
  double n = (double)length - 1;
  if (call->argc > 1) TRY(to_integer_or_infinity(iso, call->args[1], &n));
  double last = n >= 0 ? MIN(n, (double)length - 1) : (double)length + n;
  if (last < 0) return value_from_int(-1);
  u64 end = (u64)last + 1;
  if (array_is_fast(iso, o) && array_length(o) >= length) {
    Tri found = TRY(find_dense(iso, o, SEARCH_STRICT, wanted, 0, end, false, &index));
    return found == TRI_YES ? value_from_i64((i64)index) : value_from_int(-1);
  }
  for (u64 k = end; k-- > 0;) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, o, k, &v)) == TRI_NO) continue;
    if (TRY(is_strictly_equal(iso, wanted, v)) == TRI_YES) return value_from_i64((i64)k);
  }
  return value_from_int(-1);
}

// ---- Texts ----

static bool is_join(Value callee) {
  if (callee == VALUE_EMPTY || !value_is_kind(callee, KIND_NATIVE_FUNCTION)) return false; // the outermost frame has none
  NativeFn fn = ((JSNativeFunction *)value_object(callee))->fn;
  return fn == array_join || fn == array_to_locale_string;
}

// Another join of the same object is under way further down the stack.
static bool is_being_joined(Isolate *iso, const JSObject *o) {
  for (const Value *fp = frame_caller(iso->fp); fp; fp = frame_caller(fp)) {
    if (frame_flags(fp) & FRAME_NATIVE && is_join(fp[-4]) && fp[0] == value_from_object(o)) return true;
  }
  return false;
}

static bool append_element(Isolate *iso, StringBuilder *sb, Value v, bool locale) {
  if (v == VALUE_EMPTY || value_is_nullish(v)) return true;
  if (locale) {
    Value text = TRY(invoke(iso, v, ATOM(toLocaleString), 0, NULL));
    v = value_from_cell(TRY(to_string(iso, text)));
  }
  if (value_is_string(v)) {
    sb_append(sb, value_string(v));
  } else if (value_is_int(v)) {
    sb_append_int(sb, value_int(v));
  } else {
    sb_append(sb, TRY(to_string(iso, v)));
  }
  return !sb->failed;
}

static Value join(Isolate *iso, JSObject *o, u64 length, String *separator, bool locale) {
  StringBuilder sb;
  bool checked = false;
  u32 unit = 0x10000;
  // The separators alone are too long: no need to find out by writing half a gigabyte of them.
  if (length > 1 && separator->length && length - 1 > STR_MAX_LENGTH / separator->length) return THROW(iso, INVALID_STRING_LENGTH);
  if (separator->length == 1) {
    separator = TRY(str_flatten(iso, separator));
    unit = str_char_at_flat(separator, 0);
  }
  sb_init(&sb, iso);
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = TRY(index_get(iso, o, k));
    if (value_is_int(v) && !locale && (unit < 0x10000 || !k)) {
      sb_append_int_after(&sb, k ? (i32)unit : -1, value_int(v));
      continue;
    }
    if (k && unit < 0x10000) sb_append_unit(&sb, (u16)unit);
    else if (k && separator->length) sb_append(&sb, separator);
    if (sb.failed) return VALUE_FAIL;
    if (!checked && value_is_object(v)) {
      if (is_being_joined(iso, o)) return value_from_cell(ATOM_STRING(empty));
      checked = true;
    }
    TRY(append_element(iso, &sb, v, locale));
  }
  return value_from_cell(sb_finish(&sb));
}

Value array_join(Isolate *iso, const Call *call) {
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  String *separator = NULL;
  if (!value_is_undefined(call_arg(call, 0))) separator = TRY(to_string(iso, call->args[0]));
  return join(iso, o, length, separator ? separator : str_from_char(iso, ','), false);
}

Value array_to_locale_string(Isolate *iso, const Call *call) {
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  return join(iso, o, length, str_from_char(iso, ','), true);
}

// %Object.prototype.toString%, whatever scripts have put in its place.
static NativeFn object_to_string(void) {
  const BuiltinObject *b = &builtin_object_prototype;
  for (u32 i = 0; i < b->property_count; i++) {
    if (b->properties[i].key == ATOM_toString) return b->properties[i].fn;
  }
  UNREACHABLE();
}

Value array_to_string(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  Value f = TRY(obj_get(iso, o, ATOM(join)));
  if (value_is_callable(f)) return CALL0(iso, f, value_from_object(o));
  Call plain = {.this_value = value_from_object(o), .callee = call->callee, .new_target = VALUE_UNDEFINED};
  return object_to_string()(iso, &plain);
}
