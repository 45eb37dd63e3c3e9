// SPDX-License-Identifier: MIT
// The pools of one body: strings, constants, inline cache keys. A name remembers its numbers (AstName.user), so that nothing is
// looked up twice.
#include <math.h>

#include "base/digits.h"
#include "base/dtoa.h"
#include "base/hash.h"
#include "base/utf.h"
#include "compiler/gen_internal.h"

static NameUse *use_of(Gen *g, AstName *name) {
  NameUse *use = name->user;
  if (!use) use = name->user = ARENA_NEW(g->c->arena, NameUse);
  if (use->serial != g->c->serial) *use = (NameUse){g->c->serial, UINT32_MAX, UINT32_MAX, UINT32_MAX};
  return use;
}

static u32 add_constant(Gen *g, Constant constant) {
  vec_push(&g->constants, constant);
  return g->constants.len - 1;
}

// Numbers and caches by value.
static u32 *map_slot(ConstMap *map, u64 key, u32 kind) {
  if (map->count * 2 >= map->mask) {
    u32 size = map->mask ? (map->mask + 1) * 2 : 16;
    MapEntry *old = map->entries;
    u32 old_size = map->mask ? map->mask + 1 : 0;
    map->entries = base_alloc_zeroed(size * sizeof(MapEntry));
    map->mask = size - 1;
    map->count = 0;
    for (u32 i = 0; i < old_size; i++) {
      if (old[i].value) *map_slot(map, old[i].key, old[i].kind) = old[i].value;
    }
    base_free(old);
  }
  u32 i = (u32)((key ^ kind) * 0x9E3779B97F4A7C15ull >> 32) & map->mask;
  while (map->entries[i].value && (map->entries[i].key != key || map->entries[i].kind != kind)) i = (i + 1) & map->mask;
  MapEntry *entry = &map->entries[i];
  if (!entry->value) {
    entry->key = key;
    entry->kind = kind;
    map->count++;
  }
  return &entry->value;
}

// ---- strings

enum { ATOM_LENGTH_MAX = 64 }; // longer literals are seldom keys
_Static_assert(SOURCE_LENGTH_MAX < 1u << 30, "ConstantString.length has 30 bits");

u32 const_string_number(Gen *g, AstName *name) {
  NameUse *use = use_of(g, name);
  if (use->string != UINT32_MAX) return use->string;
  ConstantString s = {
      .length = name->length, .utf16 = name->is_utf16, .is_atom = name->length <= ATOM_LENGTH_MAX && !name->is_index};
  if (name->is_utf16) {
    s.offset = g->text16.len;
    if (name->length) memcpy(vec_extend(&g->text16, name->length), name->utf16, name->length * 2ul);
  } else {
    s.offset = g->text8.len;
    bytes_append(&g->text8, name->latin1, name->length);
  }
  vec_push(&g->strings, s);
  return use->string = g->strings.len - 1;
}

// A string that is a key of a property for certain.
static u32 key_string_number(Gen *g, AstName *name) {
  u32 number = const_string_number(g, name);
  if (!name->is_index) g->strings.data[number].is_atom = true;
  return number;
}

u32 const_string(Gen *g, AstName *name) {
  NameUse *use = use_of(g, name);
  if (use->constant != UINT32_MAX) return use->constant;
  u32 string = const_string_number(g, name);
  return use->constant = add_constant(g, (Constant){.kind = CONST_STRING, .a = string});
}

u32 const_name(Gen *g, AstName *name) {
  key_string_number(g, name);
  return const_string(g, name);
}

static u64 double_bits(double value) {
  u64 bits;
  if (value != value) value = __builtin_nan("");
  memcpy(&bits, &value, 8);
  return bits;
}

u32 const_number(Gen *g, double value) {
  bool in_range = value >= -2147483648.0 && value <= 2147483647.0; // beyond it C does not say what the conversion gives
  bool is_int = in_range && value == (double)(i32)value && !(value == 0 && signbit(value));
  u64 bits = double_bits(value);
  u32 *slot = map_slot(&g->numbers, bits, CONST_DOUBLE);
  if (!*slot) {
    u32 number = is_int ? add_constant(g, (Constant){.kind = CONST_INT, .a = (u32)(i32)value})
                        : add_constant(g, (Constant){.kind = CONST_DOUBLE, .bits = bits + DOUBLE_OFFSET});
    *slot = number + 1;
  }
  return *slot - 1;
}

