// SPDX-License-Identifier: MIT
// DisposableStack and AsyncDisposableStack (ECMA-262 27.3, 27.4). A resource is three words: value, method (undefined: only await),
// and whether the method is called on the value (use) or with it as argument (adopt), or alone (defer).
// Tests: tests/js/control/disposable_stack*.js
#include "runtime/support.h"
#include "vm/promise.h"

enum Disposal { DISPOSE_USE, DISPOSE_ADOPT, DISPOSE_DEFER, DISPOSE_SYNC_METHOD }; // the last: @@dispose in an async stack
enum { RESOURCE_WORDS = 3 };

// ---- Resources ----

static bool add_resource(Isolate *iso, JSDisposableStack *s, Value v, Value method, enum Disposal how) {
  ValueArray *list = (ValueArray *)ref_get(s->resources);
  if (!list || (u64)(s->count + 1) * RESOURCE_WORDS > list->count) {
    ValueArray *bigger = TRY(value_array_new(iso, list ? list->count * 2 : 4 * RESOURCE_WORDS));
    for (u32 i = 0; i < s->count * RESOURCE_WORDS; i++) slot_set(iso, bigger, &bigger->values[i], slot_get(&list->values[i]));
    ref_set(iso, s, &s->resources, (Cell *)bigger);
    list = bigger;
  }
  Slot *words = &list->values[s->count * RESOURCE_WORDS];
  slot_set(iso, list, &words[0], v);
  slot_set(iso, list, &words[1], method);
  slot_set(iso, list, &words[2], value_from_int(how));
  s->count++;
  return true;
}

static void *throw_not_disposable(Isolate *iso, const char *symbol) { return THROW(iso, DISPOSE_NOT_FUNCTION, symbol); }

// What disposing of one resource calls. For an async stack the result is to be awaited.
static Value call_dispose(Isolate *iso, const Slot *words) {
  Value v = slot_get(&words[0]), method = slot_get(&words[1]);
  switch (value_int(slot_get(&words[2]))) {
  case DISPOSE_ADOPT: return CALL1(iso, method, VALUE_UNDEFINED, v);
  case DISPOSE_DEFER: return CALL0(iso, method, VALUE_UNDEFINED);
  case DISPOSE_SYNC_METHOD: TRY(CALL0(iso, method, v)); return VALUE_UNDEFINED;
  default: return CALL0(iso, method, v);
  }
}

// The error that waits, together with the one before (EMPTY: none): a SuppressedError of both. VALUE_FAIL: terminating, or no memory.
static Value combine_errors(Isolate *iso, Value before) {
  if (iso->terminating) return VALUE_FAIL;
  Value error = isolate_take_exception(iso);
  if (!before) return error;
  JSObject *both = TRY(error_new(iso, INTRINSIC_SUPPRESSED_ERROR_PROTOTYPE, NULL));
  obj_put_direct(iso, both, ATOM(error), error, ATTR_METHOD);
  obj_put_direct(iso, both, ATOM(suppressed), before, ATTR_METHOD);
  return value_from_object(both);
}

// ---- Both stacks ----

static bool is_async(const Call *call) { return native_magic(call); }

static JSDisposableStack *this_stack(Isolate *iso, const Call *call, const char *method) {
  u8 kind = is_async(call) ? KIND_ASYNC_DISPOSABLE_STACK : KIND_DISPOSABLE_STACK;
  if (value_is_kind(call->this_value, kind)) return (JSDisposableStack *)value_object(call->this_value);
  char name[80];
  snprintf(name, sizeof name, "%sDisposableStack.prototype.%s", is_async(call) ? "Async" : "", method);
  return throw_incompatible(iso, name, call->this_value);
}

static JSDisposableStack *this_open_stack(Isolate *iso, const Call *call, const char *method) {
  JSDisposableStack *s = TRY(this_stack(iso, call, method));
  if (s->disposed) return THROW(iso, DISPOSED, is_async(call) ? "AsyncDisposableStack" : "DisposableStack");
  return s;
}

static Value disposable_stack_constructor(Isolate *iso, const Call *call) {
  bool async = is_async(call);
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, async ? "AsyncDisposableStack" : "DisposableStack");
  u32 prototype = async ? INTRINSIC_ASYNC_DISPOSABLE_STACK_PROTOTYPE : INTRINSIC_DISPOSABLE_STACK_PROTOTYPE;
  u8 kind = async ? KIND_ASYNC_DISPOSABLE_STACK : KIND_DISPOSABLE_STACK;
  return value_from_object(ordinary_create_from_constructor(iso, call->new_target, prototype, kind));
}

static Value disposable_stack_get_disposed(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_stack(iso, call, "disposed"));
  return value_from_bool(s->disposed);
}

