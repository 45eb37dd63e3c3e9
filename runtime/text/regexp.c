// SPDX-License-Identifier: MIT
// RegExp objects (ECMA-262 22.2, Annex B.2.4): construction, exec, accessors, the static properties of the last match. Matching is
// runtime/regexp/; the methods that strings call are regexp_symbols.c.
// Equal patterns share one program: a small cache of the isolate finds it, so that a literal in a loop costs an allocation.
// Tests: tests/js/text/regexp*.js
#include "runtime/text/regexp_internal.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/text/regexp.h"

enum { PROGRAM_CACHE_SIZE = 256, PROGRAM_CACHE_WAYS = 4, CACHED_PATTERN_MAX = 512, LAST_MATCH_GROUPS = 10 };

typedef struct CachedProgram {
  RegexpProgram *program; // NULL: free
  void *chars;
  u32 length, flags, hash;
  bool utf16;
} CachedProgram;

typedef struct RegexpState { // iso->regexp_context
  RegexpContext context;
  u32 depth; // executions under way: an interrupt may run JS that matches again
  CachedProgram cache[PROGRAM_CACHE_SIZE];
  // RegExp.$1 and its relatives
  Persistent last_subject, last_input;
  u32 last_captures[2 * LAST_MATCH_GROUPS];
  u32 last_group_count;
  bool last_invalid;
} RegexpState;

static bool on_interrupt(void *data) { return isolate_poll(data); }

// The isolate is going: its collector frees the roots, and the isolate the memory itself.
static void free_state(void *context) {
  RegexpState *state = context;
  regexp_context_free(&state->context);
  for (u32 i = 0; i < PROGRAM_CACHE_SIZE; i++) {
    if (state->cache[i].program) regexp_program_release(state->cache[i].program);
    base_free(state->cache[i].chars);
  }
}

static RegexpState *regexp_state(Isolate *iso) {
  if (LIKELY(iso->regexp_context != NULL)) return iso->regexp_context;
  RegexpState *state = base_alloc_zeroed(sizeof *state);
  state->context.interrupt = (const volatile u32 *)(const void *)&iso->interrupts;
  state->context.on_interrupt = on_interrupt;
  state->context.data = iso;
  gc_persistent_init(&iso->heap, &state->last_subject, value_bits(value_from_cell(ATOM_STRING(empty))));
  gc_persistent_init(&iso->heap, &state->last_input, value_bits(value_from_cell(ATOM_STRING(empty))));
  iso->regexp_context = state;
  iso->free_regexp_context = free_state;
  return state;
}

// ---- Programs ----

static void release_program(void *program) { regexp_program_release(program); }

static void *throw_pattern_error(Isolate *iso, String *pattern, String *flags, const char *message) {
  return THROW(iso, REGEXP_SYNTAX, error_text_of_string(iso, pattern), error_text_of_string(iso, flags), message);
}

// The program of a flat pattern, with a reference for the caller. NULL: SyntaxError.
static RegexpProgram *find_program(Isolate *iso, String *pattern, String *flags_text, u32 flags) {
  RegexpState *state = regexp_state(iso);
  bool utf16 = str_is_utf16(pattern);
  u32 hash = str_hash_flat(pattern) + flags * 31, bytes = pattern->length << utf16;
  CachedProgram *set = &state->cache[hash_u64(hash) % (PROGRAM_CACHE_SIZE / PROGRAM_CACHE_WAYS) * PROGRAM_CACHE_WAYS];
  for (u32 i = 0; i < PROGRAM_CACHE_WAYS; i++) {
    CachedProgram *cached = &set[i];
    if (cached->program && cached->hash == hash && cached->flags == flags && cached->length == pattern->length &&
        cached->utf16 == utf16 && !memcmp(cached->chars, str_chars(pattern), bytes)) {
      return regexp_program_retain(cached->program);
    }
  }
  const char *message = NULL;
  RegexpProgram *program = regexp_program_new(str_chars(pattern), utf16, pattern->length, flags, &message);
  if (!program) return throw_pattern_error(iso, pattern, flags_text, message ? message : "Invalid regular expression");
  if (pattern->length > CACHED_PATTERN_MAX) return program;
  CachedProgram *oldest = &set[PROGRAM_CACHE_WAYS - 1];
  if (oldest->program) regexp_program_release(oldest->program);
  base_free(oldest->chars);
  memmove(&set[1], &set[0], (PROGRAM_CACHE_WAYS - 1) * sizeof *set);
  set[0] = (CachedProgram){.program = regexp_program_retain(program),
                           .chars = base_alloc(bytes + 1),
                           .length = pattern->length,
                           .flags = flags,
                           .hash = hash,
                           .utf16 = utf16};
  memcpy(set[0].chars, str_chars(pattern), bytes);
  return program;
}

