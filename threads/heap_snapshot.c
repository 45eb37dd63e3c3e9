// SPDX-License-Identifier: MIT
// Cells get numbers in the order in which they are met, from the roots on; each is then looked at once, which gives its edges. Properties,
// elements, prototypes, shapes and contexts have names; what else a cell's kind traces follows without (hidden).
// Nothing is allocated on the heap meanwhile. Tests: tests/threads/profiles/snapshot.js, tests/node/v8/.
#include "threads/heap_snapshot.h"

#include "base/hash.h"
#include "base/utf.h"
#include "threads/profile_tree.h"
#include "vm/atoms.h"
#include "vm/bigint.h"
#include "vm/buffer.h"
#include "vm/cells.h"
#include "vm/function.h"
#include "vm/kinds.h"

typedef enum NodeType { // in the order of the text's node_types
  NODE_HIDDEN,
  NODE_ARRAY,
  NODE_STRING,
  NODE_OBJECT,
  NODE_CODE,
  NODE_CLOSURE,
  NODE_REGEXP,
  NODE_NUMBER,
  NODE_NATIVE,
  NODE_SYNTHETIC,
  NODE_ROPE,
  NODE_SLICE,
  NODE_SYMBOL,
  NODE_BIGINT,
  NODE_SHAPE,
} NodeType;

typedef enum EdgeType { EDGE_CONTEXT, EDGE_ELEMENT, EDGE_PROPERTY, EDGE_INTERNAL, EDGE_HIDDEN, EDGE_SHORTCUT, EDGE_WEAK } EdgeType;

typedef struct Node {
  const Cell *cell; // NULL: the roots
  u64 bytes;
  u32 name;
  u32 edge_count;
  u32 met_by; // the node that referred to it last, + 1
  u8 type;
} Node;

typedef struct Edge {
  u8 type;
  u32 name; // or index
  u32 to;
} Edge;

typedef struct Text {
  u32 offset, size;
} Text;

typedef struct Snapshot {
  GcVisitor visitor; // first
  Isolate *iso;
  VEC(Node) nodes;
  VEC(Edge) edges;
  u32 *node_table; // number + 1 by address; 0: free
  u32 node_mask;
  ByteVec bytes; // of the texts, one after the other
  VEC(Text) texts;
  u32 *text_table;
  u32 text_mask;
  u32 here;         // the node that is being looked at
  u32 hidden_index; // of its next edge without a name
} Snapshot;

enum { NAME_MAX = 1024, TABLE_START = 1024, CHAIN_MAX = 100, NODE_FIELDS = 6 };

// ---- Texts and nodes by number ----

static u32 *table_grown(u32 *old, u32 *mask) {
  u32 size = *mask ? (*mask + 1) * 2 : TABLE_START;
  base_free(old);
  *mask = size - 1;
  return base_alloc_zeroed(size * sizeof(u32));
}

static u32 text_position(const Snapshot *s, const void *text, u32 size) {
  u32 i = hash_latin1(text, size) & s->text_mask;
  for (; s->text_table[i]; i = (i + 1) & s->text_mask) {
    const Text *t = &s->texts.data[s->text_table[i] - 1];
    if (t->size == size && memcmp(s->bytes.data + t->offset, text, size) == 0) break;
  }
  return i;
}

static u32 text_number(Snapshot *s, const void *text, size_t length) {
  u32 size = (u32)length;
  if (s->texts.len * 2 >= s->text_mask) {
    s->text_table = table_grown(s->text_table, &s->text_mask);
    for (u32 n = 0; n < s->texts.len; n++) {
      s->text_table[text_position(s, s->bytes.data + s->texts.data[n].offset, s->texts.data[n].size)] = n + 1;
    }
  }
  u32 i = text_position(s, text, size);
  if (!s->text_table[i]) {
    vec_push(&s->texts, (Text){s->bytes.len, size});
    bytes_append(&s->bytes, text, size);
    s->text_table[i] = s->texts.len;
  }
  return s->text_table[i] - 1;
}

