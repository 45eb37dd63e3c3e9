// SPDX-License-Identifier: MIT
// The table of all intrinsic objects, and the properties of the global object in V8's order. Each object itself is described
// in the file of its global; runtime/intrinsics.def is the list.
#include "runtime/intrinsics.h"

#include "runtime/text/regexp.h"
#include "vm/hooks.h"
#include "runtime/global/global.h"
#include "runtime/support.h"

const BuiltinObject *const runtime_builtin_objects[INTRINSIC_COUNT] = {
#define BUILTIN(NAME, name) [INTRINSIC_##NAME] = &builtin_##name,
#define BUILTIN_LATER(NAME, name) [INTRINSIC_##NAME] = NULL,
#include "runtime/intrinsics.def"
#undef BUILTIN
#undef BUILTIN_LATER
};

static Value global_this_value(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

#define GLOBAL(name_, intrinsic_) INTRINSIC_PROP(name_, intrinsic_, ATTR_METHOD)
const BuiltinProperty runtime_globals[] = {
    GLOBAL(Object, OBJECT),
    GLOBAL(Function, FUNCTION),
    GLOBAL(Array, ARRAY),
    GLOBAL(Number, NUMBER),
    GLOBAL(parseFloat, PARSE_FLOAT),
    GLOBAL(parseInt, PARSE_INT),
    CONST_PROP_DOUBLE(Infinity, __builtin_inf(), 0),
    CONST_PROP_DOUBLE(NaN, __builtin_nan(""), 0),
    {.key = ATOM_undefined, .kind = BUILTIN_UNDEFINED_PROPERTY, .attrs = 0},
    GLOBAL(Boolean, BOOLEAN),
    GLOBAL(String, STRING),
    GLOBAL(Symbol, SYMBOL),
    GLOBAL(Date, DATE),
    GLOBAL(Promise, PROMISE),
    GLOBAL(RegExp, REGEXP),
    GLOBAL(Error, ERROR),
    GLOBAL(AggregateError, AGGREGATE_ERROR),
    GLOBAL(EvalError, EVAL_ERROR),
    GLOBAL(RangeError, RANGE_ERROR),
    GLOBAL(ReferenceError, REFERENCE_ERROR),
    GLOBAL(SyntaxError, SYNTAX_ERROR),
    GLOBAL(TypeError, TYPE_ERROR),
    GLOBAL(URIError, URI_ERROR),
    COMPUTED_PROP(globalThis, global_this_value, ATTR_METHOD),
    GLOBAL(JSON, JSON),
    GLOBAL(Math, MATH),
    GLOBAL(ArrayBuffer, ARRAY_BUFFER),
    GLOBAL(Atomics, ATOMICS),
    GLOBAL(Uint8Array, UINT8_ARRAY),
    GLOBAL(Int8Array, INT8_ARRAY),
    GLOBAL(Uint16Array, UINT16_ARRAY),
    GLOBAL(Int16Array, INT16_ARRAY),
    GLOBAL(Uint32Array, UINT32_ARRAY),
    GLOBAL(Int32Array, INT32_ARRAY),
    GLOBAL(Float16Array, FLOAT16_ARRAY),
    GLOBAL(Float32Array, FLOAT32_ARRAY),
    GLOBAL(Float64Array, FLOAT64_ARRAY),
    GLOBAL(Uint8ClampedArray, UINT8_CLAMPED_ARRAY),
    GLOBAL(BigUint64Array, BIG_UINT64_ARRAY),
    GLOBAL(BigInt64Array, BIG_INT64_ARRAY),
    GLOBAL(DataView, DATA_VIEW),
    GLOBAL(Map, MAP),
    GLOBAL(BigInt, BIGINT),
    GLOBAL(Set, SET),
    GLOBAL(Iterator, ITERATOR),
    GLOBAL(WeakMap, WEAK_MAP),
    GLOBAL(WeakSet, WEAK_SET),
    GLOBAL(WeakRef, WEAK_REF),
    GLOBAL(FinalizationRegistry, FINALIZATION_REGISTRY),
    GLOBAL(SharedArrayBuffer, SHARED_ARRAY_BUFFER),
    GLOBAL(Proxy, PROXY),
    GLOBAL(Reflect, REFLECT),
    METHOD(decodeURI, global_decode_uri, 1),
    METHOD(decodeURIComponent, global_decode_uri_component, 1),
    METHOD(encodeURI, global_encode_uri, 1),
    METHOD(encodeURIComponent, global_encode_uri_component, 1),
    METHOD(escape, global_escape, 1),
    METHOD(unescape, global_unescape, 1),
    GLOBAL(eval, EVAL),
    METHOD(isFinite, global_is_finite, 1),
    METHOD(isNaN, global_is_nan, 1),
    GLOBAL(DisposableStack, DISPOSABLE_STACK),
    GLOBAL(AsyncDisposableStack, ASYNC_DISPOSABLE_STACK),
    GLOBAL(SuppressedError, SUPPRESSED_ERROR),
};

const BuiltinTables runtime_builtin_tables = {
    .objects = runtime_builtin_objects,
    .globals = runtime_globals,
    .global_count = ARRAY_LEN(runtime_globals),
};

void runtime_fill_hooks(Hooks *hooks) {
  hooks->regexp_create = regexp_create;
  hooks->regexp_clone = regexp_clone;
}