// ---- Making objects ----

static JSRegExp *furnish(Isolate *iso, JSRegExp *r, bool legacy_features) {
  r->legacy_features = legacy_features;
  ref_set(iso, r, &r->realm, realm_current(iso));
  obj_put_direct(iso, &r->object, ATOM(lastIndex), value_from_int(0), ATTR_WRITABLE);
  return r;
}

// The slot of lastIndex, which is always the first.
static ALWAYS_INLINE Slot *last_index_slot(JSRegExp *r) { return (Slot *)(void *)(r + 1); }

// RegExpInitialize with texts. lastIndex is not touched.
static bool set_pattern(Isolate *iso, JSRegExp *r, String *pattern, String *flags) {
  u32 bits;
  pattern = TRY(str_flatten(iso, pattern));
  flags = TRY(str_flatten(iso, flags));
  if (!regexp_flags_parse(str_chars(flags), str_is_utf16(flags), flags->length, &bits)) {
    return THROW(iso, REGEXP_FLAGS, error_text_of_string(iso, flags));
  }
  RegexpProgram *program = TRY(find_program(iso, pattern, flags, bits));
  if (r->release_program) r->release_program(r->program);
  else gc_register_finalizer(&iso->heap, &r->object.cell);
  r->program = program;
  r->release_program = release_program;
  r->flag_bits = bits;
  ref_set(iso, r, &r->source, pattern);
  ref_set(iso, r, &r->flags, flags);
  return true;
}

static bool initialize(Isolate *iso, JSRegExp *r, Value pattern, Value flags) {
  String *p = ATOM_STRING(empty), *f = ATOM_STRING(empty);
  if (!value_is_undefined(pattern)) p = TRY(to_string(iso, pattern));
  if (!value_is_undefined(flags)) f = TRY(to_string(iso, flags));
  TRY(set_pattern(iso, r, p, f));
  return regexp_set_last_index(iso, &r->object, value_from_int(0));
}

Value regexp_create(Isolate *iso, String *pattern, String *flags) {
  JSRegExp *r = TRY(obj_new_kind(iso, KIND_REGEXP, intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE)));
  furnish(iso, r, true);
  TRY(set_pattern(iso, r, pattern, flags));
  return value_from_object(r);
}

Value regexp_copy(Isolate *iso, JSRegExp *r) {
  JSRegExp *copy = TRY(obj_new_kind(iso, KIND_REGEXP, intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE)));
  furnish(iso, copy, true);
  gc_register_finalizer(&iso->heap, &copy->object.cell);
  copy->program = regexp_program_retain(r->program);
  copy->release_program = release_program;
  copy->flag_bits = r->flag_bits;
  ref_set(iso, copy, &copy->source, ref_get(r->source));
  ref_set(iso, copy, &copy->flags, ref_get(r->flags));
  slot_set(iso, copy, last_index_slot(copy), slot_get(last_index_slot(r)));
  return value_from_object(copy);
}

Value regexp_clone(Isolate *iso, Value regexp) {
  JSRegExp *model = value_regexp(regexp);
  Shape *shape = obj_shape(iso, &model->object);
  JSRegExp *r;
  // The model of a literal is seen by nobody: its shape is that of a new regular expression, unless the realm is another one.
  if (LIKELY(slot_get(&shape->proto) == intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE) && shape->count == 1)) {
    r = (JSRegExp *)obj_alloc(iso, shape, KIND_REGEXP);
    r->legacy_features = true;
    slot_init(last_index_slot(r), value_from_int(0));
    ref_init(&r->realm, realm_current(iso));
  } else {
    r = TRY(obj_new_kind(iso, KIND_REGEXP, intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE)));
    furnish(iso, r, true);
  }
  r->program = model->program;
  r->flag_bits = model->flag_bits;
  ref_set(iso, r, &r->model, &model->object);
  ref_set(iso, r, &r->source, ref_get(model->source));
  ref_set(iso, r, &r->flags, ref_get(model->flags));
  return value_from_object(r);
}

