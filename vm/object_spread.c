// SPDX-License-Identifier: MIT
// {...source} at the head of an object literal: a copy slot by slot. The copy's shape follows from the source's shape and the
// room that the literal wants, so that it is found once for both, not property by property.
// Tests: tests/js/language/spread_shapes.js.
#include "vm/object_internal.h"
#include "vm/shape_internal.h"

// The copy has the source's properties in the same slots; NULL: their copying takes more than that.
static Shape *shape_of_copy(Isolate *iso, const Shape *from, Value proto, u32 room) {
  const PropertyEntry *entries = shape_entries(from);
  for (u32 i = 0; i < from->count; i++) {
    const PropertyEntry *e = &entries[i];
    if (key_is_private(e->key) || key_is_symbol(e->key)) return NULL; // symbols come last, whenever they were added
    if (e->attrs & ATTR_ACCESSOR || !(e->attrs & ATTR_ENUMERABLE)) return NULL;
  }
  Shape *to = shape_root(iso, proto, KIND_OBJECT, sizeof(JSObject), (u16)room, 0);
  for (u32 i = 0; to && i < from->count; i++) to = shape_child(iso, to, shape_entries(from)[i].key, ATTR_ALL);
  return to;
}

static Shape *cached_shape_of_copy(Isolate *iso, Shape *from, Value proto, u32 room) {
  SpreadShape *c = &iso->spread_shapes[(from->id ^ room) % ARRAY_LEN(iso->spread_shapes)];
  if (LIKELY(c->from == from && c->to->inline_cap == room && slot_get(&c->to->proto) == proto)) return c->to;
  Shape *to = shape_of_copy(iso, from, proto, room);
  if (to) *c = (SpreadShape){from, to};
  return to;
}

// NULL: not a plain object that can be copied so.
static JSObject *copy_slots(Isolate *iso, JSObject *target, JSObject *from) {
  enum { LEAST_ROOM = 4, MOST = SHAPE_MAX_REPLAY };
  Shape *s = obj_shape(iso, from), *fresh = obj_shape(iso, target);
  if (from->cell.kind != KIND_OBJECT || shape_is_unique(s) || s->count == 0 || s->count > MOST) return NULL;
  if (fresh->count != 0 || shape_is_unique(fresh) || target->bf != weft_empty_store || obj_has_elements(from)) return NULL;
  // The literal's room counts this spread as one property.
  u32 room = (s->count + fresh->inline_cap - 1 + 1) & ~1u;
  Shape *to = cached_shape_of_copy(iso, s, slot_get(&fresh->proto), MAX(room, LEAST_ROOM));
  if (!to) return NULL;
  JSObject *copy = obj_new(iso, to); // its slots lie inside
  Slot *slots = (Slot *)(copy + 1);
  u32 inside = MIN(s->count, s->inline_cap);
  const Slot *source = (const Slot *)((char *)from + s->first_offset);
  for (u32 i = 0; i < inside; i++) slot_init(&slots[i], slot_get(&source[i]));
  for (u32 i = inside; i < s->count; i++) slot_init(&slots[i], slot_get(obj_slot_at(from, s, i)));
  return copy;
}

JSObject *object_literal_spread(Isolate *iso, JSObject *target, Value source) {
  if (value_is_object(source)) {
    JSObject *copy = copy_slots(iso, target, value_object(source));
    if (copy) return copy;
  }
  TRY(copy_data_properties(iso, target, source, NULL, 0));
  return target;
}
