// SPDX-License-Identifier: MIT
// Notes about functions inside lazy functions. When a lazy function is parsed again, its inner functions are skipped with the help of these
// notes instead of being pre-parsed a second time: so every function is scanned at most twice, however deep it is.
//
// A note list is a sequence of entries in source order; an entry is, in LEB128 numbers: its length in bytes, offset of the parameters, end,
// start of the body, flags, length, parameters, this-properties, inner functions, free names (offset of one use, flags and kind), and the list of
// the functions inside it. No pointers: the list may be copied anywhere.
#include "parser/parser_internal.h"

static void put(Parser *p, u32 value) {
  while (value >= 0x80) {
    vec_push(&p->notes, (u8)(value | 0x80));
    value >>= 7;
  }
  vec_push(&p->notes, (u8)value);
}

static u32 get(const u8 **at) {
  u32 value = 0, shift = 0;
  for (;;) {
    u8 byte = *(*at)++;
    value |= (u32)(byte & 0x7f) << shift;
    if (!(byte & 0x80)) return value;
    shift += 7;
  }
}

#define NOTE_FLAGS(X) \
  X(is_strict) \
  X(has_simple_params) \
  X(has_param_expressions) \
  X(has_duplicate_params) X(has_rest) X(uses_arguments) X(uses_this) X(uses_super_property) X(uses_super_call) X(uses_new_target) \
      X(has_direct_eval) X(inner_direct_eval) X(has_await) X(mapped_arguments) X(uses_with) X(has_using) X(is_expression_body)

static u32 pack_flags(const FunctionNode *fn) {
  u32 flags = 0, bit = 0;
#define X(name) flags |= (u32)fn->name << bit++;
  NOTE_FLAGS(X)
#undef X
  return flags;
}

static void unpack_flags(FunctionNode *fn, u32 flags) {
  u32 bit = 0;
#define X(name) fn->name = flags >> bit++ & 1;
  NOTE_FLAGS(X)
#undef X
}

enum { NAME_PLAIN, NAME_THIS, NAME_NEW_TARGET, NAME_CALLEE, NAME_ARGUMENTS };

static u32 name_kind(const Parser *p, const Ref *ref) {
  if (ref->name == p->wk.this_) return NAME_THIS;
  if (ref->name == p->wk.new_target) return NAME_NEW_TARGET;
  if (ref->name == p->wk.callee) return NAME_CALLEE;
  if (ref->name == p->wk.arguments) return NAME_ARGUMENTS; // a direct eval mentions it without spelling it
  return NAME_PLAIN;
}

void preparse_note(Parser *p, u32 mark, const FunctionNode *fn, u32 refs_start) {
  u32 nested = p->notes.len - mark, body = p->notes.len;
  put(p, fn->params_start);
  put(p, fn->end);
  put(p, fn->body_start);
  put(p, pack_flags(fn));
  put(p, fn->length);
  put(p, fn->param_count);
  put(p, fn->this_property_count);
  put(p, fn->function_count);
  put(p, p->refs.len - refs_start);
  for (u32 i = refs_start; i < p->refs.len; i++) {
    const Ref *ref = &p->refs.data[i];
    put(p, name_kind(p, ref) << 3 | (ref->flags & (REF_READ | REF_WRITE)) >> 1 | (ref->flags & REF_EVAL ? 4u : 0u));
    put(p, ref->where);
  }
  put(p, nested);
  // The header goes before the nested list, and its length before everything.
  u32 header = p->notes.len - body, prefix = p->notes.len;
  put(p, header + nested);
  u32 prefix_length = p->notes.len - prefix, total = prefix_length + header + nested;
  u8 *copy = base_alloc(total);
  memcpy(copy, p->notes.data + prefix, prefix_length);
  memcpy(copy + prefix_length, p->notes.data + body, header);
  memcpy(copy + prefix_length + header, p->notes.data + mark, nested);
  memcpy(p->notes.data + mark, copy, total);
  p->notes.len = mark + total;
  base_free(copy);
}

