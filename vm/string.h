// SPDX-License-Identifier: MIT
// Strings: flat Latin-1 or UTF-16, slices (also of append buffers and static text), ropes; atoms are interned strings.
//
//   flat    [cell 8][length 4][hash 4][chars ...]
//   slice   [cell 8][length 4][hash 4][parent 8][chars* 8]      parent: String, Bytes (append buffer) or NULL (static)
//   rope    [cell 8][length 4][hash 4][left 8][right 8]         becomes a slice in place when flattened
//
// A flat UTF-16 string may hold Latin-1 content only if it is not an atom (atoms are narrowed), so that equal atoms are
// equal pointers. All functions that make a string return NULL after throwing (RangeError: Invalid string length).
#ifndef WEFT_VM_STRING_H
#define WEFT_VM_STRING_H

#include "vm/slot.h"
#include "vm/value.h"

enum {           // Cell.flags
  STR_UTF16 = 1, // 16-bit units; else Latin-1
  STR_ROPE = 2,
  STR_SLICE = 4,      // neither ROPE nor SLICE: flat
  STR_ATOM = 8,       // interned; is its own property key
  STR_INDEX = 16,     // known to be a canonical array index ("0" .. "4294967294"); never an atom
  STR_NOT_INDEX = 32, // known not to be
};
enum { STR_MAX_LENGTH = (1 << 29) - 24, STR_ROPE_MIN = 24, STR_SLICE_MIN = 24 };

struct String {
  Cell cell;
  u32 length; // in 16-bit code units
  u32 hash;   // 0: not computed yet (a computed hash is never 0)
};
typedef struct RopeString {
  String string;
  REF(String) left, right;
} RopeString;
typedef struct SliceString {
  String string;
  REF(Cell) parent;
  const void *chars;
} SliceString;

static ALWAYS_INLINE bool value_is_string(Value v);
static ALWAYS_INLINE String *value_string(Value v) { return (String *)v; }
static ALWAYS_INLINE bool str_is_utf16(const String *s) { return s->cell.flags & STR_UTF16; }
static ALWAYS_INLINE bool str_is_rope(const String *s) { return s->cell.flags & STR_ROPE; }
static ALWAYS_INLINE bool str_is_atom(const String *s) { return s->cell.flags & STR_ATOM; }

// The characters of a string that is not a rope (call str_flatten first). They stay valid while the string does.
static ALWAYS_INLINE const void *str_chars(const String *s) {
  ASSERT(!str_is_rope(s));
  return s->cell.flags & STR_SLICE ? ((const SliceString *)s)->chars : (const void *)(s + 1);
}
static ALWAYS_INLINE const u8 *str_chars8(const String *s) {
  ASSERT(!str_is_utf16(s));
  return str_chars(s);
}
static ALWAYS_INLINE const u16 *str_chars16(const String *s) {
  ASSERT(str_is_utf16(s));
  return str_chars(s);
}
static ALWAYS_INLINE u16 str_char_at_flat(const String *s, u32 i) { return str_is_utf16(s) ? str_chars16(s)[i] : str_chars8(s)[i]; }

// Makes a rope flat in place (iteratively) and returns s; NULL: out of memory was thrown.
MUST_CHECK String *str_flatten_slow(Isolate *iso, String *s);
MUST_CHECK static ALWAYS_INLINE String *str_flatten(Isolate *iso, String *s) {
  return LIKELY(!str_is_rope(s)) ? s : str_flatten_slow(iso, s);
}