u32 const_raw_double(Gen *g, double value) {
  u64 bits = double_bits(value);
  u32 *slot = map_slot(&g->numbers, bits, CONST_RAW_DOUBLE);
  if (!*slot) *slot = add_constant(g, (Constant){.kind = CONST_RAW_DOUBLE, .bits = bits}) + 1;
  return *slot - 1;
}

u32 const_special(Gen *g, u32 bits) {
  u32 *slot = map_slot(&g->numbers, bits, CONST_SPECIAL);
  if (!*slot) *slot = add_constant(g, (Constant){.kind = CONST_SPECIAL, .a = bits}) + 1;
  return *slot - 1;
}

u32 const_bigint(Gen *g, AstName *text) {
  AstName *decimal = name_from_bigint(g, text);
  return add_constant(g, (Constant){.kind = CONST_BIGINT, .a = const_string_number(g, decimal)});
}

u32 const_regexp(Gen *g, AstName *pattern, AstName *flags) {
  u32 a = const_string_number(g, pattern), b = const_string_number(g, flags);
  return add_constant(g, (Constant){.kind = CONST_REGEXP, .a = a, .b = b});
}

u32 const_template(Gen *g, const TemplateNode *quasi) {
  u32 count = quasi->expressions.count + 1;
  u32 *raw = ARENA_ARRAY(g->c->arena, u32, count), *cooked = ARENA_ARRAY(g->c->arena, u32, count);
  for (u32 i = 0; i < count; i++) {
    raw[i] = const_string_number(g, quasi->parts[i].raw);
    cooked[i] = quasi->parts[i].cooked ? const_string_number(g, quasi->parts[i].cooked) : UINT32_MAX;
  }
  vec_push(&g->templates, (TemplateConstant){count, raw, cooked});
  return add_constant(g, (Constant){.kind = CONST_TEMPLATE, .a = g->templates.len - 1});
}

u32 const_shape(Gen *g, AstName *const *keys, u32 count) {
  u32 *numbers = ARENA_ARRAY(g->c->arena, u32, count);
  for (u32 i = 0; i < count; i++) numbers[i] = key_string_number(g, keys[i]);
  // Literals with the same keys share the constant.
  u64 key = count;
  for (u32 i = 0; i < count; i++) key = (key ^ numbers[i]) * 0x9E3779B97F4A7C15ull;
  u32 *slot = map_slot(&g->numbers, key, CONST_SHAPE);
  if (*slot) {
    const ShapeConstant *old = &g->shapes.data[g->constants.data[*slot - 1].a];
    if (old->count == count && memcmp(old->keys, numbers, count * 4ul) == 0) return *slot - 1;
  }
  vec_push(&g->shapes, (ShapeConstant){count, numbers});
  u32 number = add_constant(g, (Constant){.kind = CONST_SHAPE, .a = g->shapes.len - 1});
  *slot = number + 1;
  return number;
}

u32 const_array(Gen *g, const u32 *elements, u32 count) {
  vec_push(&g->arrays, (ArrayConstant){count, elements});
  return add_constant(g, (Constant){.kind = CONST_ARRAY, .a = g->arrays.len - 1});
}

u32 const_function(Gen *g, CodeBlock *block) {
  vec_push(&g->functions, block);
  return add_constant(g, (Constant){.kind = CONST_FUNCTION, .a = g->functions.len - 1});
}

u32 const_ic(Gen *g, AstName *key) {
  if (UNLIKELY(key && g->ic_keys.len >= 0xff00)) { // sites of one name share a cache in huge functions
    u32 *slot = map_slot(&g->keyed_ics, key_string_number(g, key), 1);
    if (*slot) return *slot - 1;
    if (g->ic_keys.len >= 0xfff0) return UINT32_MAX;
    *slot = g->ic_keys.len + 1;
  }
  vec_push(&g->ic_keys, key ? key_string_number(g, key) : UINT32_MAX);
  return g->ic_keys.len - 1;
}

u32 const_global_ic(Gen *g, AstName *name) {
  NameUse *use = use_of(g, name);
  if (use->global_ic == UINT32_MAX) {
    vec_push(&g->ic_keys, key_string_number(g, name));
    use->global_ic = g->ic_keys.len - 1;
  }
  return use->global_ic;
}

u32 const_scope(Gen *g, Scope *scope) {
  CodeScope *code_scope = code_scope_for(g, scope);
  for (u32 i = 0; i < g->scopes.len; i++) {
    if (g->scopes.data[i] == code_scope) return i;
  }
  vec_push(&g->scopes, code_scope_retain(code_scope));
  return g->scopes.len - 1;
}

