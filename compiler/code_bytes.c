// SPDX-License-Identifier: MIT
// Layout of the bytes: a header, then the root block. A block is its facts and its body; a body is the sizes of all its tables, then the
// tables, then the blocks of its inner functions. Tables of words stand at multiples of 4, so that they can be used in place.
// Tests: tests/unit/compiler/test_code_bytes.c.
#include "compiler/code_bytes.h"

#include "base/hash.h"
#include "compiler/gen_internal.h"
#include "vm/module.h"
#include "vm/opcodes.h"

#include <stdatomic.h>

typedef struct Header {
  u8 magic[8];
  u64 version; // of the instruction set and these structs
  u64 hash;    // of what follows the header
  u64 source_hash;
  u32 source_length;
  u32 size; // of what follows the header
} Header;
static const u8 magic[8] = {'W', 'E', 'F', 'T', 'C', 'O', 'D', 'E'};

static u64 hash_bytes(const void *bytes, size_t size) {
  const u8 *p = bytes;
  u64 h = HASH_K0 ^ size;
  size_t i = 0;
  for (; i + 8 <= size; i += 8) h = hash_fold(h ^ hash_load8_(p + i), HASH_K1);
  for (; i < size; i++) h = hash_fold(h ^ p[i], HASH_K2);
  return h;
}

static u64 version_hash(void) {
  static const char list[] =
#define OP(name, operands, ext, doc) #name ":" operands ":" #ext ";"
#include "vm/opcodes.def"
#undef OP
      "";
  u64 sizes = sizeof(CodeBody) ^ sizeof(Constant) << 8 ^ sizeof(ConstantString) << 16 ^ sizeof(Handler) << 24;
  return hash_fold(hash_bytes(list, sizeof list), HASH_K2 ^ sizes);
}

static u64 source_hash(const SourceText *text) { return hash_bytes(source_text_chars(text), (size_t)text->length << text->utf16); }

// The sizes of a body's tables, in the order in which they are written.
#define SIZES(S) \
  S(words) \
  S(registers) \
  S(ics) \
  S(constants) \
  S(strings) \
  S(text8) S(text16) S(functions) S(handlers) S(templates) S(template_words) S(shapes) S(shape_words) S(arrays) S(array_words) \
      S(positions) S(has_module) S(requests) S(attributes) S(imports) S(exports) S(slots) S(has_await)
typedef struct Sizes {
#define S(name) u32 name;
  SIZES(S)
#undef S
} Sizes;

static Sizes sizes_of(const CodeBody *b) {
  Sizes s = {.words = b->word_count,
             .registers = b->register_count,
             .ics = b->ic_count,
             .constants = b->constant_count,
             .strings = b->string_count,
             .functions = b->function_count,
             .handlers = b->handler_count,
             .templates = b->template_count,
             .shapes = b->shape_count,
             .arrays = b->array_count,
             .positions = b->positions_size};
  for (u32 i = 0; i < b->string_count; i++) {
    u32 end = b->strings[i].offset + b->strings[i].length;
    if (b->strings[i].utf16) s.text16 = MAX(s.text16, end);
    else s.text8 = MAX(s.text8, end);
  }
  for (u32 i = 0; i < s.templates; i++) s.template_words += 2 * b->templates[i].count;
  for (u32 i = 0; i < s.shapes; i++) s.shape_words += b->shapes[i].count;
  for (u32 i = 0; i < s.arrays; i++) s.array_words += b->arrays[i].count;
  const CodeModuleInfo *m = b->module;
  if (!m) return s;
  s.has_module = 1;
  s.requests = m->request_count, s.imports = m->import_count, s.exports = m->export_count;
  for (u32 i = 0; i < m->request_count; i++) s.attributes += 2 * m->requests[i].attribute_count;
  s.slots = m->slot_count, s.has_await = m->has_top_level_await;
  return s;
}

// ---- Writing ----

static void align(ByteVec *out, u32 to) {
  while (out->len % to) vec_push(out, 0);
}

static void put_table(ByteVec *out, const void *data, size_t size, u32 alignment) {
  align(out, alignment);
  if (size) bytes_append(out, data, size);
}

static void put_module(ByteVec *out, const CodeModuleInfo *m) {
  for (u32 i = 0; i < m->request_count; i++) {
    bytes_append_varint(out, m->requests[i].specifier);
    bytes_append_varint(out, m->requests[i].attribute_count);
  }
  align(out, 4);
  for (u32 i = 0; i < m->request_count; i++) put_table(out, m->requests[i].attributes, m->requests[i].attribute_count * 8ul, 4);
  put_table(out, m->imports, m->import_count * sizeof(CodeImport), 4);
  put_table(out, m->exports, m->export_count * sizeof(CodeExport), 4);
}