static Value regexp_constructor(Isolate *iso, const Call *call) {
  Value pattern = call_arg(call, 0), flags = call_arg(call, 1), new_target = call->new_target;
  Tri is_regexp = TRY(is_reg_exp(iso, pattern));
  if (!call_is_construct(call)) {
    new_target = call->callee;
    if (is_regexp == TRI_YES && value_is_undefined(flags)) {
      Value constructor = TRY(obj_get(iso, value_object(pattern), ATOM(constructor)));
      if (constructor == new_target) return pattern;
    }
  }
  if (value_is_kind(pattern, KIND_REGEXP)) {
    JSRegExp *other = value_regexp(pattern);
    pattern = value_from_cell(ref_get(other->source));
    if (value_is_undefined(flags)) flags = value_from_cell(ref_get(other->flags));
  } else if (is_regexp == TRI_YES) {
    JSObject *other = value_object(pattern);
    pattern = TRY(obj_get(iso, other, ATOM(source)));
    if (value_is_undefined(flags)) flags = TRY(obj_get(iso, other, ATOM(flags)));
  }
  JSRegExp *r = TRY(ordinary_create_from_constructor(iso, new_target, INTRINSIC_REGEXP_PROTOTYPE, KIND_REGEXP));
  furnish(iso, r, new_target == call->callee);
  TRY(initialize(iso, r, pattern, flags));
  return value_from_object(r);
}

// ---- lastIndex ----

bool regexp_set_last_index(Isolate *iso, JSObject *o, Value v) {
  PropertySlot found;
  if (o->cell.kind == KIND_REGEXP && shape_lookup(obj_shape(iso, o), ATOM(lastIndex), &found) && (found.attrs & ATTR_WRITABLE)) {
    slot_set(iso, o, last_index_slot((JSRegExp *)o), v);
    return true;
  }
  return obj_set(iso, o, ATOM(lastIndex), v, true);
}

u64 advance_string_index(const String *flat, u64 index, bool unicode) {
  if (!unicode || index + 1 >= flat->length) return index + 1;
  u32 units;
  str_code_point_at_flat(flat, (u32)index, &units);
  return index + units;
}

// ---- Execution ----

bool captures_init(Isolate *iso, Captures *c, const JSRegExp *r) {
  c->count = regexp_program_capture_count(r->program);
  c->at = c->few;
  if (2 * c->count <= CAPTURES_FEW) return true;
  Bytes *bytes = TRY(bytes_new(iso, (u64)c->count * 2 * sizeof(u32)));
  c->at = (u32 *)(void *)bytes->data;
  return true;
}

Value captures_group(Isolate *iso, const Captures *c, String *s, u32 group) {
  u32 start = c->at[2 * group], end = c->at[2 * group + 1];
  if (start == REGEXP_UNSET) return VALUE_UNDEFINED;
  if (start == end) return value_from_cell(ATOM_STRING(empty));
  if (end - start == 1) return value_from_cell(str_from_char(iso, str_char_at_flat(s, start)));
  return value_from_cell(str_substring(iso, s, start, end));
}

static void remember_match(RegexpState *state, const JSRegExp *r, String *s, const Captures *c) {
  state->last_invalid = !r->legacy_features;
  state->last_subject.word = state->last_input.word = value_bits(value_from_cell(s));
  state->last_group_count = MIN(c->count, (u32)LAST_MATCH_GROUPS);
  memcpy(state->last_captures, c->at, state->last_group_count * 2 * sizeof(u32));
}

Tri regexp_match_at(Isolate *iso, JSRegExp *r, String *s, u32 start, u32 options, Captures *c) {
  RegexpState *state = regexp_state(iso);
  RegexpContext own = {0}, *context = &state->context;
  if (UNLIKELY(state->depth)) { // an interrupt of a match runs JS that matches
    own = (RegexpContext){.interrupt = context->interrupt, .on_interrupt = on_interrupt, .data = iso};
    context = &own;
  }
  Captures ignored;
  if (!c) {
    c = &ignored;
    TRY(captures_init(iso, c, r));
  }
  state->depth++;
  RegexpResult result = regexp_exec_with(r->program, str_chars(s), str_is_utf16(s), s->length, start, options, c->at, context);
  state->depth--;
  RegexpErrorKind error = context->error;
  if (context == &own) regexp_context_free(&own);
  if (result == REGEXP_MATCH) {
    remember_match(state, r, s, c);
    return TRI_YES;
  }
  if (result == REGEXP_NO_MATCH) return TRI_NO;
  if (error != REGEXP_INTERRUPTED) throw_stack_overflow(iso);
  return TRI_FAIL;
}

