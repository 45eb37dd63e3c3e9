// SPDX-License-Identifier: MIT
// Atoms: one String per text that was used as a name. Names that the program knows are constant data in a constant hash table;
// all others are in the isolate's weak table: native memory, open addressing, each word a cell address below 16 bits of
// the hash, so that a probe seldom touches a wrong atom. Atoms are allocated old: only full collections can free them, and then
// atom_table_sweep drops them from the table. Tests: tests/unit/vm/test_atom.c.
#include "base/dtoa.h"
#include "base/math_extra.h"
#include "vm/string_internal.h"

#include "vm/atoms_static.inc"

struct AtomTable {
  u64 *slots; // 0: free
  u32 count, mask;
};

enum { FIRST_SIZE = 256, INLINE_BYTES_MAX = 256, INDEX_DIGITS_MAX = 10 };
#define ADDRESS_MASK 0x0000FFFFFFFFFFFFull

typedef struct Text {
  const void *chars;
  u32 length, hash;
  bool utf16;
} Text;

PropertyKey atom_from_id(u32 id) {
  if (id < 256) return id - '0' < 10 ? key_from_index(id - '0') : key_from_cell(&weft_atoms.chars[id]);
  if (id < ATOM_COUNT) return key_from_cell((const char *)&weft_atoms + (size_t)weft_atom_offsets[id - 256] * 16);
  ASSERT(id - ATOM_COUNT < SYM_COUNT);
  return key_from_cell(&weft_symbols[id - ATOM_COUNT]);
}

// ---- The two tables ----

static ALWAYS_INLINE bool text_equals(const String *atom, const Text *text) {
  if (atom->hash != text->hash || atom->length != text->length) return false;
  bool atom_wide = str_is_utf16(atom);
  const void *chars = str_chars(atom);
  if (atom_wide == text->utf16) return !memcmp(chars, text->chars, (size_t)text->length << atom_wide);
  return atom_wide ? false : str_equal_mixed(chars, text->chars, text->length); // wide atoms do not fit Latin-1
}

static String *find_static(const Text *text) {
  for (u32 i = text->hash & STATIC_ATOM_TABLE_MASK;; i = (i + 1) & STATIC_ATOM_TABLE_MASK) {
    u32 offset = weft_atom_table[i];
    if (!offset) return NULL;
    const String *atom = (const String *)(const void *)((const char *)&weft_atoms + (size_t)offset * 16);
    if (text_equals(atom, text)) return (String *)(uintptr_t)atom;
  }
}

static ALWAYS_INLINE u64 tag_of(u32 hash) { return (u64)(hash >> 16) << 48; }

static String *find_dynamic(const AtomTable *table, const Text *text) {
  u64 tag = tag_of(text->hash);
  for (u32 i = text->hash & table->mask;; i = (i + 1) & table->mask) {
    u64 slot = table->slots[i];
    if (!slot) return NULL;
    if ((slot & ~ADDRESS_MASK) != tag) continue;
    String *atom = (String *)(uintptr_t)(slot & ADDRESS_MASK);
    if (text_equals(atom, text)) return atom;
  }
}

static void place(u64 *slots, u32 mask, u64 slot, u32 hash) {
  u32 i = hash & mask;
  while (slots[i]) i = (i + 1) & mask;
  slots[i] = slot;
}

static void rebuild(AtomTable *table, u32 size) {
  u64 *slots = base_alloc_zeroed(size * sizeof *slots);
  for (u32 i = 0; i <= table->mask; i++) {
    u64 slot = table->slots[i];
    if (slot) place(slots, size - 1, slot, ((String *)(uintptr_t)(slot & ADDRESS_MASK))->hash);
  }
  base_free(table->slots);
  table->slots = slots;
  table->mask = size - 1;
}

bool atom_table_init(Isolate *iso) {
  AtomTable *table = base_try_alloc(sizeof *table);
  if (!table) return false;
  u64 *slots = base_try_alloc_zeroed(FIRST_SIZE * sizeof *slots);
  if (!slots) {
    base_free(table);
    return false;
  }
  *table = (AtomTable){.slots = slots, .mask = FIRST_SIZE - 1};
  iso->atoms = table;
  return true;
}

