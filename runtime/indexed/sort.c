// SPDX-License-Identifier: MIT
// Sorting: TimSort (runs that are there already, merged with galloping) where comparing calls JavaScript, a plain merge sort
// over precomputed keys where it does not. Texts are compared by their first eight bytes; texts of int32s are keys themselves.
// GC: the ValueArray keeps all values; what is sorted are copies in a Bytes cell that nobody traces.
// Tests: tests/js/indexed/array_sort.js
#include "runtime/indexed/sort.h"

#include "runtime/support.h"
#include "vm/opcodes.h"

// ---- TimSort with a fallible comparison ----

enum { MIN_MERGE = 32, MIN_GALLOP = 7, STACK_MAX = 85 };

typedef struct Sorter {
  Isolate *iso;
  PreparedCall call;
  Value *a, *tmp; // count words each
  struct {
    u64 base, length;
  } runs[STACK_MAX];
  u32 run_count;
  u32 min_gallop;
} Sorter;

// Whether the comparator puts `a` strictly before `b`.
static Tri precedes(Sorter *s, Value a, Value b) {
  s->call.args[0] = a;
  s->call.args[1] = b;
  Value v = TRY(prepared_call(s->iso, &s->call));
  if (LIKELY(value_is_int(v))) return tri(value_int(v) < 0);
  double d;
  TRY(to_double(s->iso, v, &d));
  return tri(d < 0);
}

// Sorts a[low..high) of which [low, start) is sorted already.
static bool binary_insertion(Sorter *s, u64 low, u64 high, u64 start) {
  for (; start < high; start++) {
    Value pivot = s->a[start];
    u64 left = low, right = start;
    while (left < right) {
      u64 middle = left + (right - left) / 2;
      if (TRY(precedes(s, pivot, s->a[middle])) == TRI_YES) right = middle;
      else left = middle + 1;
    }
    memmove(&s->a[left + 1], &s->a[left], (start - left) * sizeof(Value));
    s->a[left] = pivot;
  }
  return true;
}

// Length of the run at low, made ascending.
static bool count_run(Sorter *s, u64 low, u64 high, u64 *length) {
  u64 i = low + 1;
  if (i == high) {
    *length = 1;
    return true;
  }
  bool descending = TRY(precedes(s, s->a[i], s->a[i - 1])) == TRI_YES;
  for (i++; i < high; i++) {
    if ((TRY(precedes(s, s->a[i], s->a[i - 1])) == TRI_YES) != descending) break;
  }
  if (descending) {
    for (u64 x = low, y = i - 1; x < y; x++, y--) {
      Value v = s->a[x];
      s->a[x] = s->a[y];
      s->a[y] = v;
    }
  }
  *length = i - low;
  return true;
}

// Where key belongs among n sorted values, searching outward from `hint`. left: before its equals, else behind them.
static bool gallop(Sorter *s, Value key, const Value *base, u64 n, u64 hint, bool left, u64 *place) {
  // up: key goes behind base[hint].
  Tri up_answer = left ? precedes(s, base[hint], key) : precedes(s, key, base[hint]);
  bool up = (TRY(up_answer) == TRI_YES) == left;
  u64 last = 0, offset = 1, most = up ? n - hint : hint + 1;
  while (offset < most) {
    Value probe = up ? base[hint + offset] : base[hint - offset];
    Tri answer = left ? precedes(s, probe, key) : precedes(s, key, probe);
    bool goes_on = ((TRY(answer) == TRI_YES) == left) == up;
    if (!goes_on) break;
    last = offset;
    offset = offset * 2 + 1;
  }
  offset = MIN(offset, most);
  u64 low = up ? hint + last + 1 : hint + 1 - offset, high = up ? hint + offset : hint - last;
  while (low < high) {
    u64 middle = low + (high - low) / 2;
    Tri answer = left ? precedes(s, base[middle], key) : precedes(s, key, base[middle]);
    if ((TRY(answer) == TRI_YES) == left) low = middle + 1;
    else high = middle;
  }
  *place = low;
  return true;
}