// An object as %RegExp% makes it, whose exec is the built-in one.
static bool exec_is_pristine(Isolate *iso, Realm *realm, Value v) {
  if (!value_is_kind(v, KIND_REGEXP)) return false;
  const Shape *shape = obj_shape(iso, value_object(v));
  if (shape->count != 1 || slot_get(&shape->proto) != value_from_object(realm_intrinsic(iso, realm, INTRINSIC_REGEXP_PROTOTYPE)))
    return false;
  return builtin_is_pristine(iso, realm, PRISTINE_REGEXP_EXEC);
}

// The guards of the prototype's properties, all at once: they hold the same shape id when all have been asked before.
static bool prototype_is_pristine(Isolate *iso, Realm *realm) {
  JSObject *proto = realm_intrinsic(iso, realm, INTRINSIC_REGEXP_PROTOTYPE);
  Shape *shape = obj_shape(iso, proto);
  for (u32 id = PRISTINE_REGEXP_EXEC; id <= PRISTINE_REGEXP_CONSTRUCTOR; id++) {
    const struct PristineGuard *guard = &realm->guards[id];
    if (LIKELY(guard->shape_id == shape->id && slot_get(obj_slot_at(proto, shape, guard->slot)) == slot_get(&guard->expected)))
      continue;
    if (!builtin_is_pristine(iso, realm, id)) return false;
  }
  return builtin_is_pristine(iso, realm, PRISTINE_REGEXP_SPECIES);
}
STATIC_ASSERT(PRISTINE_REGEXP_SPECIES == PRISTINE_REGEXP_CONSTRUCTOR + 1);

bool regexp_is_pristine(Isolate *iso, Value v) {
  Realm *realm = realm_current(iso);
  if (!value_is_kind(v, KIND_REGEXP)) return false;
  const Shape *shape = obj_shape(iso, value_object(v));
  if (shape->count != 1 || slot_get(&shape->proto) != value_from_object(realm_intrinsic(iso, realm, INTRINSIC_REGEXP_PROTOTYPE)))
    return false;
  if (shape->flags & SHAPE_UNIQUE) return false;
  Value last = slot_get(last_index_slot(value_regexp(v)));
  return value_is_int(last) && value_int(last) >= 0 && prototype_is_pristine(iso, realm);
}

// An object without prototype: name to value of each named group. `values` holds one value for each group.
Value regexp_groups(Isolate *iso, JSRegExp *r, const Value *values) {
  const RegexpGroupName *names;
  u32 count = regexp_program_names(r->program, &names);
  if (!count) return VALUE_UNDEFINED;
  JSObject *groups = TRY(ordinary_object_create(iso, VALUE_NULL));
  for (u32 i = 0; i < count; i++) {
    PropertyKey key = TRY(key_from_utf16(iso, names[i].chars, names[i].length));
    Value v = values[names[i].capture];
    if (value_is_undefined(v) && TRY(has_own_property(iso, groups, key)) == TRI_YES)
      continue; // another group of the name took part
    TRY(create_data_property(iso, groups, key, v));
  }
  return value_from_object(groups);
}

static Value index_pair(Isolate *iso, const Captures *c, u32 group) {
  if (c->at[2 * group] == REGEXP_UNSET) return VALUE_UNDEFINED;
  Value pair[2] = {value_from_u32(c->at[2 * group]), value_from_u32(c->at[2 * group + 1])};
  return value_from_object(array_from_values(iso, pair, 2));
}

// MakeMatchIndicesIndexPairArray
static Value match_indices(Isolate *iso, JSRegExp *r, const Captures *c) {
  JSObject *array = TRY(array_create(iso, 0));
  for (u32 i = 0; i < c->count; i++) {
    Value pair = TRY(index_pair(iso, c, i));
    TRY(array_push_value(iso, array, pair));
  }
  Value groups = TRY(regexp_groups(iso, r, list_values(array)));
  obj_put_direct(iso, array, ATOM(groups), groups, ATTR_ALL);
  return value_from_object(array);
}