void atom_table_destroy(Isolate *iso) {
  if (!iso->atoms) return;
  base_free(iso->atoms->slots);
  base_free(iso->atoms);
  iso->atoms = NULL;
}

void atom_table_sweep(Isolate *iso) {
  AtomTable *table = iso->atoms;
  if (!table) return;
  u32 live = 0;
  for (u32 i = 0; i <= table->mask; i++) {
    u64 slot = table->slots[i];
    if (!slot) continue;
    if (gc_is_marked(&iso->heap, (Cell *)(uintptr_t)(slot & ADDRESS_MASK))) {
      live++;
    } else {
      table->slots[i] = 0;
    }
  }
  if (live == table->count) return;
  // Probe sequences have gaps now: place the rest anew, in a smaller table if it has become empty.
  table->count = live;
  u32 size = table->mask + 1;
  while (size > FIRST_SIZE && live < size / 8) size /= 2;
  rebuild(table, size);
}

// ---- Interning ----

// `s` is the string that has the text, or NULL.
static String *make_atom(Isolate *iso, const Text *text, String *s) {
  String *atom;
  bool narrow = text->utf16 && utf16_fits_latin1(text->chars, text->length);
  u16 utf16 = text->utf16 && !narrow ? STR_UTF16 : 0;
  size_t size = (size_t)text->length << utf16;
  if (size <= INLINE_BYTES_MAX) {
    atom = (String *)gc_alloc_old(&iso->heap, sizeof(String) + size, KIND_STRING);
    atom->cell.flags = STR_ATOM | STR_NOT_INDEX | utf16;
    if (narrow) {
      utf16_narrow(text->chars, text->length, (u8 *)(atom + 1));
    } else {
      memcpy(atom + 1, text->chars, size);
    }
  } else { // long names borrow the characters of the string that brought them
    if (narrow || !s) {
      s = TRY(text->utf16 ? str_new_utf16(iso, text->chars, text->length) : str_new_latin1(iso, text->chars, text->length));
    }
    const void *chars = str_chars(s);
    Cell *parent = s->cell.flags & STR_SLICE ? ref_get(((SliceString *)s)->parent) : &s->cell;
    SliceString *slice = (SliceString *)gc_alloc_old(&iso->heap, sizeof(SliceString), KIND_STRING);
    atom = &slice->string;
    slice->string.cell.flags = STR_ATOM | STR_NOT_INDEX | STR_SLICE | utf16;
    slice->chars = chars;
    ref_set(iso, slice, &slice->parent, parent);
  }
  atom->cell.shape_id = SHAPE_ID_STRING;
  atom->length = text->length;
  atom->hash = text->hash;
  return atom;
}

static String *intern(Isolate *iso, const Text *text, String *s) {
  String *atom = find_static(text);
  if (atom) return atom;
  AtomTable *table = iso->atoms;
  atom = find_dynamic(table, text);
  if (atom) return atom;
  atom = TRY(make_atom(iso, text, s)); // may collect, and so change the table
  if ((table->count + 1) * 4ull > (table->mask + 1) * 3ull) rebuild(table, (table->mask + 1) * 2);
  place(table->slots, table->mask, (u64)(uintptr_t)atom | tag_of(text->hash), text->hash);
  table->count++;
  return atom;
}

// ---- Array indices ----

static ALWAYS_INLINE bool parse_index(const void *chars, bool utf16, u32 length, u32 *index) {
  if (length - 1 >= INDEX_DIGITS_MAX) return false;
  const u8 *p8 = chars;
  const u16 *p16 = chars;
  u64 value = 0;
  for (u32 i = 0; i < length; i++) {
    u32 digit = (utf16 ? p16[i] : p8[i]) - (u32)'0';
    if (digit > 9 || (!value && i)) return false; // no leading zeros
    value = value * 10 + digit;
  }
  *index = (u32)value;
  return value <= MAX_ARRAY_INDEX;
}

bool str_parse_array_index(const String *flat, u32 *index) {
  if (flat->cell.flags & STR_NOT_INDEX) return false;
  bool is_index = parse_index(str_chars(flat), str_is_utf16(flat), flat->length, index);
  if (!(flat->cell.gc_bits & GC_STATIC)) ((String *)(uintptr_t)flat)->cell.flags |= is_index ? STR_INDEX : STR_NOT_INDEX;
  return is_index;
}

