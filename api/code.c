// SPDX-License-Identifier: MIT
// Texts to code, code to values: evaluated at once, or compiled once for many isolates and kept as bytes; realms.
// Saved code is self-contained: a header, the name, the source text, and the compiled functions (compiler/code_bytes.h), if they can be
// saved; else it is compiled again from the text.
// Tests: tests/api/test_code.c.
#include "api/api_internal.h"
#include "base/hash.h"
#include "compiler/code_bytes.h"
#include "vm/builtin.h"
#include "vm/error.h"

// ---- Texts ----

static bool is_ascii(const char *utf8, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (utf8[i] & 0x80) return false;
  }
  return true;
}

static SourceText *source_of(Isolate *iso, const char *utf8, size_t size, const char *name) {
  size = api_text_size(utf8, size);
  if (!name) name = "<eval>";
  SourceText *text;
  if (size <= STR_MAX_LENGTH && is_ascii(utf8, size)) {
    text = source_text_new(utf8, false, (u32)size, name, true);
  } else {
    String *s = TRY(str_new_utf8(iso, utf8, size));
    text = source_text_new(str_chars(s), str_is_utf16(s), s->length, name, true);
  }
  return text ? text : throw_out_of_memory(iso);
}

static CodeBlock *compile_text(Isolate *iso, SourceText *text, bool is_module) {
  return is_module ? compile_module(iso, text) : compile_script(iso, text, &(CompileOptions){.want_completion = true});
}

// ---- Realms ----

static WeakTable *realm_table(WeftIsolate *isolate, Isolate *iso) {
  WeakTable *table = (WeakTable *)persistent_cell(&isolate->realms);
  if (table) return table;
  table = weak_table_new(iso);
  persistent_set(&isolate->realms, table);
  return table;
}

WeftValue weft_realm_new(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  Realm *realm = TRY(realm_new(iso));
  Value global = slot_get(&realm->global_this);
  TRY(weak_table_set(iso, realm_table(isolate, iso), global, value_from_cell(realm)));
  return value_out(isolate, global);
}

Realm *api_realm(WeftIsolate *isolate, WeftValue global) {
  Isolate *iso = isolate->host->iso;
  if (!global) return realm_current(iso);
  if (value_in(global) == slot_get(&iso->main_realm->global_this)) return iso->main_realm;
  WeakTable *table = (WeakTable *)persistent_cell(&isolate->realms);
  Value realm = table && value_is_object(value_in(global)) ? weak_table_get(table, value_in(global)) : VALUE_EMPTY;
  return realm != VALUE_EMPTY ? (Realm *)value_cell(realm) : THROW(iso, TYPE, "The global object of a realm was expected");
}

WeftValue weft_global(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  return value_out(isolate, slot_get(&realm_current(iso)->global_this));
}

// ---- Evaluating ----