static u32 literal_number(Snapshot *s, const char *text) { return text_number(s, text, strlen(text)); }

static u32 node_position(const Snapshot *s, const Cell *cell) {
  u32 i = hash_u64((u64)(uintptr_t)cell) & s->node_mask;
  while (s->node_table[i] && s->nodes.data[s->node_table[i] - 1].cell != cell) i = (i + 1) & s->node_mask;
  return i;
}

static u32 node_number(Snapshot *s, const Cell *cell) {
  if (s->nodes.len * 2 >= s->node_mask) {
    s->node_table = table_grown(s->node_table, &s->node_mask);
    for (u32 n = 0; n < s->nodes.len; n++) s->node_table[node_position(s, s->nodes.data[n].cell)] = n + 1;
  }
  u32 i = node_position(s, cell);
  if (!s->node_table[i]) {
    vec_push(&s->nodes, (Node){.cell = cell});
    s->node_table[i] = s->nodes.len;
  }
  return s->node_table[i] - 1;
}

// ---- Names ----

// The text of a string that is no rope, or its beginning.
static u32 string_number(Snapshot *s, const String *string) {
  u8 text[NAME_MAX * 3];
  u32 length = MIN(string->length, (u32)NAME_MAX);
  size_t size =
      str_is_utf16(string) ? utf16_to_utf8(str_chars16(string), length, text) : latin1_to_utf8(str_chars8(string), length, text);
  return text_number(s, text, size);
}

static u32 symbol_number(Snapshot *s, const Symbol *symbol) {
  const String *description = ref_get(symbol->description);
  return description && !str_is_rope(description) ? string_number(s, description) : literal_number(s, "symbol");
}

static u32 key_number(Snapshot *s, PropertyKey key) {
  if (!key_is_symbol(key)) return string_number(s, (const String *)key);
  char text[NAME_MAX + 32];
  u32 number = symbol_number(s, (const Symbol *)key); // may move the texts
  Text name = s->texts.data[number];
  u32 size = MIN(name.size, (u32)NAME_MAX);
  return text_number(s, text,
                     (size_t)snprintf(text, sizeof text, "<symbol %.*s>", (int)size, (const char *)s->bytes.data + name.offset));
}

// A data property of an object's own, if it is there already; EMPTY otherwise.
static Value own_value(Isolate *iso, JSObject *o, PropertyKey key) {
  const Shape *shape = obj_shape(iso, o);
  PropertySlot found;
  if (!shape_lookup(shape, key, &found) || found.attrs & ATTR_ACCESSOR) return VALUE_EMPTY;
  return slot_get(obj_slot_at(o, shape, found.slot));
}

static bool function_name(Snapshot *s, Value function, u32 *number) {
  if (!value_is_object(function)) return false;
  JSObject *o = value_object(function);
  Value own = own_value(s->iso, o, ATOM(name));
  if (own != VALUE_EMPTY && value_is_string(own) && !str_is_rope(value_string(own))) {
    *number = string_number(s, value_string(own));
    return value_string(own)->length > 0;
  }
  if (o->cell.kind != KIND_FUNCTION) return false;
  const CodeBlock *block = ref_get(((JSFunction *)o)->code)->block;
  *number = text_number(s, block->name, MIN(block->name_length, (u32)NAME_MAX));
  return block->name_length > 0;
}

static u32 object_name(Snapshot *s, JSObject *o) {
  u32 number;
  JSObject *at = o;
  for (u32 i = 0; i < CHAIN_MAX && at->cell.kind != KIND_PROXY; i++) {
    Value constructor = own_value(s->iso, at, ATOM(constructor));
    if (constructor != VALUE_EMPTY && function_name(s, constructor, &number)) return number;
    Value proto = slot_get(&obj_shape(s->iso, at)->proto);
    if (!value_is_object(proto)) break;
    at = value_object(proto);
  }
  return literal_number(s, o->cell.kind == KIND_PROXY ? "Proxy" : weft_object_classes[o->cell.kind].class_name);
}