// Merges neighbours; the left one (n1, shorter) goes to tmp. On failure the values are all still somewhere in the list.
static bool merge_low(Sorter *s, u64 base1, u64 n1, u64 base2, u64 n2) {
  Value *a = s->a, *left = s->tmp, *right = &a[base2], *to = &a[base1];
  memcpy(left, &a[base1], n1 * sizeof(Value));
  *to++ = *right++;
  n2--;
  u32 min_gallop = s->min_gallop;
  bool ok = true;
  while (n1 > 1 && n2 > 0) {
    u64 wins1 = 0, wins2 = 0;
    do { // one at a time
      Tri second = precedes(s, *right, *left);
      if (!second) goto failed;
      if (second == TRI_YES) {
        *to++ = *right++;
        wins2++, wins1 = 0;
        if (--n2 == 0) goto done;
      } else {
        *to++ = *left++;
        wins1++, wins2 = 0;
        if (--n1 == 1) goto done;
      }
    } while (wins1 + wins2 < min_gallop);
    do { // in strides
      if (!gallop(s, *right, left, n1, 0, false, &wins1)) goto failed;
      memcpy(to, left, wins1 * sizeof(Value));
      to += wins1, left += wins1, n1 -= wins1;
      if (n1 <= 1) goto done;
      *to++ = *right++;
      if (--n2 == 0) goto done;
      if (!gallop(s, *left, right, n2, 0, true, &wins2)) goto failed;
      memmove(to, right, wins2 * sizeof(Value));
      to += wins2, right += wins2, n2 -= wins2;
      if (n2 == 0) goto done;
      *to++ = *left++;
      if (--n1 == 1) goto done;
      if (min_gallop > 1) min_gallop--;
    } while (wins1 >= MIN_GALLOP || wins2 >= MIN_GALLOP);
    min_gallop += 2;
  }
  goto done;
failed:
  ok = false;
done:
  s->min_gallop = MAX(min_gallop, 1u);
  if (n1 == 1 && ok) { // the last of the left run is the greatest
    memmove(to, right, n2 * sizeof(Value));
    to[n2] = *left;
  } else {
    memcpy(to, left, n1 * sizeof(Value));
  }
  return ok;
}

static bool merge_high(Sorter *s, u64 base1, u64 n1, u64 base2, u64 n2) {
  Value *a = s->a, *right = s->tmp + n2, *left = &a[base1 + n1], *to = &a[base2 + n2]; // one past each
  memcpy(s->tmp, &a[base2], n2 * sizeof(Value));
  *--to = *--left;
  n1--;
  u32 min_gallop = s->min_gallop;
  bool ok = true;
  while (n1 > 0 && n2 > 1) {
    u64 wins1 = 0, wins2 = 0;
    do {
      Tri second = precedes(s, right[-1], left[-1]);
      if (!second) goto failed;
      if (second == TRI_YES) {
        *--to = *--left;
        wins1++, wins2 = 0;
        if (--n1 == 0) goto done;
      } else {
        *--to = *--right;
        wins2++, wins1 = 0;
        if (--n2 == 1) goto done;
      }
    } while (wins1 + wins2 < min_gallop);
    do {
      u64 place;
      if (!gallop(s, right[-1], &a[base1], n1, n1 - 1, false, &place)) goto failed;
      wins1 = n1 - place;
      to -= wins1, left -= wins1, n1 -= wins1;
      memmove(to, left, wins1 * sizeof(Value));
      if (n1 == 0) goto done;
      *--to = *--right;
      if (--n2 == 1) goto done;
      if (!gallop(s, left[-1], s->tmp, n2, n2 - 1, true, &place)) goto failed;
      wins2 = n2 - place;
      to -= wins2, right -= wins2, n2 -= wins2;
      memcpy(to, right, wins2 * sizeof(Value));
      if (n2 <= 1) goto done;
      *--to = *--left;
      if (--n1 == 0) goto done;
      if (min_gallop > 1) min_gallop--;
    } while (wins1 >= MIN_GALLOP || wins2 >= MIN_GALLOP);
    min_gallop += 2;
  }
  goto done;
failed:
  ok = false;
done:
  s->min_gallop = MAX(min_gallop, 1u);
  if (n2 == 1 && ok) { // the first of the right run is the least
    to -= n1;
    memmove(to, left - n1, n1 * sizeof(Value));
    to[-1] = right[-1];
  } else {
    memcpy(to - n2, s->tmp, n2 * sizeof(Value));
  }
  return ok;
}