static Value match_result(Isolate *iso, JSRegExp *r, String *s, const Captures *c) {
  Shape *shape = ref_get(realm_current(iso)->shape_match);
  JSObject *array = TRY(array_new_uninit_shaped(iso, shape, c->count));
  Slot *slots = obj_slot_at(array, shape, 0);
  slot_init(&slots[0], value_from_u32(c->at[0]));
  slot_init(&slots[1], value_from_cell(s));
  slot_init(&slots[2], VALUE_UNDEFINED);
  for (u32 i = 0; i < c->count; i++) {
    Value v = c->at[2 * i] == REGEXP_UNSET ? VALUE_UNDEFINED : TRY(captures_group(iso, c, s, i));
    array_init_element(iso, array, i, v);
  }
  Value groups = TRY(regexp_groups(iso, r, list_values(array)));
  slot_set(iso, array, &slots[2], groups);
  if (r->flag_bits & REGEXP_HAS_INDICES) {
    Value indices = TRY(match_indices(iso, r, c));
    obj_put_direct(iso, array, ATOM(indices), indices, ATTR_ALL);
  }
  return value_from_object(array);
}

// The steps of RegExpBuiltinExec but for the result: YES: *c is the match.
static Tri builtin_exec_steps(Isolate *iso, JSRegExp *r, String *s, Captures *c) {
  u64 last_index = 0;
  Value v = slot_get(last_index_slot(r));
  if (LIKELY(value_is_int(v) && value_int(v) >= 0)) last_index = (u64)value_int(v);
  else TRY(to_length(iso, v, &last_index));
  bool moves = r->flag_bits & (REGEXP_GLOBAL | REGEXP_STICKY); // read after ToLength, which may run compile()
  if (!moves) last_index = 0;
  TRY(captures_init(iso, c, r));
  Tri found = TRI_NO;
  if (last_index <= s->length) found = TRY(regexp_match_at(iso, r, s, (u32)last_index, 0, c));
  if (moves) TRY(regexp_set_last_index(iso, &r->object, value_from_u32(found == TRI_YES ? c->at[1] : 0)));
  return found;
}

Value regexp_builtin_exec(Isolate *iso, JSRegExp *r, String *s) {
  Captures c;
  s = TRY(str_flatten(iso, s));
  Tri found = TRY(builtin_exec_steps(iso, r, s, &c));
  return found == TRI_YES ? match_result(iso, r, s, &c) : VALUE_NULL;
}

Value regexp_exec_abstract(Isolate *iso, JSObject *r, String *s) {
  if (exec_is_pristine(iso, realm_current(iso), value_from_object(r))) return regexp_builtin_exec(iso, (JSRegExp *)r, s);
  Value exec = TRY(obj_get(iso, r, ATOM(exec)));
  if (value_is_callable(exec)) {
    Value result = TRY(CALL1(iso, exec, value_from_object(r), value_from_cell(s)));
    if (!value_is_object(result) && !value_is_null(result)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, result));
    return result;
  }
  if (r->cell.kind != KIND_REGEXP) return throw_incompatible(iso, "RegExp.prototype.exec", value_from_object(r));
  return regexp_builtin_exec(iso, (JSRegExp *)r, s);
}

static JSRegExp *this_regexp(Isolate *iso, Value v, const char *method) {
  return value_is_kind(v, KIND_REGEXP) ? value_regexp(v) : throw_incompatible(iso, method, v);
}

