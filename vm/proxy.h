// SPDX-License-Identifier: MIT
// Proxies (ECMA-262 10.5, 28.2). The struct is in vm/kinds.h, making and revoking in runtime/reflect/.
#ifndef WEFT_VM_PROXY_H
#define WEFT_VM_PROXY_H

#include "vm/call.h"

// [[Call]] and [[Construct]]. Run JS.
MUST_CHECK Value proxy_call(Isolate *iso, JSObject *proxy, Value this_value, u32 argc, const Value *args);
MUST_CHECK Value proxy_construct(Isolate *iso, JSObject *proxy, Value new_target, u32 argc, const Value *args);
// The target, or NULL with a TypeError naming the operation when it is revoked (IsArray, GetFunctionRealm).
MUST_CHECK JSObject *proxy_target(Isolate *iso, JSObject *proxy, const char *operation);

#endif
