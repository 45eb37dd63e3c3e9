// SPDX-License-Identifier: MIT
// The methods of RegExp.prototype that strings call: match, matchAll, replace, search, split (ECMA-262 22.2.6). Regular expressions
// that nobody has changed are matched directly; all others take the specification's steps.
#include "runtime/text/regexp_internal.h"
#include "base/utf.h"

// ToString(Get(rx, "flags")), flat.
static String *flags_of(Isolate *iso, JSObject *rx) {
  Value v = TRY(obj_get(iso, rx, ATOM(flags)));
  String *s = TRY(to_string(iso, v));
  return str_flatten(iso, s);
}

static bool has_flag(Isolate *iso, const String *flags, char letter) {
  return str_index_of_flat(flags, str_from_char(iso, (u8)letter), 0) >= 0;
}

static bool last_index_of(Isolate *iso, JSObject *rx, u64 *index) {
  Value v = TRY(obj_get(iso, rx, ATOM(lastIndex)));
  return to_length(iso, v, index);
}

// After an empty match: lastIndex goes on by one.
static bool advance_last_index(Isolate *iso, JSObject *rx, String *s, bool unicode) {
  u64 index;
  TRY(last_index_of(iso, rx, &index));
  return regexp_set_last_index(iso, rx, value_from_i64((i64)advance_string_index(s, index, unicode)));
}

static String *matched_text(Isolate *iso, Value result) {
  Value v = TRY(obj_get(iso, value_object(result), key_from_index(0)));
  return to_string(iso, v);
}

// ---- match ----

static Value match_all_pristine(Isolate *iso, JSRegExp *r, String *s) {
  bool unicode = r->flag_bits & REGEXP_UNICODE_MODE;
  Captures c;
  Collector texts;
  texts.array = NULL;
  texts.count = 0;
  TRY(captures_init(iso, &c, r));
  TRY(regexp_set_last_index(iso, &r->object, value_from_int(0)));
  for (u64 at = 0; at <= s->length;) {
    TRY(isolate_poll(iso));
    Tri found = TRY(regexp_match_at(iso, r, s, (u32)at, 0, &c));
    if (found == TRI_NO) break;
    Value text = TRY(captures_group(iso, &c, s, 0));
    TRY(collector_add(iso, &texts, text));
    at = c.at[1] == c.at[0] ? advance_string_index(s, c.at[1], unicode) : c.at[1];
  }
  return texts.count ? collector_finish(iso, &texts) : VALUE_NULL;
}

