// SPDX-License-Identifier: MIT
// Shapes (hidden classes): which properties an object has, in which slots, and its prototype.
//
// Shared shapes form transition trees below a root per (prototype, inline capacity, kind). Unique shapes belong to one
// object: prototypes, the global object, and dictionaries (many properties added one by one, or a delete in the middle).
// The property table of a chain of shared shapes is one append-only table: a shape sees its first `count` entries; a
// second child of the same parent copies it.
//
// Inline caches compare shape ids. What keeps them right:
// - a shared shape never changes; a unique shape gets a new id when a property is removed or reconfigured (adding one
//   keeps it: slots of the others stay where they are; what a cache knows to be absent there is guarded by the epoch);
// - a cache that went through prototypes also holds iso->proto_epoch, which is raised whenever a WATCHED prototype gains,
//   loses or reconfigures a property, moves its overflow store, or changes its own prototype.
#ifndef WEFT_VM_SHAPE_H
#define WEFT_VM_SHAPE_H

#include "vm/string.h"

enum { // property attributes
  ATTR_WRITABLE = 1,
  ATTR_ENUMERABLE = 2,
  ATTR_CONFIGURABLE = 4,
  ATTR_ACCESSOR = 8, // the slot holds an Accessor cell (or a lazy one)
  ATTR_ALL = ATTR_WRITABLE | ATTR_ENUMERABLE | ATTR_CONFIGURABLE,
  ATTR_METHOD = ATTR_WRITABLE | ATTR_CONFIGURABLE, // built-in methods: not enumerable
};

typedef struct PropertyEntry {
  PropertyKey key; // NULL: deleted (unique shapes only)
  u32 slot;
  u32 attrs;
} PropertyEntry;

typedef struct PropertyTable {
  Cell cell;
  u32 count, capacity; // entries, deleted ones included
  u32 hash_mask;       // 0: no hash index (at most 8 entries: scan)
  u32 deleted;
  // PropertyEntry entries[capacity]; then u32 index[hash_mask + 1] (entry number + 1, 0: free) when hash_mask
} PropertyTable;

enum ShapeFlags {
  SHAPE_UNIQUE = 1,     // belongs to one object
  SHAPE_DICTIONARY = 2, // unique because it was too dynamic for a tree
  SHAPE_PROTO = 4,      // its object is somebody's prototype
  SHAPE_WATCHED = 8,    // some inline cache depends on it through a prototype chain
  SHAPE_NON_EXTENSIBLE = 16,
  SHAPE_LAZY_FUNCTION = 32, // length, name and prototype of a function are not there yet (function_reify_properties)
  SHAPE_EXOTIC = 64,        // named properties go through internal methods (proxy, namespace, typed array, string object,
                            // mapped arguments, host interceptors): never cached
  SHAPE_HAS_INDEXED_ACCESSORS = 128,
  SHAPE_HTMLDDA = 256,          // [[IsHTMLDDA]]: typeof "undefined", falsy, == null
  SHAPE_CACHED = 512,           // dictionaries: some inline cache may hold the id (only obj_lookup_for_ic lets it)
  SHAPE_IMMUTABLE_PROTO = 1024, // %Object.prototype%
};

struct Shape {
  Cell cell; // cell.flags: kind of its objects
  u32 id;
  u32 flags;
  u32 count;                // entries of the table that belong to this shape
  u32 next_slot;            // slots in use: count, unless unique with deletions
  u16 inline_cap;           // slots inside the object
  u16 first_offset;         // where they begin, in bytes
  u32 transition_attrs;     // attributes of `key`, the property that this shape added to its parent
  Slot proto;               // object or null
  REF(Shape) parent;        // shared shapes; NULL: root
  REF(Realm) realm;         // unique shapes: whose built-ins the lazy slots are, or NULL
  PropertyKey key;          // shared shapes: what was added to the parent; NULL: only flags
  REF(PropertyTable) table; // NULL when count is 0
  // Children: NULL, one Shape, or a TransitionTable. Weak: a child that nobody uses is forgotten.
  REF(Cell) transitions;
  // Enumerable string keys of objects of this shape in order, for for-in and Object.keys; NULL until asked. ValueArray.
  REF(Cell) enum_cache;
  // For a unique PROTO shape: root shapes of objects whose prototype is the owner, by kind and inline capacity.
  REF(Cell) child_roots;
};

typedef struct PropertySlot { // answer of a lookup
  u32 slot;
  u32 attrs;
} PropertySlot;

// Looks `key` (atom or symbol, not an index) up among the shape's own properties. No failure, no JS.
bool shape_lookup(const Shape *shape, PropertyKey key, PropertySlot *out);
// Root for new objects: `proto` is an object or null. Cached on the prototype (or the isolate for null).
Shape *shape_root(Isolate *iso, Value proto, u8 kind, u16 first_offset, u16 inline_cap, u32 flags);
// The shape after adding a property: for shared shapes the (found or new) child; for unique ones the same, changed.
// Turns an object that has grown too dynamic into a dictionary first (therefore takes the object).
MUST_CHECK Shape *shape_add_property(Isolate *iso, JSObject *object, PropertyKey key, u32 attrs, u32 *slot);
// Gives object a unique shape (copy of its table) with extra flags; no-op but for the flags if it has one.
MUST_CHECK Shape *shape_make_unique(Isolate *iso, JSObject *object, u32 flags);
void shape_raise_epoch(Isolate *iso);          // iso->proto_epoch, with wrap-around handled
void shape_new_id(Isolate *iso, Shape *shape); // a unique shape whose properties moved: caches on the old id miss
// Marks every prototype on the chain from `start` up to `holder` (NULL: whole chain) as WATCHED.
void shape_watch_chain(Isolate *iso, JSObject *start, JSObject *holder);
PropertyEntry *shape_entries(const Shape *shape); // count of them; skip entries with key NULL
void shape_table_init(Isolate *iso);
void shape_table_destroy(Isolate *iso);
void shapes_after_mark(Isolate *iso, bool full); // full: dead children forgotten, ids of dead shapes freed

#endif