// GetDisposeMethod: an async stack takes @@asyncDispose, or else @@dispose.
static Value get_dispose_method(Isolate *iso, Value v, bool async, enum Disposal *how) {
  *how = DISPOSE_USE;
  if (async) {
    Value method = TRY(get_method(iso, v, SYM(asyncDispose)));
    if (!value_is_undefined(method)) return method;
    *how = DISPOSE_SYNC_METHOD;
  }
  Value method = TRY(get_method(iso, v, SYM(dispose)));
  return value_is_undefined(method) ? throw_not_disposable(iso, async ? "asyncDispose" : "dispose") : method;
}

static Value disposable_stack_use(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_open_stack(iso, call, "use"));
  Value v = call_arg(call, 0);
  if (value_is_nullish(v)) {
    if (is_async(call)) TRY(add_resource(iso, s, VALUE_UNDEFINED, VALUE_UNDEFINED, DISPOSE_USE));
    return v;
  }
  if (!value_is_object(v)) return THROW(iso, USING_NOT_OBJECT, error_text_of_value(iso, v));
  enum Disposal how;
  Value method = TRY(get_dispose_method(iso, v, is_async(call), &how));
  TRY(add_resource(iso, s, v, method, how));
  return v;
}

static Value disposable_stack_adopt(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_open_stack(iso, call, "adopt"));
  if (!value_is_callable(call_arg(call, 1))) return throw_not_a_function(iso, call_arg(call, 1));
  TRY(add_resource(iso, s, call_arg(call, 0), call_arg(call, 1), DISPOSE_ADOPT));
  return call_arg(call, 0);
}

static Value disposable_stack_defer(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_open_stack(iso, call, "defer"));
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  TRY(add_resource(iso, s, VALUE_UNDEFINED, call_arg(call, 0), DISPOSE_DEFER));
  return VALUE_UNDEFINED;
}

static Value disposable_stack_move(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_open_stack(iso, call, "move"));
  bool async = is_async(call);
  u32 prototype = async ? INTRINSIC_ASYNC_DISPOSABLE_STACK_PROTOTYPE : INTRINSIC_DISPOSABLE_STACK_PROTOTYPE;
  JSDisposableStack *moved =
      TRY(obj_new_kind(iso, async ? KIND_ASYNC_DISPOSABLE_STACK : KIND_DISPOSABLE_STACK, intrinsic(iso, prototype)));
  ref_set(iso, moved, &moved->resources, ref_get(s->resources));
  moved->count = s->count;
  ref_set(iso, s, &s->resources, NULL);
  s->count = 0;
  s->disposed = true;
  return value_from_object(moved);
}

// ---- Disposing ----

static Value disposable_stack_dispose(Isolate *iso, const Call *call) {
  JSDisposableStack *s = TRY(this_stack(iso, call, "dispose"));
  if (s->disposed) return VALUE_UNDEFINED;
  s->disposed = true;
  ValueArray *list = (ValueArray *)ref_get(s->resources);
  u32 count = s->count;
  ref_set(iso, s, &s->resources, NULL);
  s->count = 0;
  Value error = VALUE_EMPTY;
  while (count-- > 0) {
    if (call_dispose(iso, &list->values[count * RESOURCE_WORDS])) continue;
    error = TRY(combine_errors(iso, error));
  }
  return error ? throw_value(iso, error) : VALUE_UNDEFINED;
}

// State of an asynchronous disposal, between its awaits.
enum { ASYNC_RESOURCES, ASYNC_COUNT, ASYNC_ERROR, ASYNC_PROMISE, ASYNC_NEED_AWAIT, ASYNC_HAS_AWAITED, ASYNC_WORDS };

static void dispose_async_resume(Isolate *iso, Value data, Value value, bool fulfilled);

static bool await_then_resume(Isolate *iso, ValueArray *state, Value v) {
  Value promise = TRY(promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), v));
  return promise_then_native(iso, (JSPromise *)value_object(promise), dispose_async_resume, value_from_cell(state));
}

static bool keep_error(Isolate *iso, ValueArray *state) {
  Value error = TRY(combine_errors(iso, slot_get(&state->values[ASYNC_ERROR])));
  slot_set(iso, state, &state->values[ASYNC_ERROR], error);
  return true;
}

// Goes on until something has to be awaited, or to the end, where the promise is settled.
static void dispose_async_run(Isolate *iso, ValueArray *state) {
  ValueArray *list = (ValueArray *)value_cell(slot_get(&state->values[ASYNC_RESOURCES]));
  i32 count;
  while ((count = value_int(slot_get(&state->values[ASYNC_COUNT]))) > 0) {
    const Slot *words = &list->values[--count * RESOURCE_WORDS];
    slot_set(iso, state, &state->values[ASYNC_COUNT], value_from_int(count));
    if (value_is_undefined(slot_get(&words[1]))) {
      slot_set(iso, state, &state->values[ASYNC_NEED_AWAIT], VALUE_TRUE);
      continue;
    }
    Value result = call_dispose(iso, words);
    if (result) {
      slot_set(iso, state, &state->values[ASYNC_HAS_AWAITED], VALUE_TRUE);
      if (await_then_resume(iso, state, result)) return;
    }
    if (!keep_error(iso, state)) return;
  }
  if (slot_get(&state->values[ASYNC_NEED_AWAIT]) == VALUE_TRUE && slot_get(&state->values[ASYNC_HAS_AWAITED]) != VALUE_TRUE) {
    slot_set(iso, state, &state->values[ASYNC_NEED_AWAIT], VALUE_FALSE);
    if (await_then_resume(iso, state, VALUE_UNDEFINED)) return;
    if (!keep_error(iso, state)) return;
  }
  JSPromise *promise = (JSPromise *)value_object(slot_get(&state->values[ASYNC_PROMISE]));
  Value error = slot_get(&state->values[ASYNC_ERROR]);
  if (error) promise_reject(iso, promise, error);
  else promise_fulfill(iso, promise, VALUE_UNDEFINED);
}