static WeftValue eval_in(WeftIsolate *isolate, Realm *realm, const char *utf8, size_t size, const char *name) {
  Isolate *iso = isolate->host->iso;
  SourceText *text = TRY(source_of(iso, utf8, size, name));
  CodeBlock *block = compile_text(iso, text, false);
  source_text_release(text);
  if (!block) return NULL;
  Value v = run_script(iso, realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  return value_out(isolate, v);
}

WeftValue weft_eval(WeftIsolate *isolate, const char *utf8, size_t size, const char *name) {
  Isolate *iso = ISOLATE(isolate);
  return eval_in(isolate, realm_current(iso), utf8, size, name);
}

WeftValue weft_eval_in(WeftIsolate *isolate, WeftValue global, const char *utf8, size_t size, const char *name) {
  (void)ISOLATE(isolate);
  NEEDS(isolate, global);
  Realm *realm = TRY(api_realm(isolate, global));
  return eval_in(isolate, realm, utf8, size, name);
}

WeftValue weft_eval_module(WeftIsolate *isolate, const char *utf8, size_t size, const char *key) {
  Isolate *iso = ISOLATE(isolate);
  SourceText *text = TRY(source_of(iso, utf8, size, key));
  CodeBlock *block = compile_text(iso, text, true);
  source_text_release(text);
  if (!block) return NULL;
  Value promise = api_run_module(isolate, block, key);
  code_block_release(block);
  return value_out(isolate, promise);
}

// ---- Code ----

static WeftCode *code_of_block(Isolate *iso, CodeBlock *block, bool is_module) { // takes the reference
  WeftCode *code = base_try_alloc(sizeof *code);
  if (!code) {
    code_block_release(block);
    return throw_out_of_memory(iso);
  }
  atomic_init(&code->refs, 1);
  code->is_module = is_module;
  code->block = block;
  return code;
}

WeftCode *weft_compile(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal) {
  Isolate *iso = ISOLATE(isolate);
  if (goal != WEFT_GOAL_SCRIPT && goal != WEFT_GOAL_MODULE) return THROW(iso, TYPE, "Scripts and modules can be compiled");
  SourceText *text = TRY(source_of(iso, utf8, size, name));
  CodeBlock *block = compile_text(iso, text, goal == WEFT_GOAL_MODULE);
  source_text_release(text);
  return block ? code_of_block(iso, block, goal == WEFT_GOAL_MODULE) : NULL;
}

WeftCode *weft_code_retain(WeftCode *code) {
  atomic_fetch_add_explicit(&code->refs, 1, memory_order_relaxed);
  return code;
}

void weft_code_delete(WeftCode *code) {
  if (!code || atomic_fetch_sub(&code->refs, 1) != 1) return;
  code_block_release(code->block);
  base_free(code);
}

WeftValue weft_run_code(WeftIsolate *isolate, const WeftCode *code, WeftValue global) {
  Isolate *iso = ISOLATE(isolate);
  if (code->is_module) return value_out(isolate, api_run_module(isolate, code->block, code->block->source->name));
  Realm *realm = TRY(api_realm(isolate, global));
  return value_out(isolate, run_script(iso, realm, code->block, VALUE_UNDEFINED));
}

// ---- As bytes ----

typedef struct SavedCode {
  u8 magic[8];
  u64 hash; // of what follows
  u32 is_module, is_utf16;
  u32 name_size, length; // bytes; code units
  u64 code_size;         // 0: only the source
} SavedCode;             // name, NUL, to a multiple of 8; characters, likewise; code
static const u8 saved_magic[8] = "weftcod1";

static u64 hash_saved(const u8 *bytes, size_t size) {
  u64 hash = size;
  for (size_t i = offsetof(SavedCode, is_module); i + 8 <= size; i += 8) { // all parts are padded
    u64 lane;
    memcpy(&lane, bytes + i, sizeof lane);
    hash = hash_fold(hash ^ lane, HASH_K1);
  }
  return hash;
}

// Every function compiled. False: they cannot be saved.
static bool write_functions(Isolate *iso, const WeftCode *code, ByteVec *out) {
  SourceText *text = code->block->source;
  CompileOptions options = {
      .goal = code->is_module ? PARSE_MODULE : PARSE_SCRIPT, .lazy = LAZY_NEVER, .want_completion = !code->is_module};
  options.stack_limit = (uintptr_t)iso->c_stack_limit;
  Arena arena;
  arena_init(&arena);
  CodeBlock *block;
  Diagnostic diagnostic;
  bool compiled = compile_source(text, &options, &arena, &block, &diagnostic);
  bool written = compiled && code_bytes_write(block, out);
  if (compiled) code_block_release(block);
  arena_free(&arena);
  return written;
}

static void append(ByteVec *out, const void *bytes, size_t size) {
  bytes_append(out, bytes, size);
  while (out->len & 7) vec_push(out, 0);
}

bool weft_code_save(WeftIsolate *isolate, const WeftCode *code, void **bytes, size_t *size) {
  Isolate *iso = ISOLATE(isolate);
  const SourceText *text = code->block->source;
  ByteVec functions = {0}, out = {0};
  bool written = write_functions(iso, code, &functions);
  SavedCode head = {
      .is_module = code->is_module,
      .is_utf16 = text->utf16,
      .name_size = (u32)strlen(text->name),
      .length = text->length,
      .code_size = written ? functions.len : 0,
  };
  memcpy(head.magic, saved_magic, sizeof head.magic);
  append(&out, &head, sizeof head);
  append(&out, text->name, (size_t)head.name_size + 1);
  append(&out, source_text_chars(text), (size_t)text->length << text->utf16);
  if (written) append(&out, functions.data, functions.len);
  vec_free(&functions);
  u64 hash = hash_saved(out.data, out.len);
  memcpy(out.data + offsetof(SavedCode, hash), &hash, sizeof hash);
  *bytes = out.data;
  *size = out.len;
  return true;
}

static u64 padded(u64 size) { return ALIGN_UP(size, (u64)8); }

static WeftCode *load(Isolate *iso, const u8 *bytes, const SavedCode *head) {
  const u8 *name = bytes + sizeof *head, *chars = name + padded((u64)head->name_size + 1);
  const u8 *functions = chars + padded((u64)head->length << head->is_utf16);
  SourceText *text = source_text_new(chars, head->is_utf16, head->length, (const char *)name, true);
  if (!text) return throw_out_of_memory(iso);
  CodeBlock *block = head->code_size ? code_bytes_read(functions, head->code_size, false, text) : NULL;
  if (!block) block = compile_text(iso, text, head->is_module);
  source_text_release(text);
  return block ? code_of_block(iso, block, head->is_module) : NULL;
}

static bool is_sound(const u8 *bytes, size_t size, SavedCode *head) {
  if (size < sizeof *head) return false;
  memcpy(head, bytes, sizeof *head);
  if (memcmp(head->magic, saved_magic, sizeof head->magic) != 0 || head->hash != hash_saved(bytes, size)) return false;
  if (head->is_module > 1 || head->is_utf16 > 1) return false;
  u64 fixed = sizeof *head + padded((u64)head->name_size + 1) + padded((u64)head->length << head->is_utf16);
  return fixed <= size && head->code_size <= size - fixed && !bytes[sizeof *head + head->name_size];
}

WeftCode *weft_code_load(WeftIsolate *isolate, const void *bytes, size_t size) {
  Isolate *iso = ISOLATE(isolate);
  SavedCode head;
  u8 *copy = base_try_alloc(MAX(size, (size_t)1)); // aligned
  if (!copy) return throw_out_of_memory(iso);
  memcpy(copy, bytes, size);
  WeftCode *code = is_sound(copy, size, &head) ? load(iso, copy, &head) : THROW(iso, TYPE, "Saved code is damaged");
  base_free(copy);
  return code;
}