static bool merge_at(Sorter *s, u32 i) {
  u64 base1 = s->runs[i].base, n1 = s->runs[i].length, base2 = s->runs[i + 1].base, n2 = s->runs[i + 1].length, k;
  s->runs[i].length = n1 + n2;
  if (i + 3 == s->run_count) s->runs[i + 1] = s->runs[i + 2];
  s->run_count--;
  TRY(gallop(s, s->a[base2], &s->a[base1], n1, 0, false, &k));
  base1 += k, n1 -= k;
  if (!n1) return true;
  TRY(gallop(s, s->a[base1 + n1 - 1], &s->a[base2], n2, n2 - 1, true, &n2));
  if (!n2) return true;
  return n1 <= n2 ? merge_low(s, base1, n1, base2, n2) : merge_high(s, base1, n1, base2, n2);
}

static bool merge_collapse(Sorter *s) {
  while (s->run_count > 1) {
    u32 n = s->run_count - 2;
    bool bad = (n >= 1 && s->runs[n - 1].length <= s->runs[n].length + s->runs[n + 1].length) ||
               (n >= 2 && s->runs[n - 2].length <= s->runs[n - 1].length + s->runs[n].length);
    if (bad) {
      if (s->runs[n - 1].length < s->runs[n + 1].length) n--;
    } else if (s->runs[n].length > s->runs[n + 1].length) {
      break;
    }
    TRY(merge_at(s, n));
  }
  return true;
}

static u64 min_run_length(u64 n) {
  u64 odd = 0;
  for (; n >= MIN_MERGE; n >>= 1) odd |= n & 1;
  return n + odd;
}

static bool tim_sort(Sorter *s, u64 count) {
  u64 min_run = min_run_length(count);
  for (u64 low = 0; low < count;) {
    u64 run;
    TRY(count_run(s, low, count, &run));
    if (run < min_run) {
      u64 forced = MIN(min_run, count - low);
      TRY(binary_insertion(s, low, low + forced, low + run));
      run = forced;
    }
    s->runs[s->run_count].base = low;
    s->runs[s->run_count++].length = run;
    TRY(merge_collapse(s));
    low += run;
  }
  while (s->run_count > 1) {
    u32 n = s->run_count - 2;
    if (n > 0 && s->runs[n - 1].length < s->runs[n + 1].length) n--;
    TRY(merge_at(s, n));
  }
  return true;
}

static void write_back(Isolate *iso, ValueArray *list, const Value *sorted, u64 count) {
  memcpy(list->values, sorted, count * sizeof(Value));
  gc_barrier(heap_of(iso), &list->cell);
}

// ---- Merge sorts of keys ----

enum { POLL_STEPS = 1 << 18 }; // elements that are merged between two looks at the interrupts

// false: an exception is pending; the elements are in no order.
#define DEFINE_MERGE_SORT(name, Type, less) \
  static void name##_insertion(Type *a, size_t n) { \
    for (size_t i = 1; i < n; i++) { \
      Type v = a[i]; \
      size_t j = i; \
      for (; j > 0 && less(v, a[j - 1]); j--) a[j] = a[j - 1]; \
      a[j] = v; \
    } \
  } \
  static bool name##_merge(Isolate *iso, const Type *a, size_t middle, size_t n, Type *out) { \
    size_t i = 0, j = middle, k = 0; \
    while (i < middle && j < n) { \
      size_t left = MIN(middle - i, n - j), stop = k + MIN(left, (size_t)POLL_STEPS); /* neither side ends before */ \
      while (k < stop) out[k++] = less(a[j], a[i]) ? a[j++] : a[i++]; \
      if (n >= POLL_STEPS) TRY(isolate_poll(iso)); \
    } \
    memcpy(out + k, a + i, (middle - i) * sizeof(Type)); \
    memcpy(out + k + (middle - i), a + j, (n - j) * sizeof(Type)); \
    return true; \
  } \
  static bool name(Isolate *iso, Type *a, Type *scratch, size_t n) { \
    enum { RUN = 16 }; \
    for (size_t i = 0; i < n; i += RUN) { \
      if (UNLIKELY(!(i & (POLL_STEPS - 1)))) TRY(isolate_poll(iso)); \
      name##_insertion(a + i, MIN((size_t)RUN, n - i)); \
    } \
    Type *from = a, *to = scratch; \
    for (size_t width = RUN; width < n; width *= 2) { \
      for (size_t i = 0, done = 0; i < n; i += 2 * width) { \
        size_t both = MIN(2 * width, n - i), middle = MIN(width, both); \
        if (middle == both || !less(from[i + middle], from[i + middle - 1])) memcpy(to + i, from + i, both * sizeof(Type)); \
        else TRY(name##_merge(iso, from + i, middle, both, to + i)); \
        if ((done += both) < POLL_STEPS) continue; \
        done = 0; \
        TRY(isolate_poll(iso)); \
      } \
      Type *swap = from; \
      from = to, to = swap; \
    } \
    if (from != a) memcpy(a, from, n * sizeof(Type)); \
    return true; \
  }

#define U64_LESS(a, b) ((a) < (b))
DEFINE_MERGE_SORT(merge_sort_u64, u64, U64_LESS)

bool sort_u64(Isolate *iso, u64 *keys, u64 *scratch, size_t count) { return merge_sort_u64(iso, keys, scratch, count); }

// ---- Texts of int32s: '-' sorts before digits, then digit by digit. A key orders like the text and gives the number back. ----

static u64 key_of_int(i32 i) {
  static const u64 powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000};
  u64 magnitude = i < 0 ? (u64) - (i64)i : (u64)i;
  u32 digits = 1;
  while (digits < 10 && magnitude >= powers[digits]) digits++;
  return (u64)(i >= 0) << 40 | magnitude * powers[10 - digits] << 4 | digits;
}