// ---- Making strings ----
MUST_CHECK String *str_new_latin1(Isolate *iso, const u8 *chars, u32 length);
MUST_CHECK String *str_new_utf16(Isolate *iso, const u16 *chars, u32 length);  // narrows when it can
MUST_CHECK String *str_new_utf8(Isolate *iso, const char *bytes, size_t size); // invalid sequences become U+FFFD
MUST_CHECK String *str_new_cstring(Isolate *iso, const char *ascii);
MUST_CHECK String *str_new_format(Isolate *iso, const char *format, ...) PRINTF_LIKE(2, 3); // result taken as UTF-8
MUST_CHECK String *str_new_static_latin1(Isolate *iso, const u8 *chars, u32 length);        // not copied; must live for ever
MUST_CHECK String *str_new_uninit8(Isolate *iso, u32 length, u8 **chars); // caller fills the chars before any other allocation
MUST_CHECK String *str_new_uninit16(Isolate *iso, u32 length, u16 **chars);
String *str_from_char(Isolate *iso, u16 unit); // 0..255 are static
String *str_from_code_point(Isolate *iso, u32 code_point);
MUST_CHECK String *str_concat(Isolate *iso, String *a, String *b);
MUST_CHECK String *str_concat_int(Isolate *iso, String *a, i32 i); // a + i without a string of i
MUST_CHECK String *str_concat3(Isolate *iso, String *a, String *b, String *c);
MUST_CHECK String *str_substring(Isolate *iso, String *s, u32 start, u32 end); // start <= end <= length

// ---- Reading ----
MUST_CHECK bool str_equals(Isolate *iso, String *a, String *b, bool *equal); // false: failed (flattening)
// Order by code units (IsLessThan): *order < 0, 0, > 0.
MUST_CHECK bool str_compare(Isolate *iso, String *a, String *b, int *order);
// Atoms and flat strings: no failure possible.
bool str_equals_flat(const String *a, const String *b);
bool str_equals_ascii(const String *flat, const char *ascii);
int str_compare_flat(const String *a, const String *b);
u32 str_hash_flat(String *flat); // never 0; caches
// Code unit at i (flattens).
MUST_CHECK bool str_char_at(Isolate *iso, String *s, u32 i, u16 *unit);
// Code point at i of a flat string, joining a surrogate pair; *units is 1 or 2.
u32 str_code_point_at_flat(const String *flat, u32 i, u32 *units);
// First occurrence of flat `needle` in flat `s` at or after `from`; -1: none. And the last at or before `from`.
i64 str_index_of_flat(const String *s, const String *needle, u32 from);
i64 str_last_index_of_flat(const String *s, const String *needle, u32 from);
// UTF-8 bytes (lone surrogates become U+FFFD) with a final NUL, in native memory: base_free it. NULL: thrown.
MUST_CHECK char *str_to_utf8(Isolate *iso, String *s, size_t *size);
size_t str_utf8_length_flat(const String *flat);
// The same for flat texts of any length, with polls. false: thrown or terminating. `out` has room for the length.
MUST_CHECK bool str_utf8_length_polling(Isolate *iso, const String *flat, size_t *size);
MUST_CHECK bool str_to_utf8_polling(Isolate *iso, const String *flat, u8 *out);

// ---- Builder: amortised appending in a Bytes cell; lives on the C stack, needs no cleanup. ----
typedef struct StringBuilder {
  Isolate *iso;
  Cell *buffer; // Bytes
  u32 length, capacity;
  bool utf16, failed; // once failed (thrown), appends do nothing and finish returns NULL
} StringBuilder;
void sb_init(StringBuilder *sb, Isolate *iso);
void sb_append_unit(StringBuilder *sb, u16 unit);
void sb_append_code_point(StringBuilder *sb, u32 code_point);
void sb_append_int(StringBuilder *sb, i32 i); // in decimal
// A separator, if there is one (-1: none), and an int in decimal; what joining numbers does most.
void sb_append_int_after(StringBuilder *sb, i32 separator, i32 i);
void sb_append_ascii(StringBuilder *sb, const char *ascii);
void sb_append_latin1(StringBuilder *sb, const u8 *chars, u32 length);
void sb_append_utf16(StringBuilder *sb, const u16 *chars, u32 length);
void sb_append(StringBuilder *sb, String *s);
void sb_append_range(StringBuilder *sb, String *s, u32 start, u32 end);
void sb_append_utf8(StringBuilder *sb, const char *bytes, size_t size);
MUST_CHECK String *sb_finish(StringBuilder *sb);
// For callers that write text themselves: a Bytes cell of at least `size` bytes whose data need not be zero, and the string
// of the first `size` bytes in it (16-bit units when utf16), to which the buffer then belongs.
MUST_CHECK struct Bytes *bytes_new_uninit(Isolate *iso, u64 size);
MUST_CHECK String *str_from_buffer(Isolate *iso, struct Bytes *buffer, size_t size, bool utf16);