static Value regexp_exec_method(Isolate *iso, const Call *call) {
  JSRegExp *r = TRY(this_regexp(iso, call->this_value, "RegExp.prototype.exec"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  return regexp_builtin_exec(iso, r, s);
}

static Value regexp_test(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call->this_value, "RegExp.prototype.test"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  if (exec_is_pristine(iso, realm_current(iso), call->this_value)) {
    Captures c;
    s = TRY(str_flatten(iso, s));
    return value_from_bool(TRY(builtin_exec_steps(iso, (JSRegExp *)o, s, &c)) == TRI_YES);
  }
  Value result = TRY(regexp_exec_abstract(iso, o, s));
  return value_from_bool(!value_is_null(result));
}

static Value regexp_compile_method(Isolate *iso, const Call *call) {
  JSRegExp *r = TRY(this_regexp(iso, call->this_value, "RegExp.prototype.compile"));
  Value pattern = call_arg(call, 0), flags = call_arg(call, 1);
  if (ref_get(r->realm) != realm_current(iso) || !r->legacy_features)
    return throw_incompatible(iso, "RegExp.prototype.compile", call->this_value);
  if (value_is_kind(pattern, KIND_REGEXP)) {
    if (!value_is_undefined(flags)) return THROW(iso, TYPE, "Invalid flags supplied to RegExp.prototype.compile");
    JSRegExp *other = value_regexp(pattern);
    pattern = value_from_cell(ref_get(other->source));
    flags = value_from_cell(ref_get(other->flags));
  }
  TRY(initialize(iso, r, pattern, flags));
  return call->this_value;
}

// ---- Accessors ----

static Value regexp_get_flag(Isolate *iso, const Call *call) { // magic: REGEXP_* flag
  if (value_is_kind(call->this_value, KIND_REGEXP))
    return value_from_bool(value_regexp(call->this_value)->flag_bits & native_magic(call));
  if (call->this_value == intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE)) return VALUE_UNDEFINED;
  return throw_incompatible(iso, "RegExp.prototype flag getter", call->this_value);
}

static Value regexp_get_flags(Isolate *iso, const Call *call) {
  static const struct {
    char letter;
    u16 atom;
  } flags[] = {
      {'d', ATOM_hasIndices}, {'g', ATOM_global},  {'i', ATOM_ignoreCase},  {'m', ATOM_multiline},
      {'s', ATOM_dotAll},     {'u', ATOM_unicode}, {'v', ATOM_unicodeSets}, {'y', ATOM_sticky},
  };
  JSObject *o = TRY(require_object(iso, call->this_value, "RegExp.prototype.flags getter"));
  u8 text[ARRAY_LEN(flags)];
  u32 n = 0;
  for (u32 i = 0; i < ARRAY_LEN(flags); i++) {
    Value v = TRY(obj_get(iso, o, atom_from_id(flags[i].atom)));
    if (to_boolean(iso, v)) text[n++] = (u8)flags[i].letter;
  }
  return value_from_cell(str_new_latin1(iso, text, n));
}

// EscapeRegExpPattern: a slash outside a class, and line terminators.
static Value escaped_source(Isolate *iso, String *source) {
  if (!source->length) return value_from_cell(str_new_cstring(iso, "(?:)"));
  StringBuilder sb;
  sb_init(&sb, iso);
  bool in_class = false, changed = false;
  for (u32 i = 0; i < source->length; i++) {
    u16 c = str_char_at_flat(source, i);
    bool escaped = c == '\\' && i + 1 < source->length;
    if (escaped) {
      sb_append_unit(&sb, '\\');
      c = str_char_at_flat(source, ++i);
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    }
    bool line = unicode_is_line_terminator(c);
    if (!line && (c != '/' || escaped || in_class)) {
      sb_append_unit(&sb, c);
      continue;
    }
    changed = true;
    if (!escaped) sb_append_unit(&sb, '\\');
    sb_append_ascii(&sb, c == '/' ? "/" : c == '\n' ? "n" : c == '\r' ? "r" : c == 0x2028 ? "u2028" : "u2029");
  }
  return changed ? value_from_cell(sb_finish(&sb)) : value_from_cell(source);
}

static Value regexp_get_source(Isolate *iso, const Call *call) {
  if (value_is_kind(call->this_value, KIND_REGEXP)) return escaped_source(iso, ref_get(value_regexp(call->this_value)->source));
  if (call->this_value == intrinsic(iso, INTRINSIC_REGEXP_PROTOTYPE)) return value_from_cell(str_new_cstring(iso, "(?:)"));
  return throw_incompatible(iso, "RegExp.prototype.source getter", call->this_value);
}

static Value regexp_to_string(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call->this_value, "RegExp.prototype.toString"));
  Value source = TRY(obj_get(iso, o, ATOM(source)));
  String *pattern = TRY(to_string(iso, source));
  Value flags = TRY(obj_get(iso, o, ATOM(flags)));
  String *letters = TRY(to_string(iso, flags));
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "/");
  sb_append(&sb, pattern);
  sb_append_ascii(&sb, "/");
  sb_append(&sb, letters);
  return value_from_cell(sb_finish(&sb));
}

static Value regexp_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- RegExp.escape ----