static i32 int_of_key(u64 key) {
  u64 magnitude = (key & (((u64)1 << 40) - 1)) >> 4;
  for (u32 digits = key & 15; digits < 10; digits++) magnitude /= 10;
  return (i32)(key >> 40 ? (i64)magnitude : -(i64)magnitude);
}

static bool sort_ints(Isolate *iso, ValueArray *list, u64 count) {
  Bytes *memory = TRY(bytes_new(iso, 2 * count * sizeof(u64)));
  u64 *keys = (u64 *)(void *)memory->data;
  for (u64 i = 0; i < count; i++) keys[i] = key_of_int(value_int(slot_get(&list->values[i])));
  TRY(merge_sort_u64(iso, keys, keys + count, count));
  for (u64 i = 0; i < count; i++) slot_init(&list->values[i], value_from_int(int_of_key(keys[i])));
  return true;
}

// ---- Texts ----

typedef struct TextKey {
  u64 prefix;
  String *text;
  Value value;
} TextKey;

static inline bool text_less(const TextKey *a, const TextKey *b) {
  if (a->prefix != b->prefix) return a->prefix < b->prefix;
  return a->text != b->text && str_compare_flat(a->text, b->text) < 0;
}
#define TEXT_LESS(a, b) text_less(&(a), &(b))
DEFINE_MERGE_SORT(merge_sort_texts, TextKey, TEXT_LESS)

// The first eight characters of a Latin-1 text, or four units of any: one of the two for all texts.
static u64 prefix_of(const String *s, bool latin1) {
  u64 prefix = 0;
  u32 places = latin1 ? 8 : 4, bits = latin1 ? 8 : 16, n = MIN(s->length, places);
  for (u32 i = 0; i < n; i++) prefix = prefix << bits | str_char_at_flat(s, i);
  return n && n < places ? prefix << (places - n) * bits : prefix;
}

bool sort_by_text(Isolate *iso, ValueArray *list, u64 count) {
  bool ints = true, latin1 = true;
  if (count < 2) return true;
  for (u64 i = 0; ints && i < count; i++) ints = value_is_int(slot_get(&list->values[i]));
  if (ints) return sort_ints(iso, list, count);
  ValueArray *texts = TRY(value_array_new(iso, count)); // keeps them alive
  for (u64 i = 0; i < count; i++) {
    if (i % 1024 == 1023) TRY(isolate_poll(iso));
    String *text = TRY(to_string(iso, slot_get(&list->values[i])));
    text = TRY(str_flatten(iso, text));
    if (str_is_utf16(text)) latin1 = false;
    slot_set(iso, texts, &texts->values[i], value_from_cell(text));
  }
  Bytes *memory = TRY(bytes_new(iso, 2 * count * sizeof(TextKey)));
  TextKey *keys = (TextKey *)(void *)memory->data;
  for (u64 i = 0; i < count; i++) {
    String *text = value_string(slot_get(&texts->values[i]));
    keys[i] = (TextKey){prefix_of(text, latin1), text, slot_get(&list->values[i])};
  }
  TRY(merge_sort_texts(iso, keys, keys + count, count)); // no allocation until the list is written
  for (u64 i = 0; i < count; i++) slot_init(&list->values[i], keys[i].value);
  gc_barrier(heap_of(iso), &list->cell);
  return true;
}

