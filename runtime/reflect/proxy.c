// SPDX-License-Identifier: MIT
// The Proxy constructor and Proxy.revocable (ECMA-262 28.2). The exotic object is vm/proxy.c.
#include "runtime/support.h"

static JSProxy *proxy_create(Isolate *iso, Value target, Value handler) {
  if (!value_is_object(target) || !value_is_object(handler)) return THROW(iso, PROXY_NON_OBJECT);
  JSProxy *p = TRY(obj_new_kind(iso, KIND_PROXY, VALUE_NULL));
  slot_set(iso, p, &p->target, target);
  slot_set(iso, p, &p->handler, handler);
  if (value_is_callable(target)) p->object.cell.flags |= OBJ_CALLABLE;
  p->is_constructor = value_is_constructor(target);
  return p;
}

static Value proxy_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "Proxy");
  return value_from_object(proxy_create(iso, call_arg(call, 0), call_arg(call, 1)));
}

static Value revoke(Isolate *iso, const Call *call) { // data: the proxy, undefined once revoked
  Value proxy = native_data(call, 0);
  if (value_is_undefined(proxy)) return VALUE_UNDEFINED;
  native_set_data(iso, (JSNativeFunction *)value_object(call->callee), 0, VALUE_UNDEFINED);
  JSProxy *p = (JSProxy *)value_object(proxy);
  slot_set(iso, p, &p->target, VALUE_NULL);
  slot_set(iso, p, &p->handler, VALUE_NULL);
  return VALUE_UNDEFINED;
}

static Value proxy_revocable(Isolate *iso, const Call *call) {
  JSProxy *p = TRY(proxy_create(iso, call_arg(call, 0), call_arg(call, 1)));
  JSNativeFunction *f = TRY(closure_new(iso, revoke, 0, 1));
  native_set_data(iso, f, 0, value_from_object(p));
  JSObject *result = TRY(obj_new_plain(iso));
  obj_put_direct(iso, result, ATOM(proxy), value_from_object(p), ATTR_ALL);
  obj_put_direct(iso, result, ATOM(revoke), value_from_object(f), ATTR_ALL);
  return value_from_object(result);
}

static const BuiltinProperty proxy_properties[] = {
    METHOD(revocable, proxy_revocable, 2),
};
const BuiltinObject builtin_proxy = BUILTIN_CLASS(Proxy, proxy_constructor, 2, INTRINSIC_NONE, proxy_properties);