static void put_counted(ByteVec *out, const CodeBody *b) {
  for (u32 i = 0; i < b->template_count; i++) bytes_append_varint(out, b->templates[i].count);
  for (u32 i = 0; i < b->shape_count; i++) bytes_append_varint(out, b->shapes[i].count);
  for (u32 i = 0; i < b->array_count; i++) bytes_append_varint(out, b->arrays[i].count);
  align(out, 4);
  for (u32 i = 0; i < b->template_count; i++) {
    put_table(out, b->templates[i].raw, b->templates[i].count * 4ul, 4);
    put_table(out, b->templates[i].cooked, b->templates[i].count * 4ul, 4);
  }
  for (u32 i = 0; i < b->shape_count; i++) put_table(out, b->shapes[i].keys, b->shapes[i].count * 4ul, 4);
  for (u32 i = 0; i < b->array_count; i++) put_table(out, b->arrays[i].constants, b->arrays[i].count * 4ul, 4);
}

static bool put_block(ByteVec *out, const CodeBlock *block);

static bool put_body(ByteVec *out, const CodeBody *b) {
  if (b->scope_count) return false;
  Sizes s = sizes_of(b);
#define S(name) bytes_append_varint(out, s.name);
  SIZES(S)
#undef S
  put_table(out, b->words, s.words * 4ul, 4);
  put_table(out, b->ic_keys, s.ics * 4ul, 4);
  put_table(out, b->strings, s.strings * sizeof(ConstantString), 4);
  put_table(out, b->handlers, s.handlers * sizeof(Handler), 4);
  put_table(out, b->text16, s.text16 * 2ul, 4);
  put_table(out, b->constants, s.constants * sizeof(Constant), 8);
  put_counted(out, b);
  if (b->module) put_module(out, b->module);
  put_table(out, b->text8, s.text8, 1);
  put_table(out, b->positions, s.positions, 1);
  for (u32 i = 0; i < b->function_count; i++) {
    if (!put_block(out, b->functions[i])) return false;
  }
  return true;
}

static bool put_block(ByteVec *out, const CodeBlock *block) {
  const CodeBody *body = atomic_load_explicit(&((CodeBlock *)(uintptr_t)block)->body, memory_order_acquire);
  if (!body) return false;
  const u32 facts[] = {block->flags, block->param_count,    block->length,     block->start,
                       block->end,   block->instance_slots, block->name_length};
  for (u32 i = 0; i < ARRAY_LEN(facts); i++) bytes_append_varint(out, facts[i]);
  bytes_append(out, block->name, block->name_length);
  align(out, 8);
  u32 at = out->len;
  bytes_append(out, (u8[8]){0}, 8); // the size of the body
  if (!put_body(out, body)) return false;
  align(out, 8);
  u64 size = out->len - at - 8;
  memcpy(out->data + at, &size, sizeof size);
  return true;
}

bool code_bytes_write(const CodeBlock *block, ByteVec *out) {
  align(out, 8);
  u32 at = out->len;
  Header header = {.version = version_hash(), .source_hash = source_hash(block->source), .source_length = block->source->length};
  memcpy(header.magic, magic, sizeof magic);
  bytes_append(out, &header, sizeof header);
  if (!put_block(out, block)) return false;
  header.size = out->len - at - (u32)sizeof header;
  header.hash = hash_bytes(out->data + at + sizeof header, header.size);
  memcpy(out->data + at, &header, sizeof header);
  return true;
}

// ---- Reading ----

typedef struct Reader {
  const u8 *start, *at, *end; // start: at a multiple of 8
  bool in_place, failed;
  SourceText *text;
  CodeBlock *root;
} Reader;

static u32 get(Reader *r) {
  u64 u = 0;
  if (!bytes_get_varint(&r->at, r->end, &u) || u > UINT32_MAX) r->failed = true;
  return (u32)u;
}

static void get_alignment(Reader *r, u32 to) {
  size_t offset = ALIGN_UP((size_t)(r->at - r->start), (size_t)to);
  if (offset > (size_t)(r->end - r->start)) r->failed = true;
  else r->at = r->start + offset;
}

static const void *get_table(Reader *r, size_t size, u32 alignment) {
  get_alignment(r, alignment);
  const u8 *table = r->at;
  if (r->failed || size > (size_t)(r->end - r->at)) {
    r->failed = true;
    return NULL;
  }
  r->at += size;
  return table;
}

// The body's one allocation, handed out from low to high.
typedef struct Carver {
  char *at;
  size_t left;
} Carver;