static void escape_code_point(StringBuilder *sb, u32 cp) {
  char text[16];
  static const char controls[] = "tnvfr"; // 9 to 13
  if (cp < 0x80 && cp && strchr("^$\\.*+?()[]{}|/", (int)cp)) {
    snprintf(text, sizeof text, "\\%c", (char)cp);
  } else if (cp >= 9 && cp <= 13) {
    snprintf(text, sizeof text, "\\%c", controls[cp - 9]);
  } else if ((cp < 0x80 && cp && strchr(",-=<>#&!%:;@~'`\"", (int)cp)) || unicode_is_trimmed(cp) || utf16_is_surrogate(cp)) {
    snprintf(text, sizeof text, cp < 0x100 ? "\\x%02x" : "\\u%04x", cp);
  } else {
    return sb_append_code_point(sb, cp);
  }
  sb_append_ascii(sb, text);
}

static Value regexp_escape(Isolate *iso, const Call *call) {
  if (!value_is_string(call_arg(call, 0))) return THROW(iso, TYPE, "RegExp.escape requires a string");
  String *s = TRY(str_flatten(iso, value_string(call->args[0])));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0, units; i < s->length; i += units) {
    u32 cp = str_code_point_at_flat(s, i, &units);
    bool letter = (cp | 0x20) - 'a' < 26 || cp - '0' < 10;
    if (i || !letter) {
      escape_code_point(&sb, cp);
      continue;
    }
    char text[8];
    snprintf(text, sizeof text, "\\x%02x", cp);
    sb_append_ascii(&sb, text);
  }
  return value_from_cell(sb_finish(&sb));
}

// ---- The last match ----

enum LegacyProperty { LEGACY_LAST_MATCH = 0, LEGACY_INPUT = 10, LEGACY_LAST_PAREN, LEGACY_LEFT, LEGACY_RIGHT }; // 1..9: groups

static bool legacy_check(Isolate *iso, const Call *call) {
  if (call->this_value == intrinsic(iso, INTRINSIC_REGEXP)) return true;
  return throw_incompatible(iso, "RegExp static property", call->this_value);
}

static Value legacy_range(Isolate *iso, String *s, u32 start, u32 end) {
  if (start == REGEXP_UNSET || start >= end) return value_from_cell(ATOM_STRING(empty));
  return value_from_cell(str_substring(iso, s, start, end));
}

static Value regexp_get_legacy(Isolate *iso, const Call *call) { // magic: enum LegacyProperty
  TRY(legacy_check(iso, call));
  RegexpState *state = regexp_state(iso);
  if (state->last_invalid) return throw_incompatible(iso, "RegExp static property", call->this_value);
  String *s = (String *)(uintptr_t)state->last_subject.word;
  u32 what = native_magic(call), *c = state->last_captures, groups = state->last_group_count;
  switch (what) {
  case LEGACY_INPUT: return value_from_bits(state->last_input.word);
  case LEGACY_LAST_PAREN:
    return groups > 1 ? legacy_range(iso, s, c[2 * groups - 2], c[2 * groups - 1]) : value_from_cell(ATOM_STRING(empty));
  case LEGACY_LEFT: return groups ? legacy_range(iso, s, 0, c[0]) : value_from_cell(ATOM_STRING(empty));
  case LEGACY_RIGHT: return groups ? legacy_range(iso, s, c[1], s->length) : value_from_cell(ATOM_STRING(empty));
  default: return what < groups ? legacy_range(iso, s, c[2 * what], c[2 * what + 1]) : value_from_cell(ATOM_STRING(empty));
  }
}

static Value regexp_set_legacy_input(Isolate *iso, const Call *call) {
  TRY(legacy_check(iso, call));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  regexp_state(iso)->last_input.word = value_bits(value_from_cell(s));
  return VALUE_UNDEFINED;
}

// ---- %RegExpStringIteratorPrototype% ----

static Value regexp_string_iterator_next(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_REGEXP_STRING_ITERATOR)) {
    return throw_incompatible(iso, "%RegExpStringIterator.prototype%.next", call->this_value);
  }
  JSRegExpStringIterator *it = (JSRegExpStringIterator *)value_object(call->this_value);
  if (it->done) return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  JSObject *r = value_object(slot_get(&it->regexp));
  String *s = ref_get(it->string);
  Value match = regexp_exec_abstract(iso, r, s);
  if (!match || value_is_null(match)) {
    it->done = true;
    return match ? value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true)) : VALUE_FAIL;
  }
  if (!it->global) {
    it->done = true;
    return value_from_object(create_iter_result(iso, match, false));
  }
  Value text = TRY(obj_get(iso, value_object(match), key_from_index(0)));
  String *matched = TRY(to_string(iso, text));
  if (!matched->length) {
    u64 index;
    Value last = TRY(obj_get(iso, r, ATOM(lastIndex)));
    TRY(to_length(iso, last, &index));
    s = TRY(str_flatten(iso, s));
    TRY(regexp_set_last_index(iso, r, value_from_i64((i64)advance_string_index(s, index, it->unicode))));
  }
  return value_from_object(create_iter_result(iso, match, false));
}