// ---- Atoms and keys (vm/atom.c) ----
// The atom equal to a string; NULL: failed. Index strings give an atom-less result: use key_from_string for keys.
MUST_CHECK PropertyKey key_from_string(Isolate *iso, String *s); // array index, or atom
MUST_CHECK PropertyKey key_from_latin1(Isolate *iso, const u8 *chars, u32 length);
MUST_CHECK PropertyKey key_from_utf16(Isolate *iso, const u16 *chars, u32 length);
MUST_CHECK PropertyKey key_from_cstring(Isolate *iso, const char *ascii);
MUST_CHECK PropertyKey key_from_double(Isolate *iso, double d); // ToString(d) as a key
// Key for 0 .. 2^53-1 (array-likes longer than 2^32-1 use atoms).
MUST_CHECK PropertyKey key_from_u64(Isolate *iso, u64 index);
bool str_parse_array_index(const String *flat, u32 *index); // canonical index strings only
// The key as a value: string or symbol. NULL never, but for out of memory with index keys.
MUST_CHECK Value key_to_value(Isolate *iso, PropertyKey key);
MUST_CHECK String *key_to_display_string(Isolate *iso, PropertyKey key); // symbols as Symbol(desc): for messages
static ALWAYS_INLINE bool key_is_symbol(PropertyKey k);
static ALWAYS_INLINE bool key_is_atom(PropertyKey k); // a string key that is not an index

typedef struct AtomTable AtomTable;
bool atom_table_init(Isolate *iso);
void atom_table_destroy(Isolate *iso);
void atom_table_sweep(Isolate *iso); // after marking: forget dead atoms

// ---- Numbers and text ----
MUST_CHECK String *number_to_string(Isolate *iso, double d, u32 radix); // Number::toString
MUST_CHECK String *int_to_string(Isolate *iso, i32 i);
double str_to_number_flat(const String *flat); // StringToNumber; NaN when it is no number

// ---- Symbols ----
struct Symbol {
  Cell cell;
  u32 hash;
  u32 flags;               // SYMBOL_*
  REF(String) description; // may be NULL
};
enum { SYMBOL_REGISTERED = 1, SYMBOL_WELL_KNOWN = 2, SYMBOL_PRIVATE = 4 }; // PRIVATE: #names; never visible to reflection
MUST_CHECK Symbol *symbol_new(Isolate *iso, String *description, u32 flags);
static inline Symbol *value_symbol(Value v) { return (Symbol *)v; }

// Static atoms and well-known symbols: ATOM(push), SYM(iterator). They are constant data of the program.
#include "vm/atoms.h"

// ---- Kind tests ----
enum HeapKind {
  KIND_FREE = 0,
#define KIND(NAME, Type) KIND_##NAME,
#include "vm/kinds.def"
#undef KIND
  KIND_COUNT,
};
#define KIND_FIRST_OBJECT KIND_OBJECT

static ALWAYS_INLINE bool value_is_kind(Value v, u8 kind) { return value_is_cell(v) && value_cell(v)->kind == kind; }
static ALWAYS_INLINE bool value_is_string(Value v) { return value_is_kind(v, KIND_STRING); }
static ALWAYS_INLINE bool value_is_symbol(Value v) { return value_is_kind(v, KIND_SYMBOL); }
static ALWAYS_INLINE bool value_is_bigint(Value v) { return value_is_kind(v, KIND_BIGINT); }
static ALWAYS_INLINE bool value_is_object(Value v) { return value_is_cell(v) && value_cell(v)->kind >= KIND_FIRST_OBJECT; }
static ALWAYS_INLINE bool key_is_symbol(PropertyKey k) { return !key_is_index(k) && key_cell(k)->kind == KIND_SYMBOL; }
static ALWAYS_INLINE bool key_is_atom(PropertyKey k) { return !key_is_index(k) && key_cell(k)->kind == KIND_STRING; }

enum { SHAPE_ID_NONE = 0, SHAPE_ID_STRING, SHAPE_ID_SYMBOL, SHAPE_ID_BIGINT, SHAPE_ID_FIRST_DYNAMIC };

#endif
