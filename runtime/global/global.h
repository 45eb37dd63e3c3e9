// SPDX-License-Identifier: MIT
// Functions of the global object, for its table (runtime/intrinsics.c).
#ifndef WEFT_RUNTIME_GLOBAL_GLOBAL_H
#define WEFT_RUNTIME_GLOBAL_GLOBAL_H

#include "vm/builtin.h"

Value global_decode_uri(Isolate *iso, const Call *call);
Value global_decode_uri_component(Isolate *iso, const Call *call);
Value global_encode_uri(Isolate *iso, const Call *call);
Value global_encode_uri_component(Isolate *iso, const Call *call);
Value global_escape(Isolate *iso, const Call *call);
Value global_unescape(Isolate *iso, const Call *call);
Value global_is_finite(Isolate *iso, const Call *call);
Value global_is_nan(Isolate *iso, const Call *call);

#endif
