// SPDX-License-Identifier: MIT
// The walk behind inline caches: finds a name along a chain of ordinary objects without running JS, and decides what may be
// remembered. A prototype that an answer depends on is marked WATCHED; a receiver with a unique shape as well, since it keeps
// its id when it gains a property. Dictionaries gain properties all the time: what they lack is not remembered.
#include "vm/object_internal.h"

bool obj_lookup_for_ic(Isolate *iso, JSObject *receiver, PropertyKey key, IcLookup *out) {
  *out = (IcLookup){0};
  OwnProperty own;
  for (JSObject *o = receiver;;) {
    if (UNLIKELY(key_is_exotic_on(o, key))) {
      out->array_length = o == receiver && o->cell.kind == KIND_ARRAY && key == ATOM(length);
      out->exotic = !out->array_length;
      return false;
    }
    if (own_find_named(iso, o, key, &own)) {
      out->holder = o;
      break;
    }
    Value proto = slot_get(&obj_shape(iso, o)->proto);
    if (proto == VALUE_NULL) break;
    o = value_object(proto);
    out->hops++;
  }
  Shape *s = obj_shape(iso, receiver);
  out->cacheable = true;
  if (out->holder) {
    out->address = own.slot;
    out->attrs = own.attrs;
    out->slot = shape_entries(obj_shape(iso, out->holder))[own.number].slot;
    out->holder_is_receiver = out->holder == receiver;
  }
  if (out->holder_is_receiver) {
    if (shape_is_unique(s)) s->flags |= SHAPE_CACHED;
  } else if (s->flags & SHAPE_DICTIONARY) {
    out->cacheable = false;
  } else {
    shape_watch_chain(iso, receiver, out->holder);
  }
  return true;
}

static Tri add_transition(Isolate *iso, JSObject *o, PropertyKey key, Value v, IcAdd *out) {
  if (obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)o);
  Shape *before = obj_shape(iso, o);
  if (before->flags & SHAPE_NON_EXTENSIBLE) return TRI_NO;
  TRY(own_add_named(iso, o, key, v, ATTR_ALL));
  Shape *after = obj_shape(iso, o);
  *out = (IcAdd){.old_shape_id = before->id, .new_shape_id = after->id, .slot = after->next_slot - 1};
  out->cacheable = !shape_is_unique(after);
  return TRI_YES;
}

Tri obj_try_add_transition(Isolate *iso, JSObject *receiver, PropertyKey key, Value v, IcAdd *out) {
  IcLookup lookup;
  if (!obj_lookup_for_ic(iso, receiver, key, &lookup) || lookup.holder_is_receiver) return TRI_NO;
  if (lookup.holder && (lookup.attrs & ATTR_ACCESSOR || !(lookup.attrs & ATTR_WRITABLE))) return TRI_NO;
  return add_transition(iso, receiver, key, v, out);
}

Tri obj_try_define_transition(Isolate *iso, JSObject *o, PropertyKey key, Value v, IcAdd *out) {
  OwnProperty own;
  if (key_is_index(key) || key_is_exotic_on(o, key) || own_find_named(iso, o, key, &own)) return TRI_NO;
  return add_transition(iso, o, key, v, out);
}

// ---- Why a set failed ----

static void *throw_set_on_primitive(Isolate *iso, Value base, PropertyKey key) {
  const char *name = error_text_of_key(iso, key);
  const char *type = value_is_string(base)    ? "string"
                     : value_is_number(base)  ? "number"
                     : value_is_boolean(base) ? "boolean"
                     : value_is_symbol(base)  ? "symbol"
                                              : "bigint";
  String *text = value_is_string(base) ? value_string(base) : NULL;
  return THROW(iso, READ_ONLY_PRIMITIVE, name, type, text ? error_text_of_string(iso, text) : error_text_of_value(iso, base));
}

void *throw_set_failed(Isolate *iso, Value base, PropertyKey key) {
  const char *name = error_text_of_key(iso, key);
  if (value_is_nullish(base)) return THROW(iso, SET_OF_NULLISH, base == VALUE_NULL ? "null" : "undefined", name);
  if (!value_is_object(base)) return throw_set_on_primitive(iso, base, key);
  const char *text = error_text_of_value(iso, base);
  JSObject *o = value_object(base);
  if (o->cell.kind == KIND_PROXY) return THROW(iso, PROXY_TRAP_FALSISH, "set", name);
  for (JSObject *p = o; p->cell.kind != KIND_PROXY;) {
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, p, key, &desc));
    if (found == TRI_YES) {
      if (desc.has & (HAS_GET | HAS_SET)) return THROW(iso, NO_SETTER, name, text);
      if (!(desc.attrs & ATTR_WRITABLE)) return THROW(iso, READ_ONLY_PROPERTY, name, text);
      break;
    }
    Value proto = TRY(obj_get_prototype_of(iso, p));
    if (proto == VALUE_NULL) break;
    p = value_object(proto);
  }
  if (!obj_is_extensible_ordinary(iso, o) || o->cell.flags & OBJ_LENGTH_READONLY) return THROW(iso, NOT_EXTENSIBLE, name);
  return THROW(iso, READ_ONLY_PROPERTY, name, text);
}