static u32 hidden_name(Snapshot *s, const Cell *cell) { // KIND_HASH_TABLE: "system / hash table"
  char text[64];
  int size = snprintf(text, sizeof text, "system / %s", weft_gc_kinds[cell->kind].name);
  for (int i = 9; i < size; i++) text[i] = text[i] == '_' ? ' ' : (char)(text[i] | ('A' <= text[i] && text[i] <= 'Z' ? 32 : 0));
  return text_number(s, text, (size_t)size);
}

static void name_object(Snapshot *s, Node *node, JSObject *o) {
  node->type = NODE_OBJECT;
  switch (o->cell.kind) {
  case KIND_FUNCTION:
  case KIND_NATIVE_FUNCTION:
  case KIND_BOUND_FUNCTION:
    node->type = NODE_CLOSURE;
    if (!function_name(s, value_from_object(o), &node->name)) node->name = literal_number(s, "");
    return;
  case KIND_REGEXP: {
    const String *source = ref_get(((JSRegExp *)o)->source);
    node->type = NODE_REGEXP;
    node->name = source && !str_is_rope(source) ? string_number(s, source) : literal_number(s, "RegExp");
    return;
  }
  case KIND_ARRAY_BUFFER:
  case KIND_SHARED_ARRAY_BUFFER: node->bytes += ((JSArrayBuffer *)o)->byte_length; break;
  default: break;
  }
  node->name = object_name(s, o);
}

static void name_node(Snapshot *s, Node *node, Cell *cell) {
  node->bytes = gc_size_of_cell(&s->iso->heap, cell);
  if (cell->kind >= KIND_OBJECT) {
    name_object(s, node, (JSObject *)cell);
    return;
  }
  node->name = hidden_name(s, cell);
  switch (cell->kind) {
  case KIND_STRING:
    node->type = str_is_rope((String *)cell) ? NODE_ROPE : cell->flags & STR_SLICE ? NODE_SLICE : NODE_STRING;
    node->name = node->type == NODE_ROPE ? literal_number(s, "(concatenated string)") : string_number(s, (String *)cell);
    break;
  case KIND_SYMBOL:
    node->type = NODE_SYMBOL;
    node->name = symbol_number(s, (Symbol *)cell);
    break;
  case KIND_BIGINT:
    node->type = NODE_BIGINT;
    node->name = literal_number(s, "bigint");
    break;
  case KIND_CODE:
    node->type = NODE_CODE;
    node->name = text_number(s, ((Code *)cell)->block->name, MIN(((Code *)cell)->block->name_length, (u32)NAME_MAX));
    break;
  case KIND_ENVIRONMENT:
    node->type = NODE_OBJECT;
    node->name = literal_number(s, "system / Context");
    break;
  case KIND_SHAPE:
  case KIND_PROPERTY_TABLE:
  case KIND_TRANSITION_TABLE: node->type = NODE_SHAPE; break;
  case KIND_STORE:
  case KIND_SPARSE_ELEMENTS:
  case KIND_VALUE_ARRAY:
  case KIND_BYTES:
  case KIND_HASH_TABLE:
  case KIND_WEAK_TABLE: node->type = NODE_ARRAY; break;
  default: break;
  }
}

// ---- Edges ----

static void add_edge(Snapshot *s, EdgeType type, u32 name, const Cell *cell) {
  u32 to = node_number(s, cell);
  s->nodes.data[to].met_by = s->here + 1;
  s->nodes.data[s->here].edge_count++;
  vec_push(&s->edges, (Edge){(u8)type, name, to});
}

static void add_value_edge(Snapshot *s, EdgeType type, u32 name, Value v) {
  if (word_is_cell(value_bits(v))) add_edge(s, type, name, value_cell(v));
}

// What a kind traces and has no name.
static void found_reference(GcVisitor *visitor, Cell *cell) {
  Snapshot *s = (Snapshot *)visitor;
  u32 to = node_number(s, cell);
  if (s->nodes.data[to].met_by != s->here + 1) add_edge(s, EDGE_HIDDEN, ++s->hidden_index, cell);
}