static void dispose_async_resume(Isolate *iso, Value data, Value value, bool fulfilled) {
  ValueArray *state = (ValueArray *)value_cell(data);
  if (!fulfilled) {
    throw_value(iso, value);
    if (!keep_error(iso, state)) return;
  }
  dispose_async_run(iso, state);
}

static Value async_disposable_stack_dispose_async(Isolate *iso, const Call *call) {
  JSPromise *promise = TRY(promise_new(iso));
  JSDisposableStack *s = this_stack(iso, call, "disposeAsync");
  if (!s) {
    if (iso->terminating) return VALUE_FAIL;
    promise_reject(iso, promise, isolate_take_exception(iso));
    return value_from_object(promise);
  }
  if (s->disposed) {
    promise_fulfill(iso, promise, VALUE_UNDEFINED);
    return value_from_object(promise);
  }
  s->disposed = true;
  ValueArray *state = TRY(value_array_new(iso, ASYNC_WORDS));
  slot_set(iso, state, &state->values[ASYNC_RESOURCES], value_from_cell(ref_get(s->resources)));
  slot_set(iso, state, &state->values[ASYNC_COUNT], value_from_int((i32)s->count));
  slot_set(iso, state, &state->values[ASYNC_PROMISE], value_from_object(promise));
  ref_set(iso, s, &s->resources, NULL);
  s->count = 0;
  dispose_async_run(iso, state);
  return iso->terminating ? VALUE_FAIL : value_from_object(promise);
}

// ---- Tables ----

static const BuiltinProperty disposable_stack_prototype_properties[] = {
    METHOD_MAGIC(adopt, disposable_stack_adopt, 2, 0),
    METHOD_MAGIC(defer, disposable_stack_defer, 1, 0),
    METHOD_MAGIC(dispose, disposable_stack_dispose, 0, 0),
    GETTER_MAGIC(disposed, disposable_stack_get_disposed, 0),
    METHOD_MAGIC(move, disposable_stack_move, 0, 0),
    METHOD_MAGIC(use, disposable_stack_use, 1, 0),
    ALIAS_SYM(dispose, dispose),
    STRING_TAG(DisposableStack),
};
static const BuiltinProperty async_disposable_stack_prototype_properties[] = {
    METHOD_MAGIC(adopt, disposable_stack_adopt, 2, 1),
    METHOD_MAGIC(defer, disposable_stack_defer, 1, 1),
    METHOD_MAGIC(disposeAsync, async_disposable_stack_dispose_async, 0, 1),
    GETTER_MAGIC(disposed, disposable_stack_get_disposed, 1),
    METHOD_MAGIC(move, disposable_stack_move, 0, 1),
    METHOD_MAGIC(use, disposable_stack_use, 1, 1),
    ALIAS_SYM(asyncDispose, disposeAsync),
    STRING_TAG(AsyncDisposableStack),
};

#define STACK_CONSTRUCTOR(Name_, NAME_, async_) \
  { \
    .kind = BUILTIN_CONSTRUCTOR, .heap_kind = KIND_NATIVE_FUNCTION, .length = 0, .name = ATOM_##Name_, \
    .parent = INTRINSIC_FUNCTION_PROTOTYPE, .prototype = INTRINSIC_##NAME_##_PROTOTYPE, .constructor = INTRINSIC_NONE, \
    .native_flags = NATIVE_CONSTRUCTOR, .magic = async_, .fn = disposable_stack_constructor, \
  }
const BuiltinObject builtin_disposable_stack = STACK_CONSTRUCTOR(DisposableStack, DISPOSABLE_STACK, 0);
const BuiltinObject builtin_async_disposable_stack = STACK_CONSTRUCTOR(AsyncDisposableStack, ASYNC_DISPOSABLE_STACK, 1);
const BuiltinObject builtin_disposable_stack_prototype =
    BUILTIN_PROTOTYPE(INTRINSIC_DISPOSABLE_STACK, disposable_stack_prototype_properties);
const BuiltinObject builtin_async_disposable_stack_prototype =
    BUILTIN_PROTOTYPE(INTRINSIC_ASYNC_DISPOSABLE_STACK, async_disposable_stack_prototype_properties);