Value regexp_symbol_match(Isolate *iso, const Call *call) {
  JSObject *rx = TRY(require_object(iso, call->this_value, "RegExp.prototype.@@match"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  if (regexp_is_pristine(iso, call->this_value)) {
    JSRegExp *r = (JSRegExp *)rx;
    return r->flag_bits & REGEXP_GLOBAL ? match_all_pristine(iso, r, s) : regexp_builtin_exec(iso, r, s);
  }
  String *flags = TRY(flags_of(iso, rx));
  if (!has_flag(iso, flags, 'g')) return regexp_exec_abstract(iso, rx, s);
  bool unicode = has_flag(iso, flags, 'u') || has_flag(iso, flags, 'v');
  TRY(regexp_set_last_index(iso, rx, value_from_int(0)));
  JSObject *array = TRY(array_create(iso, 0));
  for (;;) {
    TRY(isolate_poll(iso));
    Value result = TRY(regexp_exec_abstract(iso, rx, s));
    if (value_is_null(result)) return array_length(array) ? value_from_object(array) : VALUE_NULL;
    String *text = TRY(matched_text(iso, result));
    TRY(array_push_value(iso, array, value_from_cell(text)));
    if (!text->length) TRY(advance_last_index(iso, rx, s, unicode));
  }
}

static Value string_iterator_new(Isolate *iso, Value matcher, String *s, bool global, bool unicode) {
  JSRegExpStringIterator *it =
      TRY(obj_new_kind(iso, KIND_REGEXP_STRING_ITERATOR, intrinsic(iso, INTRINSIC_REGEXP_STRING_ITERATOR_PROTOTYPE)));
  slot_set(iso, it, &it->regexp, matcher);
  ref_set(iso, it, &it->string, s);
  it->global = global;
  it->unicode = unicode;
  return value_from_object(it);
}

Value regexp_symbol_match_all(Isolate *iso, const Call *call) {
  JSObject *rx = TRY(require_object(iso, call->this_value, "RegExp.prototype.@@matchAll"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  if (regexp_is_pristine(iso, call->this_value)) {
    Value copy = TRY(regexp_copy(iso, (JSRegExp *)rx));
    u32 bits = ((JSRegExp *)rx)->flag_bits;
    return string_iterator_new(iso, copy, s, bits & REGEXP_GLOBAL, bits & REGEXP_UNICODE_MODE);
  }
  Value constructor = TRY(species_constructor(iso, rx, intrinsic(iso, INTRINSIC_REGEXP)));
  String *flags = TRY(flags_of(iso, rx));
  Value args[2] = {call->this_value, value_from_cell(flags)};
  Value matcher = TRY(construct(iso, constructor, 2, args, constructor));
  u64 index;
  TRY(last_index_of(iso, rx, &index));
  TRY(regexp_set_last_index(iso, value_object(matcher), value_from_i64((i64)index)));
  bool unicode = has_flag(iso, flags, 'u') || has_flag(iso, flags, 'v');
  return string_iterator_new(iso, matcher, s, has_flag(iso, flags, 'g'), unicode);
}

// ---- search ----

Value regexp_symbol_search(Isolate *iso, const Call *call) {
  JSObject *rx = TRY(require_object(iso, call->this_value, "RegExp.prototype.@@search"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  if (regexp_is_pristine(iso, call->this_value)) {
    Captures c;
    TRY(captures_init(iso, &c, (JSRegExp *)rx));
    Tri found = TRY(regexp_match_at(iso, (JSRegExp *)rx, s, 0, 0, &c));
    return found == TRI_YES ? value_from_u32(c.at[0]) : value_from_int(-1);
  }
  Value previous = TRY(obj_get(iso, rx, ATOM(lastIndex)));
  if (TRY(same_value(iso, previous, value_from_int(0))) == TRI_NO) TRY(regexp_set_last_index(iso, rx, value_from_int(0)));
  Value result = TRY(regexp_exec_abstract(iso, rx, s));
  Value current = TRY(obj_get(iso, rx, ATOM(lastIndex)));
  if (TRY(same_value(iso, current, previous)) == TRI_NO) TRY(regexp_set_last_index(iso, rx, previous));
  return value_is_null(result) ? value_from_int(-1) : obj_get(iso, value_object(result), ATOM(index));
}

// ---- replace ----

// Where the text between matches continues, and what comes out.
typedef struct Replacement {
  StringBuilder sb;
  String *s;
  String *template; // NULL: a function
  bool plain;       // the template has no $
  bool named;       // the pattern has named groups
  Value function;
  u64 next; // first unit of s that is not written yet
} Replacement;

// Writes the text before the match and what replaces it. `values` are the matched text and the groups; `named` as in the standard.
static bool replace_one(Isolate *iso, Replacement *p, u32 position, u32 matched_length, JSObject *values, Value named) {
  u32 count = array_length(values);
  String *replacement;
  if (!p->template) {
    TRY(array_push_value(iso, values, value_from_u32(position)));
    TRY(array_push_value(iso, values, value_from_cell(p->s)));
    if (!value_is_undefined(named)) TRY(array_push_value(iso, values, named));
    Value v = TRY(call_function(iso, p->function, VALUE_UNDEFINED, array_length(values), list_values(values)));
    replacement = TRY(to_string(iso, v));
    if (position < p->next) return true;
    sb_append_range(&p->sb, p->s, (u32)p->next, position);
    sb_append(&p->sb, replacement);
  } else {
    Value object = named;
    if (!value_is_undefined(named) && !value_is_object(named)) object = value_from_object(TRY(to_object(iso, named)));
    StringBuilder text;
    sb_init(&text, iso);
    Substitution sub = {
        p->s, position, matched_length, list_values(values) + 1, count - 1, object, value_string(list_get(values, 0))};
    TRY(get_substitution(iso, &text, &sub, p->template));
    replacement = TRY(sb_finish(&text));
    if (position < p->next) return true;
    sb_append_range(&p->sb, p->s, (u32)p->next, position);
    sb_append(&p->sb, replacement);
  }
  p->next = (u64)position + matched_length; // may be behind the end: a foreign exec's text can be long
  return !p->sb.failed;
}

static Value replace_end(Isolate *iso, Replacement *p) {
  (void)iso;
  if (!p->next && !p->sb.length && !p->sb.failed) {
    // Nothing was replaced, or an empty match at 0 by nothing: the text as it is.
    return value_from_cell(p->s);
  }
  if (p->next < p->s->length) sb_append_range(&p->sb, p->s, (u32)p->next, p->s->length);
  return value_from_cell(sb_finish(&p->sb));
}

// The template with what $ names, taken from the subject itself.
static void append_expanded(Replacement *p, const Captures *c) {
  String *t = p->template, *s = p->s;
  u32 groups = c->count - 1, copied = 0;
  for (u32 i = 0; i + 1 < t->length; i++) {
    if (str_char_at_flat(t, i) != '$') continue;
    u32 unit = str_char_at_flat(t, i + 1), start = 0, end = 0, used = 2;
    if (unit == '&') {
      start = c->at[0], end = c->at[1];
    } else if (unit == '`') {
      end = c->at[0];
    } else if (unit == '\'') {
      start = c->at[1], end = s->length;
    } else if (unit - '0' < 10) {
      u32 group = unit - '0', second = i + 2 < t->length ? (u32)str_char_at_flat(t, i + 2) - '0' : 10;
      if (second < 10 && group * 10 + second >= 1 && group * 10 + second <= groups) group = group * 10 + second, used = 3;
      if (group < 1 || group > groups) continue;
      if (c->at[2 * group] != REGEXP_UNSET) start = c->at[2 * group], end = c->at[2 * group + 1];
    } else if (unit != '$') {
      continue;
    }
    if (copied < i) sb_append_range(&p->sb, t, copied, i);
    if (unit == '$') sb_append_unit(&p->sb, '$');
    else if (start < end) sb_append_range(&p->sb, s, start, end);
    copied = i + used;
    i = copied - 1;
  }
  if (copied < t->length) sb_append_range(&p->sb, t, copied, t->length);
}

static bool replace_match(Isolate *iso, Replacement *p, JSRegExp *r, const Captures *c) {
  if (p->plain || !p->named) {
    sb_append_range(&p->sb, p->s, (u32)p->next, c->at[0]);
    if (p->plain) sb_append(&p->sb, p->template);
    else append_expanded(p, c);
    p->next = c->at[1];
    return !p->sb.failed;
  }
  JSObject *values = TRY(array_create(iso, 0));
  for (u32 i = 0; i < c->count; i++) {
    Value v = TRY(captures_group(iso, c, p->s, i));
    TRY(array_push_value(iso, values, v));
  }
  Value named = TRY(regexp_groups(iso, r, list_values(values)));
  return replace_one(iso, p, c->at[0], c->at[1] - c->at[0], values, named);
}

// Calls the function for each match. The matches are `count` times the captures of `c`, one after the other.
static bool replace_by_function(Isolate *iso, Replacement *p, JSRegExp *r, const u32 *matches, u32 count, const Captures *c) {
  u32 argc = c->count + 2 + p->named;
  PreparedCall call;
  TRY(prepared_call_init(iso, &call, p->function, VALUE_UNDEFINED, argc));
  for (u32 n = 0; n < count; n++, matches += 2 * c->count) {
    Captures match = {.at = (u32 *)(uintptr_t)matches, .count = c->count};
    for (u32 i = 0; i < c->count; i++) call.args[i] = TRY(captures_group(iso, &match, p->s, i));
    // A function may have called r.compile: it changes the names of groups that the rest of the matches have.
    if (p->named) call.args[c->count + 2] = TRY(regexp_groups(iso, r, call.args));
    call.args[c->count] = value_from_u32(matches[0]);
    call.args[c->count + 1] = value_from_cell(p->s);
    Value v = TRY(prepared_call(iso, &call));
    String *replacement = TRY(to_string(iso, v));
    sb_append_range(&p->sb, p->s, (u32)p->next, matches[0]);
    sb_append(&p->sb, replacement);
    p->next = matches[1];
    if (p->sb.failed) return false;
  }
  return true;
}

// Without functions nothing can be observed between the matches; with one, all matches are found first, as the standard says.
static Value replace_pristine(Isolate *iso, Replacement *p, JSRegExp *r) {
  bool global = r->flag_bits & REGEXP_GLOBAL, sticky = r->flag_bits & REGEXP_STICKY, unicode = r->flag_bits & REGEXP_UNICODE_MODE;
  Captures c;
  const RegexpGroupName *names;
  p->named = regexp_program_names(r->program, &names) > 0;
  TRY(captures_init(iso, &c, r));
  Value last = TRY(obj_get(iso, &r->object, ATOM(lastIndex)));
  u64 at = sticky && !global ? (u64)value_int(last) : 0;
  if (global) TRY(regexp_set_last_index(iso, &r->object, value_from_int(0)));
  // Captures of all matches, for functions.
  u32 few[4 * CAPTURES_FEW], *matches = few, found_count = 0, words = 2 * c.count, room = ARRAY_LEN(few) / words;
  while (at <= p->s->length) {
    TRY(isolate_poll(iso));
    Tri found = TRY(regexp_match_at(iso, r, p->s, (u32)at, 0, &c));
    if (found == TRI_NO) {
      if (sticky && !global) TRY(regexp_set_last_index(iso, &r->object, value_from_int(0)));
      break;
    }
    at = c.at[1] == c.at[0] ? advance_string_index(p->s, c.at[1], unicode) : c.at[1];
    if (sticky && !global) TRY(regexp_set_last_index(iso, &r->object, value_from_u32(c.at[1])));
    if (p->template) {
      TRY(replace_match(iso, p, r, &c));
    } else {
      if (found_count == room) {
        room = MAX(room * 2, 8u);
        Bytes *bigger = TRY(bytes_new(iso, (u64)room * words * sizeof(u32)));
        memcpy(bigger->data, matches, (size_t)found_count * words * sizeof(u32));
        matches = (u32 *)(void *)bigger->data;
      }
      memcpy(matches + (size_t)found_count * words, c.at, words * sizeof(u32));
      found_count++;
    }
    if (!global) break;
  }
  if (sticky && !global && at > p->s->length && !p->sb.length && !p->next && !found_count) {
    TRY(regexp_set_last_index(iso, &r->object, value_from_int(0)));
  }
  if (found_count) TRY(replace_by_function(iso, p, r, matches, found_count, &c));
  return replace_end(iso, p);
}

static bool replace_result(Isolate *iso, Replacement *p, JSObject *result) {
  u64 length;
  TRY(length_of_array_like(iso, result, &length));
  JSObject *values = TRY(array_create(iso, 0));
  Value matched = TRY(obj_get(iso, result, key_from_index(0)));
  String *text = TRY(to_string(iso, matched));
  Value index = TRY(obj_get(iso, result, ATOM(index)));
  double position;
  TRY(to_integer_or_infinity(iso, index, &position));
  position = position < 0 ? 0 : position > p->s->length ? p->s->length : position;
  TRY(array_push_value(iso, values, value_from_cell(text)));
  for (u64 i = 1; i < length; i++) {
    if (!(i & 255)) TRY(isolate_poll(iso));
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, result, key));
    if (!value_is_undefined(v)) v = value_from_cell(TRY(to_string(iso, v)));
    TRY(array_push_value(iso, values, v));
  }
  Value named = TRY(obj_get(iso, result, ATOM(groups)));
  return replace_one(iso, p, (u32)position, text->length, values, named);
}

static Value replace_slowly(Isolate *iso, Replacement *p, JSObject *rx) {
  String *flags = TRY(flags_of(iso, rx));
  bool global = has_flag(iso, flags, 'g'), unicode = has_flag(iso, flags, 'u') || has_flag(iso, flags, 'v');
  if (global) TRY(regexp_set_last_index(iso, rx, value_from_int(0)));
  JSObject *results = TRY(array_create(iso, 0));
  for (;;) {
    TRY(isolate_poll(iso));
    Value result = TRY(regexp_exec_abstract(iso, rx, p->s));
    if (value_is_null(result)) break;
    TRY(array_push_value(iso, results, result));
    if (!global) break;
    String *text = TRY(matched_text(iso, result));
    if (!text->length) TRY(advance_last_index(iso, rx, p->s, unicode));
  }
  for (u32 i = 0; i < array_length(results); i++) TRY(replace_result(iso, p, value_object(list_get(results, i))));
  return replace_end(iso, p);
}

Value regexp_symbol_replace(Isolate *iso, const Call *call) {
  JSObject *rx = TRY(require_object(iso, call->this_value, "RegExp.prototype.@@replace"));
  Replacement p = {0};
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  p.s = TRY(str_flatten(iso, s));
  sb_init(&p.sb, iso);
  if (value_is_callable(call_arg(call, 1))) {
    p.function = call->args[1];
  } else {
    String *template = TRY(to_string(iso, call_arg(call, 1)));
    p.template = TRY(str_flatten(iso, template));
    p.plain = str_index_of_flat(p.template, str_from_char(iso, '$'), 0) < 0;
  }
  return regexp_is_pristine(iso, call->this_value) ? replace_pristine(iso, &p, (JSRegExp *)rx) : replace_slowly(iso, &p, rx);
}

// ---- split ----

static Value split_pristine(Isolate *iso, JSRegExp *r, String *s, u32 limit) {
  bool unicode = r->flag_bits & REGEXP_UNICODE_MODE;
  Captures c;
  Collector pieces;
  pieces.array = NULL;
  pieces.count = 0;
  TRY(captures_init(iso, &c, r));
  if (!limit) return collector_finish(iso, &pieces);
  if (!s->length) {
    Tri found = TRY(regexp_match_at(iso, r, s, 0, REGEXP_EXEC_STICKY, &c));
    if (found == TRI_NO) TRY(collector_add(iso, &pieces, value_from_cell(s)));
    return collector_finish(iso, &pieces);
  }
  u32 p = 0;
  for (u64 q = 0; q < s->length;) {
    TRY(isolate_poll(iso));
    Tri found = TRY(regexp_match_at(iso, r, s, (u32)q, REGEXP_EXEC_NOT_STICKY, &c));
    if (found == TRI_NO || c.at[0] >= s->length) break;
    if (c.at[1] == p || (c.at[1] == c.at[0] && c.at[0] == p)) { // empty where the last piece ended
      q = advance_string_index(s, MAX((u64)c.at[0], q), unicode);
      continue;
    }
    String *piece = TRY(str_substring(iso, s, p, c.at[0]));
    TRY(collector_add(iso, &pieces, value_from_cell(piece)));
    if (pieces.count == limit) return collector_finish(iso, &pieces);
    p = c.at[1];
    for (u32 i = 1; i < c.count; i++) {
      Value v = TRY(captures_group(iso, &c, s, i));
      TRY(collector_add(iso, &pieces, v));
      if (pieces.count == limit) return collector_finish(iso, &pieces);
    }
    q = p;
  }
  String *rest = TRY(str_substring(iso, s, p, s->length));
  TRY(collector_add(iso, &pieces, value_from_cell(rest)));
  return collector_finish(iso, &pieces);
}

// Adds the groups of a match; *full when the limit is reached.
static bool add_groups(Isolate *iso, JSObject *array, JSObject *match, u32 limit, bool *full) {
  u64 length;
  TRY(length_of_array_like(iso, match, &length));
  for (u64 i = 1; i < length; i++) {
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, match, key));
    TRY(array_push_value(iso, array, v));
    if ((*full = array_length(array) == limit)) return true;
  }
  return true;
}

static Value split_slowly(Isolate *iso, JSObject *splitter, String *s, u32 limit, bool unicode) {
  JSObject *array = TRY(array_create(iso, 0));
  if (!limit) return value_from_object(array);
  if (!s->length) {
    Value match = TRY(regexp_exec_abstract(iso, splitter, s));
    if (value_is_null(match)) TRY(array_push_value(iso, array, value_from_cell(s)));
    return value_from_object(array);
  }
  u32 p = 0;
  for (u64 q = 0; q < s->length;) {
    TRY(isolate_poll(iso));
    TRY(regexp_set_last_index(iso, splitter, value_from_i64((i64)q)));
    Value match = TRY(regexp_exec_abstract(iso, splitter, s));
    u64 end = p;
    if (!value_is_null(match)) TRY(last_index_of(iso, splitter, &end));
    end = MIN(end, (u64)s->length);
    if (value_is_null(match) || end == p) {
      q = advance_string_index(s, q, unicode);
      continue;
    }
    String *piece = TRY(str_substring(iso, s, p, (u32)q));
    TRY(array_push_value(iso, array, value_from_cell(piece)));
    bool full = array_length(array) == limit;
    p = (u32)end;
    if (!full) TRY(add_groups(iso, array, value_object(match), limit, &full));
    if (full) return value_from_object(array);
    q = p;
  }
  String *rest = TRY(str_substring(iso, s, p, s->length));
  TRY(array_push_value(iso, array, value_from_cell(rest)));
  return value_from_object(array);
}

Value regexp_symbol_split(Isolate *iso, const Call *call) {
  JSObject *rx = TRY(require_object(iso, call->this_value, "RegExp.prototype.@@split"));
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  u32 limit = UINT32_MAX;
  Value wanted = call_arg(call, 1);
  if (regexp_is_pristine(iso, call->this_value) && (value_is_undefined(wanted) || value_is_int(wanted))) {
    return split_pristine(iso, (JSRegExp *)rx, s, value_is_int(wanted) ? (u32)value_int(wanted) : limit);
  }
  Value constructor = TRY(species_constructor(iso, rx, intrinsic(iso, INTRINSIC_REGEXP)));
  String *flags = TRY(flags_of(iso, rx));
  bool unicode = has_flag(iso, flags, 'u') || has_flag(iso, flags, 'v');
  if (!has_flag(iso, flags, 'y')) flags = TRY(str_concat(iso, flags, str_from_char(iso, 'y')));
  Value args[2] = {call->this_value, value_from_cell(flags)};
  Value splitter = TRY(construct(iso, constructor, 2, args, constructor));
  if (!value_is_undefined(call_arg(call, 1))) TRY(to_uint32(iso, call->args[1], &limit));
  return split_slowly(iso, value_object(splitter), s, limit, unicode);
}