static void found_interior(GcVisitor *visitor, Cell *cell) {
  Snapshot *s = (Snapshot *)visitor;
  s->nodes.data[s->here].bytes += gc_size_of_cell(&s->iso->heap, cell);
}

static void add_property(Snapshot *s, PropertyKey key, u32 attrs, Value v) {
  u32 name = key_number(s, key);
  if (!(attrs & ATTR_ACCESSOR) || !value_is_kind(v, KIND_ACCESSOR)) {
    add_value_edge(s, EDGE_PROPERTY, name, v);
    return;
  }
  const char *const words[] = {"get", "set"};
  const Accessor *accessor = (const Accessor *)value_cell(v);
  for (u32 i = 0; i < 2; i++) {
    Value function = slot_get(i ? &accessor->setter : &accessor->getter);
    if (!value_is_object(function)) continue;
    char text[NAME_MAX * 3 + 8];
    Text t = s->texts.data[name];
    int size = snprintf(text, sizeof text, "%s %.*s", words[i], (int)t.size, (const char *)s->bytes.data + t.offset);
    add_value_edge(s, EDGE_PROPERTY, text_number(s, text, MIN((size_t)size, sizeof text - 1)), function);
  }
}

static void add_object_edges(Snapshot *s, JSObject *o) {
  const Shape *shape = obj_shape(s->iso, o);
  add_value_edge(s, EDGE_PROPERTY, literal_number(s, "__proto__"), slot_get(&shape->proto));
  add_edge(s, EDGE_INTERNAL, literal_number(s, "map"), &shape->cell);
  const PropertyEntry *entries = shape->count ? shape_entries(shape) : NULL;
  for (u32 i = 0; i < shape->count; i++) {
    if (entries[i].key) add_property(s, entries[i].key, entries[i].attrs, slot_get(obj_slot_at(o, shape, entries[i].slot)));
  }
  if (!(o->cell.flags & OBJ_SPARSE)) {
    const ElementsHeader *header = elements_header(o->bf);
    u32 count = MIN(header->length, header->capacity);
    for (u32 i = 0; i < count; i++) add_value_edge(s, EDGE_ELEMENT, i, slot_get(&o->bf[i]));
  }
  if (o->cell.kind == KIND_FUNCTION) {
    const JSFunction *f = (const JSFunction *)o;
    if (ref_get(f->env)) add_edge(s, EDGE_INTERNAL, literal_number(s, "context"), &ref_get(f->env)->cell);
    add_edge(s, EDGE_INTERNAL, literal_number(s, "code"), &ref_get(f->code)->cell);
  } else if (o->cell.kind == KIND_WEAK_REF && ((JSWeakRef *)o)->target) {
    add_edge(s, EDGE_WEAK, literal_number(s, "target"), (const Cell *)(uintptr_t)((JSWeakRef *)o)->target);
  }
}

static void add_weak_entries(Snapshot *s, const WeakTable *table) {
  for (u32 i = 0; table->entries && i <= table->mask; i++) {
    const WeakEntry *e = &table->entries[i];
    if (e->key > 1) add_value_edge(s, EDGE_INTERNAL, literal_number(s, "value of a weak entry"), slot_get(&e->value));
  }
}

static void look_at(Snapshot *s, u32 number) {
  Cell *cell = (Cell *)(uintptr_t)s->nodes.data[number].cell;
  Node node = s->nodes.data[number];
  name_node(s, &node, cell);
  s->nodes.data[number] = node;
  s->here = number;
  s->hidden_index = 0;
  if (cell->gc_bits & GC_STATIC) return;
  if (cell->kind >= KIND_OBJECT) add_object_edges(s, (JSObject *)cell);
  else if (cell->kind == KIND_WEAK_TABLE) add_weak_entries(s, (WeakTable *)cell);
  gc_visit_cell(&s->iso->heap, cell, &s->visitor);
}

static bool is_stopped(Isolate *iso) { return iso->terminating || atomic_load(&iso->interrupts) & INTERRUPT_TERMINATE; }