// ---- Keys ----

static PropertyKey key_from_text(Isolate *iso, const void *chars, u32 length, bool utf16) {
  u32 index;
  if (parse_index(chars, utf16, length, &index)) return key_from_index(index);
  if (!length) return ATOM(empty);
  u32 first = utf16 ? *(const u16 *)chars : *(const u8 *)chars;
  if (length == 1 && first < 256) return key_from_cell(&weft_atoms.chars[first]);
  Text text = {.chars = chars, .length = length, .utf16 = utf16};
  text.hash = utf16 ? hash_utf16(chars, length) : hash_latin1(chars, length);
  return key_from_cell(TRY(intern(iso, &text, NULL)));
}

PropertyKey key_from_string(Isolate *iso, String *s) {
  if (LIKELY(str_is_atom(s))) return key_from_cell(s);
  TRY(str_flatten(iso, s));
  u32 index;
  if (str_parse_array_index(s, &index)) return key_from_index(index);
  bool utf16 = str_is_utf16(s);
  if (s->length <= 1) return key_from_text(iso, str_chars(s), s->length, utf16);
  SliceString *slice = (SliceString *)s;
  if (s->cell.flags & STR_SLICE) { // a slice that met its atom before points at it
    String *parent = (String *)ref_get(slice->parent);
    if (parent && parent->cell.kind == KIND_STRING && str_is_atom(parent) && parent->length == s->length)
      return key_from_cell(parent);
  }
  Text text = {.chars = str_chars(s), .length = s->length, .hash = str_hash_flat(s), .utf16 = utf16};
  String *atom = TRY(intern(iso, &text, s));
  if (s->cell.flags & STR_SLICE && str_is_utf16(atom) == utf16 && !(atom->cell.flags & STR_SLICE)) {
    slice->chars = str_chars(atom);
    ref_set(iso, s, &slice->parent, &atom->cell);
  }
  return key_from_cell(atom);
}

PropertyKey key_from_latin1(Isolate *iso, const u8 *chars, u32 length) { return key_from_text(iso, chars, length, false); }
PropertyKey key_from_utf16(Isolate *iso, const u16 *chars, u32 length) { return key_from_text(iso, chars, length, true); }
PropertyKey key_from_cstring(Isolate *iso, const char *ascii) { return key_from_text(iso, ascii, (u32)strlen(ascii), false); }

PropertyKey key_from_double(Isolate *iso, double d) {
  if (d >= 0 && d <= MAX_ARRAY_INDEX && d == (double)(u32)d) return key_from_index((u32)d); // -0 too: "0"
  char text[NUMBER_TEXT_MAX];
  size_t length = number_to_text(d, text);
  return key_from_text(iso, text, (u32)length, false);
}

PropertyKey key_from_u64(Isolate *iso, u64 index) {
  if (LIKELY(index <= MAX_ARRAY_INDEX)) return key_from_index((u32)index);
  char text[NUMBER_TEXT_MAX];
  size_t length = number_u64_to_text(index, text);
  return key_from_text(iso, text, (u32)length, false);
}

static String *index_to_string(Isolate *iso, u32 index) {
  if (index <= INT32_MAX) return int_to_string(iso, (i32)index);
  return number_to_string(iso, index, 10);
}

Value key_to_value(Isolate *iso, PropertyKey key) {
  if (key_is_index(key)) return value_from_cell(index_to_string(iso, key_index(key)));
  return value_from_cell(key_cell(key));
}

String *key_to_display_string(Isolate *iso, PropertyKey key) {
  if (key_is_index(key)) return index_to_string(iso, key_index(key));
  if (key_is_atom(key)) return (String *)key_cell(key);
  const Symbol *symbol = (const Symbol *)key_cell(key);
  String *description = ref_get(symbol->description);
  if (symbol->flags & SYMBOL_PRIVATE) return description ? description : ATOM_STRING(empty);
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "Symbol(");
  if (description) sb_append(&sb, description);
  sb_append_unit(&sb, ')');
  return sb_finish(&sb);
}