static void *carve(Carver *c, size_t size) {
  size = ALIGN_UP(size, (size_t)8);
  CHECK(size <= c->left);
  void *p = c->at;
  c->at += size;
  c->left -= size;
  return p;
}

// A table where it is, or a copy when the bytes go away.
static const void *keep_table(Reader *r, Carver *c, size_t size, u32 alignment) {
  const void *table = get_table(r, size, alignment);
  if (r->in_place || !table) return table;
  void *copy = carve(c, size);
  if (size) memcpy(copy, table, size);
  return copy;
}

static size_t body_bytes(const Sizes *s, bool in_place) {
  size_t size = sizeof(CodeBody) + s->functions * sizeof(CodeBlock *) + s->templates * sizeof(TemplateConstant) +
                s->shapes * sizeof(ShapeConstant) + s->arrays * sizeof(ArrayConstant) + s->requests * sizeof(CodeModuleRequest) +
                (s->has_module ? sizeof(CodeModuleInfo) : 0) + 32 * 8;
  if (in_place) return size;
  return size + 4ul * (s->words + s->ics + s->template_words + s->shape_words + s->array_words + s->attributes) + 2ul * s->text16 +
         s->text8 + s->positions + s->strings * sizeof(ConstantString) + s->handlers * sizeof(Handler) +
         s->constants * sizeof(Constant) + s->imports * sizeof(CodeImport) + s->exports * sizeof(CodeExport) +
         8ul * (2ul * s->templates + s->shapes + s->arrays + s->requests);
}

static bool sizes_are_possible(const Sizes *s, size_t left) {
  u64 bytes = 4ull * s->words + 4ull * s->ics + (u64)s->constants * sizeof(Constant) + (u64)s->strings * sizeof(ConstantString) +
              s->text8 + 2ull * s->text16 + (u64)s->handlers * sizeof(Handler) + s->positions + s->functions + s->templates +
              s->shapes + s->arrays + 4ull * ((u64)s->template_words + s->shape_words + s->array_words + s->attributes) +
              s->requests + (u64)s->imports * sizeof(CodeImport) + (u64)s->exports * sizeof(CodeExport);
  return bytes <= left;
}

static void get_counted(Reader *r, Carver *c, CodeBody *b, const Sizes *s) {
  TemplateConstant *templates = carve(c, s->templates * sizeof *templates);
  ShapeConstant *shapes = carve(c, s->shapes * sizeof *shapes);
  ArrayConstant *arrays = carve(c, s->arrays * sizeof *arrays);
  u64 template_words = 0, shape_words = 0, array_words = 0;
  for (u32 i = 0; i < s->templates; i++) template_words += 2ull * (templates[i].count = get(r));
  for (u32 i = 0; i < s->shapes; i++) shape_words += shapes[i].count = get(r);
  for (u32 i = 0; i < s->arrays; i++) array_words += arrays[i].count = get(r);
  if (template_words != s->template_words || shape_words != s->shape_words || array_words != s->array_words) r->failed = true;
  get_alignment(r, 4);
  for (u32 i = 0; i < s->templates && !r->failed; i++) {
    templates[i].raw = keep_table(r, c, templates[i].count * 4ul, 4);
    templates[i].cooked = keep_table(r, c, templates[i].count * 4ul, 4);
  }
  for (u32 i = 0; i < s->shapes && !r->failed; i++) shapes[i].keys = keep_table(r, c, shapes[i].count * 4ul, 4);
  for (u32 i = 0; i < s->arrays && !r->failed; i++) arrays[i].constants = keep_table(r, c, arrays[i].count * 4ul, 4);
  b->templates = templates, b->shapes = shapes, b->arrays = arrays;
}

static void get_module(Reader *r, Carver *c, CodeBody *b, const Sizes *s) {
  CodeModuleInfo *m = carve(c, sizeof *m);
  CodeModuleRequest *requests = carve(c, s->requests * sizeof *requests);
  u64 attributes = 0;
  for (u32 i = 0; i < s->requests; i++) {
    requests[i].specifier = get(r);
    attributes += 2ull * (requests[i].attribute_count = get(r));
  }
  if (attributes != s->attributes) r->failed = true;
  get_alignment(r, 4);
  for (u32 i = 0; i < s->requests && !r->failed; i++)
    requests[i].attributes = keep_table(r, c, requests[i].attribute_count * 8ul, 4);
  const CodeImport *imports = keep_table(r, c, s->imports * sizeof(CodeImport), 4);
  const CodeExport *exports = keep_table(r, c, s->exports * sizeof(CodeExport), 4);
  *m = (CodeModuleInfo){s->requests, s->imports, s->exports, requests, imports, exports, s->slots, s->has_await != 0};
  b->module = m;
}