// ---- Tables ----

#define LEGACY(name_, what_) \
  { .key = ATOM_##name_, .kind = BUILTIN_ACCESSOR_PROPERTY, .attrs = ATTR_CONFIGURABLE, .magic = what_, .fn = regexp_get_legacy }
static const BuiltinProperty regexp_properties[] = {
    GETTER_SYM(species, regexp_get_species),
    METHOD(escape, regexp_escape, 1),
    {.key = ATOM_input,
     .kind = BUILTIN_ACCESSOR_PROPERTY,
     .attrs = ATTR_CONFIGURABLE,
     .magic = LEGACY_INPUT,
     .fn = regexp_get_legacy,
     .fn2 = regexp_set_legacy_input},
    {.key = ATOM_$_,
     .kind = BUILTIN_ACCESSOR_PROPERTY,
     .attrs = ATTR_CONFIGURABLE,
     .magic = LEGACY_INPUT,
     .fn = regexp_get_legacy,
     .fn2 = regexp_set_legacy_input},
    LEGACY(lastMatch, LEGACY_LAST_MATCH),
    LEGACY(dollar_ampersand, LEGACY_LAST_MATCH),
    LEGACY(lastParen, LEGACY_LAST_PAREN),
    LEGACY(dollar_plus, LEGACY_LAST_PAREN),
    LEGACY(leftContext, LEGACY_LEFT),
    LEGACY(dollar_backtick, LEGACY_LEFT),
    LEGACY(rightContext, LEGACY_RIGHT),
    LEGACY(dollar_quote, LEGACY_RIGHT),
    LEGACY($1, 1),
    LEGACY($2, 2),
    LEGACY($3, 3),
    LEGACY($4, 4),
    LEGACY($5, 5),
    LEGACY($6, 6),
    LEGACY($7, 7),
    LEGACY($8, 8),
    LEGACY($9, 9),
};
static const BuiltinProperty regexp_prototype_properties[] = {
    METHOD(exec, regexp_exec_method, 1),
    GETTER_MAGIC(dotAll, regexp_get_flag, REGEXP_DOT_ALL),
    GETTER(flags, regexp_get_flags),
    GETTER_MAGIC(global, regexp_get_flag, REGEXP_GLOBAL),
    GETTER_MAGIC(hasIndices, regexp_get_flag, REGEXP_HAS_INDICES),
    GETTER_MAGIC(ignoreCase, regexp_get_flag, REGEXP_IGNORE_CASE),
    GETTER_MAGIC(multiline, regexp_get_flag, REGEXP_MULTILINE),
    GETTER(source, regexp_get_source),
    GETTER_MAGIC(sticky, regexp_get_flag, REGEXP_STICKY),
    GETTER_MAGIC(unicode, regexp_get_flag, REGEXP_UNICODE),
    METHOD(compile, regexp_compile_method, 2),
    METHOD(toString, regexp_to_string, 0),
    METHOD(test, regexp_test, 1),
    METHOD_SYM(match, regexp_symbol_match, 1),
    METHOD_SYM(matchAll, regexp_symbol_match_all, 1),
    METHOD_SYM(replace, regexp_symbol_replace, 2),
    METHOD_SYM(search, regexp_symbol_search, 1),
    METHOD_SYM(split, regexp_symbol_split, 2),
    GETTER_MAGIC(unicodeSets, regexp_get_flag, REGEXP_UNICODE_SETS),
};
static const BuiltinProperty regexp_string_iterator_prototype_properties[] = {
    METHOD(next, regexp_string_iterator_next, 0),
    STRING_TAG(RegExp_String_Iterator),
};
const BuiltinObject builtin_regexp = BUILTIN_CLASS(RegExp, regexp_constructor, 2, INTRINSIC_REGEXP_PROTOTYPE, regexp_properties);
const BuiltinObject builtin_regexp_prototype = BUILTIN_PROTOTYPE(INTRINSIC_REGEXP, regexp_prototype_properties);
const BuiltinObject builtin_regexp_string_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, regexp_string_iterator_prototype_properties);