// The name used at an offset of the source.
static AstName *name_at(Parser *p, u32 where) {
  Token saved = p->tok;
  u32 pos = p->pos;
  p->pos = where;
  if (p->is_utf16) {
    next_token_u16(p);
  } else {
    next_token_u8(p);
  }
  AstName *name = token_is_word(p->tok.type) || p->tok.type == T_PRIVATE_NAME ? p->tok.name : p->wk.empty;
  p->tok = saved;
  p->pos = pos;
  return name;
}

static void read_refs(Parser *p, const u8 **at_byte) {
  for (u32 count = get(at_byte); count > 0; count--) {
    u32 bits = get(at_byte), where = get(at_byte);
    AstName *name;
    switch (bits >> 3) {
    case NAME_THIS: name = p->wk.this_; break;
    case NAME_NEW_TARGET: name = p->wk.new_target; break;
    case NAME_CALLEE: name = p->wk.callee; break;
    case NAME_ARGUMENTS: name = p->wk.arguments; break;
    default: name = name_at(p, where);
    }
    scope_add_hidden_ref(p, name, (u8)(REF_CAPTURED | (bits & 3) << 1 | (bits & 4 ? REF_EVAL : 0)), where);
  }
}

// Finds the entry of the function whose parameters begin at `params_start`. On success *entry is after its first field, p->note after it.
static bool find_entry(Parser *p, u32 params_start, const u8 **entry) {
  while (p->note < p->note_end) {
    const u8 *at_byte = p->note;
    u32 length = get(&at_byte);
    const u8 *after = at_byte + length;
    u32 start = get(&at_byte);
    if (start > params_start) return false;
    p->note = after;
    if (start == params_start) {
      *entry = at_byte;
      return true;
    }
  }
  return false;
}

bool preparse_skip(Parser *p, FunctionNode *fn) {
  const u8 *entry;
  if (p->failed || !find_entry(p, fn->params_start, &entry)) return false;
  fn->end = get(&entry);
  fn->body_start = get(&entry);
  unpack_flags(fn, get(&entry));
  fn->length = (u16)get(&entry);
  fn->param_count = (u16)get(&entry);
  fn->this_property_count = (u16)get(&entry);
  fn->function_count = get(&entry);
  u32 refs = p->refs.len;
  read_refs(p, &entry);
  if (fn->is_class_member) {
    for (u32 i = refs; i < p->refs.len; i++) p->refs.data[i].flags |= REF_FROM_ELEMENT;
  }
  fn->preparse_length = get(&entry);
  fn->preparse = fn->preparse_length ? entry : NULL;
  fn->is_lazy = true;
  if (fn->is_strict) fn->context |= CONTEXT_STRICT;
  if (fn->has_direct_eval || fn->inner_direct_eval) p->scope->inner_direct_eval = p->fs->fn->inner_direct_eval = true;
  if (fn->kind == FN_ARROW) {
    FunctionNode *outer = p->fs->fn;
    outer->uses_super_property = outer->uses_super_property || fn->uses_super_property;
    outer->uses_super_call = outer->uses_super_call || fn->uses_super_call;
    if (fn->uses_this) outer->uses_this = true;
  }
  seek(p, fn->end);
  return true;
}

NoteCursor preparse_enter(Parser *p, u32 params_start) {
  NoteCursor saved = {p->note, p->note_end};
  if (!p->note) return saved;
  const u8 *entry;
  if (find_entry(p, params_start, &entry)) {
    saved.note = p->note;
    for (int i = 0; i < 7; i++) get(&entry);
    for (u32 count = get(&entry); count > 0; count--) get(&entry), get(&entry);
    u32 nested = get(&entry);
    p->note = entry;
    p->note_end = entry + nested;
  } else {
    saved.note = p->note;
    p->note = p->note_end = NULL;
  }
  return saved;
}

void preparse_leave(Parser *p, NoteCursor saved) {
  p->note = saved.note;
  p->note_end = saved.end;
}