// Node 0 is the root: it shows the global object, and the collector's roots below a node of their own.
static bool walk(Snapshot *s) {
  vec_push(&s->nodes, (Node){.type = NODE_SYNTHETIC, .name = literal_number(s, "")});
  add_value_edge(s, EDGE_ELEMENT, 1, value_from_object(ref_get(s->iso->main_realm->global_object)));
  gc_visit_roots(&s->iso->heap, &s->visitor);
  for (u32 i = 1; i < s->nodes.len; i++) {
    if (!(i & 1023) && is_stopped(s->iso)) return false;
    look_at(s, i);
  }
  return true;
}

// ---- Text ----

#define APPEND(out, literal) bytes_append(out, literal, sizeof(literal) - 1)
static const size_t text_max = (size_t)UINT32_MAX - (1u << 20);

static void append_numbers(ByteVec *out, const u64 *numbers, u32 count, bool first) {
  char text[NODE_FIELDS * 24];
  size_t size = 0;
  for (u32 i = 0; i < count; i++) {
    if (i || !first) text[size++] = ',';
    char digits[20];
    u32 n = 0;
    for (u64 x = numbers[i]; x || !n; x /= 10) digits[n++] = (char)('0' + x % 10);
    while (n) text[size++] = digits[--n];
  }
  text[size++] = '\n';
  bytes_append(out, text, size);
}

static bool append_graph(ByteVec *out, const Snapshot *s) {
  APPEND(out, ",\"nodes\":[");
  for (u32 i = 0; i < s->nodes.len; i++) {
    if (out->len > text_max) return false;
    const Node *n = &s->nodes.data[i];
    append_numbers(out, (const u64[NODE_FIELDS]){n->type, n->name, (u64)i * 2 + 1, n->bytes, n->edge_count, 0}, NODE_FIELDS, !i);
  }
  APPEND(out, "],\"edges\":[");
  for (u32 i = 0; i < s->edges.len; i++) {
    if (out->len > text_max) return false;
    const Edge *e = &s->edges.data[i];
    append_numbers(out, (const u64[3]){e->type, e->name, (u64)e->to * NODE_FIELDS}, 3, !i);
  }
  APPEND(out, "],\"trace_function_infos\":[],\"trace_tree\":[],\"samples\":[],\"locations\":[],\"strings\":[");
  return true;
}