// ---- names

AstName *name_from_ascii(Gen *g, const char *ascii) {
  size_t length = strlen(ascii);
  char *copy = arena_alloc(g->c->arena, length + 1);
  memcpy(copy, ascii, length);
  return ast_name_new(g->c->arena, copy, (u32)length, false);
}

AstName *name_from_number(Gen *g, double value) {
  char text[NUMBER_TEXT_MAX + 1];
  size_t length = number_to_text(value, text);
  text[length] = 0;
  return name_from_ascii(g, text);
}

// The literal's text may have a prefix of another radix; keys and constants are decimal.
AstName *name_from_bigint(Gen *g, const AstName *literal) {
  const char *text = (const char *)literal->latin1;
  u32 length = literal->length, radix = 10;
  if (length > 2 && text[0] == '0') {
    char p = text[1] | 0x20;
    radix = p == 'x' ? 16 : p == 'o' ? 8 : p == 'b' ? 2 : 10;
  }
  if (radix == 10) return (AstName *)(uintptr_t)literal;
  text += 2;
  length -= 2;
  DigitsWork work = {0};
  u64 *limbs = base_alloc((digits_limbs_bound(length, radix) + 1) * sizeof(u64));
  u32 n = digits_from_text(limbs, text, length, radix, &work);
  AstName *name = (AstName *)(uintptr_t)literal;
  if (n != DIGITS_FAIL) {
    size_t size = digits_text_bound(limbs, n, 10), written;
    char *out = arena_alloc(g->c->arena, size + 1);
    if (digits_to_text(out, &written, limbs, n, 10, &work)) name = ast_name_new(g->c->arena, out, (u32)written, false);
  }
  base_free(limbs);
  return name;
}

AstName *name_with_suffix(Gen *g, const AstName *name, const char *suffix) {
  u32 extra = (u32)strlen(suffix), length = extra + name->length;
  if (!name->is_utf16) {
    u8 *chars = arena_alloc(g->c->arena, length + 1);
    memcpy(chars, name->latin1, name->length);
    memcpy(chars + name->length, suffix, extra);
    return ast_name_new(g->c->arena, chars, length, false);
  }
  u16 *chars = arena_alloc(g->c->arena, length * 2ul + 2);
  memcpy(chars, name->utf16, name->length * 2ul);
  latin1_widen((const u8 *)suffix, extra, chars + name->length);
  return ast_name_new(g->c->arena, chars, length, true);
}

char *name_to_wtf8(const AstName *name, const char *prefix, u32 *length) {
  size_t before = prefix ? strlen(prefix) : 0, size = 0;
  if (name) size = name->is_utf16 ? utf16_utf8_length(name->utf16, name->length) : latin1_utf8_length(name->latin1, name->length);
  char *out = base_alloc(before + size + 1);
  if (before) memcpy(out, prefix, before);
  if (name && name->is_utf16) {
    utf16_to_wtf8(name->utf16, name->length, (u8 *)out + before);
  } else if (name) {
    latin1_to_utf8(name->latin1, name->length, (u8 *)out + before);
  }
  out[before + size] = 0;
  *length = (u32)(before + size);
  return out;
}

// ---- loading

static void load_constant(Gen *g, u32 number, Reg dst) { emit_big(g, OP_LOAD_K, (u32)dst, (i32)number); }

void load_string(Gen *g, AstName *name, Reg dst) { load_constant(g, const_string(g, name), dst); }

void load_int(Gen *g, i32 value, Reg dst) {
  if (value >= INT16_MIN && value <= INT16_MAX) {
    emit_big(g, OP_LOAD_INT, (u32)dst, value);
  } else {
    load_constant(g, const_number(g, value), dst);
  }
}

void load_number(Gen *g, double value, Reg dst) {
  if (value >= INT16_MIN && value <= INT16_MAX && value == (double)(i32)value && !(value == 0 && signbit(value))) {
    load_int(g, (i32)value, dst);
  } else {
    load_constant(g, const_number(g, value), dst);
  }
}

void load_special(Gen *g, u32 bits, Reg dst) { emit(g, OP_LOAD_SPECIAL, (u32)dst, bits, 0); }
void load_undefined(Gen *g, Reg dst) { load_special(g, SPECIAL_UNDEFINED, dst); }