// NULL: damaged. Else the caller's, also when reading on failed behind it.
static CodeBlock *get_block(Reader *r);

// NULL: damaged.
static CodeBody *get_body(Reader *r) {
  Sizes s;
#define S(name) s.name = get(r);
  SIZES(S)
#undef S
  if (r->failed || !sizes_are_possible(&s, (size_t)(r->end - r->at))) return NULL;
  size_t size = body_bytes(&s, r->in_place);
  char *memory = base_alloc_zeroed(size);
  Carver c = {memory, size};
  CodeBody *b = carve(&c, sizeof *b);
  *b = (CodeBody){.word_count = s.words,
                  .register_count = s.registers,
                  .ic_count = s.ics,
                  .constant_count = s.constants,
                  .string_count = s.strings,
                  .handler_count = s.handlers,
                  .template_count = s.templates,
                  .shape_count = s.shapes,
                  .array_count = s.arrays,
                  .positions_size = s.positions,
                  .memory = size};
  CodeBlock **functions = carve(&c, s.functions * sizeof(CodeBlock *));
  b->words = keep_table(r, &c, s.words * 4ul, 4);
  b->ic_keys = keep_table(r, &c, s.ics * 4ul, 4);
  b->strings = keep_table(r, &c, s.strings * sizeof(ConstantString), 4);
  b->handlers = keep_table(r, &c, s.handlers * sizeof(Handler), 4);
  b->text16 = keep_table(r, &c, s.text16 * 2ul, 4);
  b->constants = keep_table(r, &c, s.constants * sizeof(Constant), 8);
  get_counted(r, &c, b, &s);
  if (s.has_module) get_module(r, &c, b, &s);
  b->text8 = keep_table(r, &c, s.text8, 1);
  b->positions = keep_table(r, &c, s.positions, 1);
  b->functions = functions;
  while (!r->failed && b->function_count < s.functions) {
    CodeBlock *inner = get_block(r);
    if (inner) functions[b->function_count++] = inner;
  }
  if (!r->failed) return b;
  code_body_free(b);
  return NULL;
}

static CodeBlock *get_block(Reader *r) {
  u32 flags = get(r), params = get(r), length = get(r), start = get(r), end = get(r), slots = get(r), name_length = get(r);
  const u8 *name = get_table(r, name_length, 1);
  get_alignment(r, 8);
  const u8 *size_at = get_table(r, 8, 8);
  u64 size = 0;
  if (size_at) memcpy(&size, size_at, sizeof size);
  if (r->failed || size > (size_t)(r->end - r->at) || flags > UINT16_MAX || params > UINT16_MAX) {
    r->failed = true;
    return NULL;
  }
  CodeBlock *block = base_alloc_zeroed(sizeof *block);
  atomic_init(&block->refs, 1);
  block->flags = (u16)flags, block->param_count = (u16)params;
  block->length = length, block->start = start, block->end = end, block->instance_slots = slots;
  block->source = source_text_retain(r->text);
  block->name = base_alloc(name_length + 1ul);
  memcpy(block->name, name, name_length);
  block->name[name_length] = 0;
  block->name_length = name_length;
  bool is_root = !r->root;
  if (is_root) r->root = block;
  else code_block_adopt(r->root, block);
  if (!is_root && r->in_place) {
    block->lazy = lazy_from_bytes(r->at, (size_t)size);
    r->at += size;
    return block;
  }
  CodeBody *body = get_body(r);
  get_alignment(r, 8);
  atomic_init(&block->body, body);
  if (!body) r->failed = true; // the block goes with what holds it
  return block;
}

CodeBlock *code_bytes_read(const u8 *bytes, size_t size, bool bytes_stay, SourceText *text) {
  Header header;
  if (size < sizeof header || (uintptr_t)bytes % 8) return NULL;
  memcpy(&header, bytes, sizeof header);
  if (memcmp(header.magic, magic, sizeof magic) != 0 || header.size != size - sizeof header || header.source_length != text->length)
    return NULL;
  // What is part of the program was made together with it.
  bool checked = bytes_stay || (header.version == version_hash() && header.source_hash == source_hash(text) &&
                                header.hash == hash_bytes(bytes + sizeof header, header.size));
  if (!checked) return NULL;
  Reader r = {bytes, bytes + sizeof header, bytes + size, bytes_stay, false, text, NULL};
  CodeBlock *block = get_block(&r);
  if (!r.failed) return block;
  code_block_release(block);
  return NULL;
}

CodeBody *code_bytes_body(CodeBlock *block, const u8 *bytes, size_t size) {
  CodeBlock *root = block;
  while (root->family) root = root->family;
  Reader r = {bytes, bytes, bytes + size, true, false, block->source, root};
  return get_body(&r);
}