// ---- Comparators ----

// 1 for (a, b) => a - b, -1 for (a, b) => b - a, however they are written; else 0.
static int difference_order(Isolate *iso, Value comparator) {
  if (!value_is_kind(comparator, KIND_FUNCTION)) return 0;
  Code *code = ref_get(((JSFunction *)value_object(comparator))->code);
  if (code->flags & (CODE_GENERATOR | CODE_ASYNC | CODE_CLASS_CONSTRUCTOR) || code->param_count != 2) return 0;
  if (!code_prepare(iso, code)) { // the call will say so
    (void)isolate_take_exception(iso);
    return 0;
  }
  const CodeBody *body = code->body;
  if (body->word_count != 2) return 0;
  u32 sub = body->words[0], ret = body->words[1], result = sub >> 8 & 0xFF;
  if ((sub & 0xFF) != OP_SUB || (ret & 0xFF) != OP_RETURN || (ret >> 8 & 0xFF) != result) return 0;
  u32 left = sub >> 16 & 0xFF, right = sub >> 24;
  return left == 1 && right == 2 ? 1 : left == 2 && right == 1 ? -1 : 0;
}

#define NUMBER_LESS(a, b) (value_number(a) < value_number(b))
#define NUMBER_GREATER(a, b) (value_number(a) > value_number(b))
DEFINE_MERGE_SORT(merge_sort_ascending, Value, NUMBER_LESS)
DEFINE_MERGE_SORT(merge_sort_descending, Value, NUMBER_GREATER)

// Numbers whose comparator only subtracts are sorted without calling it. TRI_NO: not done.
static Tri sort_by_difference(Isolate *iso, ValueArray *list, u64 count, Value comparator) {
  bool ints = true;
  for (u64 i = 0; i < count; i++) {
    Value v = slot_get(&list->values[i]);
    if (value_is_int(v)) continue;
    ints = false;
    if (!value_is_number(v) || value_double(v) != value_double(v)) return TRI_NO;
  }
  int order = difference_order(iso, comparator);
  if (!order) return TRI_NO;
  Bytes *memory = bytes_new(iso, 2 * count * sizeof(u64));
  if (!memory) {
    (void)isolate_take_exception(iso);
    return TRI_NO;
  }
  Value *values = (Value *)(void *)memory->data;
  u64 *keys = (u64 *)(void *)memory->data;
  memcpy(values, list->values, count * sizeof(Value));
  if (ints) {
    u64 flip = order > 0 ? 0x80000000u : 0x7FFFFFFFu;
    for (u64 i = 0; i < count; i++) keys[i] ^= flip;
    TRY(merge_sort_u64(iso, keys, keys + count, count));
    for (u64 i = 0; i < count; i++) keys[i] ^= flip;
  } else if (order > 0) {
    TRY(merge_sort_ascending(iso, values, values + count, count));
  } else {
    TRY(merge_sort_descending(iso, values, values + count, count));
  }
  write_back(iso, list, values, count);
  return TRI_YES;
}

bool sort_by_comparator(Isolate *iso, ValueArray *list, u64 count, Value comparator) {
  if (count < 2) return true;
  if (TRY(sort_by_difference(iso, list, count, comparator)) == TRI_YES) return true;
  Sorter s = {.iso = iso, .min_gallop = MIN_GALLOP};
  Bytes *memory = TRY(bytes_new(iso, 2 * count * sizeof(Value)));
  s.a = (Value *)(void *)memory->data;
  s.tmp = s.a + count;
  memcpy(s.a, list->values, count * sizeof(Value));
  TRY(prepared_call_init(iso, &s.call, comparator, VALUE_UNDEFINED, 2));
  TRY(tim_sort(&s, count));
  prepared_call_end(iso, &s.call);
  write_back(iso, list, s.a, count);
  return true;
}