static void append_text(ByteVec *out, const u8 *text, u32 size) {
  APPEND(out, "\"");
  for (u32 i = 0, from = 0; i <= size; i++) {
    if (i < size && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') continue;
    bytes_append(out, text + from, i - from);
    from = i + 1;
    if (i == size) break;
    char escaped[8];
    bytes_append(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", (u32)text[i]));
  }
  APPEND(out, "\"");
}

static bool append_texts(ByteVec *out, const Snapshot *s) {
  for (u32 i = 0; i < s->texts.len; i++) {
    if (out->len > text_max) return false;
    if (i) APPEND(out, ",\n");
    append_text(out, s->bytes.data + s->texts.data[i].offset, s->texts.data[i].size);
  }
  APPEND(out, "]}");
  return true;
}

static bool append_all(ByteVec *out, const Snapshot *s) {
  APPEND(out, "{\"snapshot\":{\"meta\":{\"node_fields\":[\"type\",\"name\",\"id\",\"self_size\",\"edge_count\",\"detachedness\"],"
              "\"node_types\":[[\"hidden\",\"array\",\"string\",\"object\",\"code\",\"closure\",\"regexp\",\"number\",\"native\","
              "\"synthetic\",\"concatenated string\",\"sliced string\",\"symbol\",\"bigint\",\"object shape\"],"
              "\"string\",\"number\",\"number\",\"number\",\"number\"],\"edge_fields\":[\"type\",\"name_or_index\",\"to_node\"],"
              "\"edge_types\":[[\"context\",\"element\",\"property\",\"internal\",\"hidden\",\"shortcut\",\"weak\"],"
              "\"string_or_number\",\"node\"],"
              "\"trace_function_info_fields\":[\"function_id\",\"name\",\"script_name\",\"script_id\",\"line\",\"column\"],"
              "\"trace_node_fields\":[\"id\",\"function_info_index\",\"count\",\"size\",\"children\"],"
              "\"sample_fields\":[\"timestamp_us\",\"last_assigned_id\"],"
              "\"location_fields\":[\"object_index\",\"script_id\",\"line\",\"column\"]},\"node_count\":");
  profile_append_number(out, s->nodes.len);
  APPEND(out, ",\"edge_count\":");
  profile_append_number(out, s->edges.len);
  APPEND(out, ",\"trace_function_count\":0,\"extra_native_bytes\":0}");
  return append_graph(out, s) && append_texts(out, s);
}

static void collect(Heap *heap) {
  bool disabled = heap->disabled;
  heap->disabled = false;
  gc_collect(heap, true);
  heap->disabled = disabled;
}

static void snapshot_free(Snapshot *s) {
  vec_free(&s->nodes);
  vec_free(&s->edges);
  vec_free(&s->bytes);
  vec_free(&s->texts);
  base_free(s->node_table);
  base_free(s->text_table);
}

bool heap_snapshot_write(Host *host, ByteVec *json) {
  Snapshot s = {.visitor = {found_reference, found_interior}, .iso = host->iso};
  collect(&host->iso->heap);
  bool ok = walk(&s) && append_all(json, &s);
  snapshot_free(&s);
  return ok;
}

// ---- Objects by prototype ----

typedef struct Census {
  GcVisitor visitor; // first
  Snapshot seen;     // only its nodes by number
} Census;

static void census_reference(GcVisitor *visitor, Cell *cell) {
  if (!(cell->gc_bits & GC_STATIC)) (void)node_number(&((Census *)visitor)->seen, cell);
}

static void census_interior(GcVisitor *visitor, Cell *cell) { (void)visitor, (void)cell; }

static bool has_prototype(Isolate *iso, JSObject *o, const JSObject *prototype) {
  for (; o->cell.kind != KIND_PROXY;) {
    Value proto = slot_get(&obj_shape(iso, o)->proto);
    if (!value_is_object(proto)) return false;
    o = value_object(proto);
    if (o == prototype) return true;
  }
  return false;
}

JSObject *heap_objects_with_prototype(Host *host, JSObject *prototype) {
  Isolate *iso = host->iso;
  Census census = {.visitor = {census_reference, census_interior}, .seen = {.iso = iso}};
  collect(&iso->heap);
  vec_push(&census.seen.nodes, (Node){0});
  gc_visit_roots(&iso->heap, &census.visitor);
  for (u32 i = 1; i < census.seen.nodes.len; i++) {
    Cell *cell = (Cell *)(uintptr_t)census.seen.nodes.data[i].cell;
    if (cell->kind == KIND_WEAK_TABLE) {
      const WeakTable *table = (const WeakTable *)cell;
      for (u32 k = 0; table->entries && k <= table->mask; k++) {
        u64 word = value_bits(slot_get(&table->entries[k].value));
        if (table->entries[k].key > 1 && word_is_cell(word)) census_reference(&census.visitor, (Cell *)(uintptr_t)word);
      }
    }
    gc_visit_cell(&iso->heap, cell, &census.visitor);
  }
  // Until the list holds them, nothing may be collected.
  bool disabled = iso->heap.disabled;
  iso->heap.disabled = true;
  VEC(Value) found = {0};
  for (u32 i = 1; i < census.seen.nodes.len; i++) {
    const Cell *cell = census.seen.nodes.data[i].cell;
    if (cell->kind >= KIND_OBJECT && has_prototype(iso, (JSObject *)(uintptr_t)cell, prototype))
      vec_push(&found, value_from_cell(cell));
  }
  JSObject *list = array_from_values(iso, found.data, found.len);
  iso->heap.disabled = disabled;
  vec_free(&found);
  snapshot_free(&census.seen);
  return list;
}
