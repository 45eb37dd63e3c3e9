// SPDX-License-Identifier: MIT
// Atomics (ECMA-262 25.4): sequentially consistent operations on integer elements, for all threads that share the memory.
// Waiting is the business of Hooks.wait_list (runtime/memory/wait_list.h).
// Tests: tests/js/memory/atomics.js, tests/threads/
#include "base/atomic.h"
#include "base/platform.h"
#include "base/sync.h"
#include "runtime/indexed/typed_array.h"
#include "runtime/memory/wait_list.h"
#include "runtime/support.h"
#include "vm/promise.h"

// ---- Where ----

typedef struct Access {
  JSTypedArray *t;
  u64 index; // of the element
} Access;

static bool is_integer_type(u32 type) {
  return type != TYPED_UINT8_CLAMPED && type != TYPED_FLOAT16 && type != TYPED_FLOAT32 && type != TYPED_FLOAT64;
}

static JSTypedArray *validate_array(Isolate *iso, Value v, bool waitable, const char *method) { // ValidateIntegerTypedArray
  JSTypedArray *t = TRY(typed_array_validate(iso, v, method));
  bool fits = waitable ? t->element_type == TYPED_INT32 || t->element_type == TYPED_BIG_INT64 : is_integer_type(t->element_type);
  if (!fits) return THROW(iso, NOT_INTEGER_TYPED_ARRAY);
  return t;
}

static bool validate_access(Isolate *iso, JSTypedArray *t, Value index, Access *a) { // ValidateAtomicAccess
  a->t = t;
  u64 length = typed_array_length(t, NULL);
  TRY(to_index(iso, index, &a->index));
  return a->index < length || THROW(iso, ATOMICS_INDEX);
}

enum AccessMode { ACCESS_READ, ACCESS_WRITE };

static bool begin(Isolate *iso, const Call *call, const char *method, enum AccessMode mode, Access *a) {
  JSTypedArray *t = TRY(validate_array(iso, call_arg(call, 0), false, method));
  if (mode == ACCESS_WRITE && ref_get(t->buffer)->flags & BUFFER_IMMUTABLE) return throw_incompatible(iso, method, call->args[0]);
  return validate_access(iso, t, call_arg(call, 1), a);
}

// RevalidateAtomicAccess: after JS has run.
static bool revalidate(Isolate *iso, const Access *a, const char *method) {
  bool out_of_bounds;
  u64 length = typed_array_length(a->t, &out_of_bounds);
  if (out_of_bounds) return THROW(iso, DETACHED_OPERATION, method);
  return a->index < length || THROW(iso, ATOMICS_INDEX);
}

static void *place_of(const Access *a) { return typed_array_data(a->t) + a->index * element_size(a->t->element_type); }

// ToBigInt, or ToIntegerOrInfinity as a number. Runs JS.
static Value to_operand(Isolate *iso, const JSTypedArray *t, Value v) {
  if (element_type_is_bigint(t->element_type)) return value_from_cell(to_bigint(iso, v));
  double d;
  TRY(to_integer_or_infinity(iso, v, &d));
  return value_from_double(d);
}

static u64 operand_bits(const JSTypedArray *t, Value operand) {
  u8 bytes[8] = {0};
  value_to_raw_bytes(t->element_type, operand, bytes, true);
  u64 bits = 0;
  for (u32 i = 0; i < 8; i++) bits |= (u64)bytes[i] << (8 * i);
  return bits;
}

static Value bits_value(Isolate *iso, const JSTypedArray *t, u64 bits) {
  u8 bytes[8];
  for (u32 i = 0; i < 8; i++) bytes[i] = (u8)(bits >> (8 * i));
  return raw_bytes_to_value(iso, t->element_type, bytes, true);
}

// ---- Without detours ----
// What programs do nearly always: an array of small integers that surely has the element, an int32 index and int32 operands. Nothing
// here can run JS, so nothing needs to be looked at twice.

typedef struct Quick {
  u8 *place;
  u32 type, size;
} Quick;

static const u8 quick_sizes[ELEMENT_TYPE_COUNT] = {
    [TYPED_INT8] = 1, [TYPED_UINT8] = 1, [TYPED_INT16] = 2, [TYPED_UINT16] = 2, [TYPED_INT32] = 4, [TYPED_UINT32] = 4,
};

static ALWAYS_INLINE bool begin_quick(const Call *call, u32 argc, enum AccessMode mode, Quick *q) {
  if (call->argc < argc || !value_is_kind(call->args[0], KIND_TYPED_ARRAY)) return false;
  for (u32 i = 1; i < argc; i++) {
    if (!value_is_int(call->args[i])) return false;
  }
  const JSTypedArray *t = (const JSTypedArray *)value_object(call->args[0]);
  u32 index = (u32)value_int(call->args[1]), size = quick_sizes[t->element_type];
  if (index >= t->fast_length || !size) return false;
  if (mode == ACCESS_WRITE && ref_get(t->buffer)->flags & BUFFER_IMMUTABLE) return false;
  *q = (Quick){t->data + (size_t)index * size, t->element_type, size};
  return true;
}

static ALWAYS_INLINE u64 quick_operand(const Call *call, u32 i) { return (u32)value_int(call->args[i]); }

static ALWAYS_INLINE Value quick_value(Quick q, u64 bits) {
  switch (q.type) {
  case TYPED_INT8: return value_from_int((i8)bits);
  case TYPED_UINT8: return value_from_int((u8)bits);
  case TYPED_INT16: return value_from_int((i16)bits);
  case TYPED_UINT16: return value_from_int((u16)bits);
  case TYPED_INT32: return value_from_int((i32)bits);
  default: return value_from_i64((i64)(u32)bits);
  }
}

// ---- Operations ----

static const char *const operation_names[] = {
    [ATOMIC_ADD] = "Atomics.add", [ATOMIC_AND] = "Atomics.and", [ATOMIC_EXCHANGE] = "Atomics.exchange",
    [ATOMIC_OR] = "Atomics.or",   [ATOMIC_SUB] = "Atomics.sub", [ATOMIC_XOR] = "Atomics.xor",
};

static Value atomics_modify(Isolate *iso, const Call *call) { // magic: AtomicOp
  AtomicOp op = (AtomicOp)native_magic(call);
  Quick q;
  if (begin_quick(call, 3, ACCESS_WRITE, &q)) {
    return quick_value(q, atomic_modify_sized(q.place, q.size, op, quick_operand(call, 2)));
  }
  Access a;
  TRY(begin(iso, call, operation_names[op], ACCESS_WRITE, &a));
  Value operand = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  TRY(revalidate(iso, &a, operation_names[op]));
  u64 bits = operand_bits(a.t, operand);
  return bits_value(iso, a.t, atomic_modify_sized(place_of(&a), element_size(a.t->element_type), op, bits));
}

static Value atomics_compare_exchange(Isolate *iso, const Call *call) {
  const char *method = "Atomics.compareExchange";
  Quick q;
  if (begin_quick(call, 4, ACCESS_WRITE, &q)) {
    u64 expected = quick_operand(call, 2), replacement = quick_operand(call, 3);
    return quick_value(q, atomic_compare_exchange_sized(q.place, q.size, expected, replacement));
  }
  Access a;
  TRY(begin(iso, call, method, ACCESS_WRITE, &a));
  Value expected = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  Value replacement = TRY(to_operand(iso, a.t, call_arg(call, 3)));
  TRY(revalidate(iso, &a, method));
  u64 expected_bits = operand_bits(a.t, expected), bits = operand_bits(a.t, replacement);
  return bits_value(iso, a.t, atomic_compare_exchange_sized(place_of(&a), element_size(a.t->element_type), expected_bits, bits));
}

static Value atomics_load(Isolate *iso, const Call *call) {
  Quick q;
  if (begin_quick(call, 2, ACCESS_READ, &q)) return quick_value(q, atomic_load_sized(q.place, q.size));
  Access a;
  TRY(begin(iso, call, "Atomics.load", ACCESS_READ, &a));
  TRY(revalidate(iso, &a, "Atomics.load"));
  return bits_value(iso, a.t, atomic_load_sized(place_of(&a), element_size(a.t->element_type)));
}

static Value atomics_store(Isolate *iso, const Call *call) {
  Quick q;
  if (begin_quick(call, 3, ACCESS_WRITE, &q)) {
    atomic_store_sized(q.place, q.size, quick_operand(call, 2));
    return call->args[2];
  }
  Access a;
  TRY(begin(iso, call, "Atomics.store", ACCESS_WRITE, &a));
  Value operand = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  TRY(revalidate(iso, &a, "Atomics.store"));
  atomic_store_sized(place_of(&a), element_size(a.t->element_type), operand_bits(a.t, operand));
  return operand;
}

static Value atomics_is_lock_free(Isolate *iso, const Call *call) {
  double n;
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &n));
  return value_from_bool(n == 1 || n == 2 || n == 4 || n == 8);
}

static Value atomics_pause(Isolate *iso, const Call *call) {
  Value n = call_arg(call, 0);
  bool integral = value_is_int(n) || (value_is_double(n) && __builtin_trunc(value_double(n)) == value_double(n) &&
                                      value_double(n) - value_double(n) == 0);
  if (!value_is_undefined(n) && !integral) return THROW(iso, TYPE, "Atomics.pause: the argument must be an integral number");
  for (u32 i = 0; i < 8; i++) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb");
#endif
  }
  return VALUE_UNDEFINED;
}

// ---- Waiting ----

// Alone: nobody comes, but the clock and whoever ends the isolate.
static WaitResult wait_alone(Isolate *iso, const WaitPlace *place, u64 timeout_ns) {
  if (atomic_load_sized(place->store->data + place->byte_index, place->size) != place->expected) return WAIT_NOT_EQUAL;
  enum { LOOK_EVERY_NS = 20 * 1000 * 1000 };
  Mutex mutex = MUTEX_INIT;
  Condition never;
  condition_init(&never);
  u64 start = platform_clock_ns();
  bool alive = true;
  mutex_lock(&mutex);
  for (u64 passed = 0; alive && passed < timeout_ns; passed = platform_clock_ns() - start) {
    u64 most = MIN(timeout_ns - passed, (u64)LOOK_EVERY_NS);
    (void)condition_wait_until(&never, &mutex, start + passed + most);
    alive = isolate_poll(iso);
  }
  mutex_unlock(&mutex);
  mutex_destroy(&mutex);
  condition_destroy(&never);
  return alive ? WAIT_TIMED_OUT : WAIT_FAIL;
}

static const WaitListOps *wait_list_of(const Isolate *iso) { return iso->hooks ? iso->hooks->wait_list : NULL; }

typedef struct WaitRequest {
  WaitPlace place;
  u64 timeout_ns;
} WaitRequest;

// The arguments of DoWait. Runs JS.
static bool wait_request(Isolate *iso, const Call *call, const char *method, bool sync, WaitRequest *r) {
  JSTypedArray *t = TRY(validate_array(iso, call_arg(call, 0), true, method));
  if (!typed_array_is_shared(t)) return THROW(iso, NOT_SHARED_TYPED_ARRAY, error_text_of_value(iso, call_arg(call, 0)));
  Access a;
  TRY(validate_access(iso, t, call_arg(call, 1), &a));
  u32 size = element_size(t->element_type);
  if (size == 8) {
    BigInt *expected = TRY(to_bigint(iso, call_arg(call, 2)));
    r->place.expected = bigint_to_u64(expected);
  } else {
    i32 expected;
    TRY(to_int32(iso, call_arg(call, 2), &expected));
    r->place.expected = (u32)expected;
  }
  double ms;
  TRY(to_double(iso, call_arg(call, 3), &ms));
  r->timeout_ns = !(ms < 0x1p43) ? WAIT_FOREVER : ms <= 0 ? 0 : (u64)(ms * 1e6); // NaN: for ever
  const WaitListOps *ops = wait_list_of(iso);
  if (sync && ops && !ops->can_block(iso)) return THROW(iso, ATOMICS_WAIT_NOT_ALLOWED);
  r->place.store = ref_get(t->buffer)->store;
  r->place.byte_index = t->byte_offset + a.index * size;
  r->place.size = size;
  return true;
}

// An element of a shared Int32Array, found without detours; `size` is 0 if it is none.
static ALWAYS_INLINE WaitPlace quick_wait_place(const Call *call, u32 argc) {
  Quick q;
  if (!begin_quick(call, argc, ACCESS_READ, &q) || q.type != TYPED_INT32) return (WaitPlace){0};
  const JSTypedArray *t = (const JSTypedArray *)value_object(call->args[0]);
  if (!typed_array_is_shared(t)) return (WaitPlace){0};
  BackingStore *store = ref_get(t->buffer)->store;
  return (WaitPlace){.store = store, .byte_index = (u64)(q.place - store->data), .size = 4};
}

static Value result_text(WaitResult result) {
  if (result == WAIT_OK) return value_from_cell(ATOM_STRING(ok));
  return value_from_cell(result == WAIT_NOT_EQUAL ? ATOM_STRING(not_equal) : ATOM_STRING(timed_out));
}

static Value atomics_wait(Isolate *iso, const Call *call) {
  const WaitListOps *ops = wait_list_of(iso);
  WaitRequest r = {.place = quick_wait_place(call, 3), .timeout_ns = WAIT_FOREVER};
  if (r.place.size && call->argc == 3 && ops && ops->can_block(iso)) r.place.expected = quick_operand(call, 2);
  else TRY(wait_request(iso, call, "Atomics.wait", true, &r));
  WaitResult result = TRY(ops ? ops->wait(iso, &r.place, r.timeout_ns) : wait_alone(iso, &r.place, r.timeout_ns));
  return result_text(result);
}

static Value atomics_wait_async(Isolate *iso, const Call *call) {
  WaitRequest r;
  TRY(wait_request(iso, call, "Atomics.waitAsync", false, &r));
  JSPromise *promise = TRY(promise_new(iso));
  const WaitListOps *ops = wait_list_of(iso);
  // Alone, only a wait that ends at once has a result; any other waits for nobody.
  WaitResult result = WAIT_OK;
  if (ops) {
    result = TRY(ops->wait_async(iso, &r.place, r.timeout_ns, value_from_object(promise)));
  } else {
    result = TRY(wait_alone(iso, &r.place, 0));
    if (result == WAIT_TIMED_OUT && r.timeout_ns) result = WAIT_OK;
  }
  bool waits = result == WAIT_OK;
  JSObject *o = TRY(obj_new_plain(iso));
  obj_put_direct(iso, o, ATOM(async), value_from_bool(waits), ATTR_ALL);
  obj_put_direct(iso, o, ATOM(value), waits ? value_from_object(promise) : result_text(result), ATTR_ALL);
  return value_from_object(o);
}

static Value atomics_notify(Isolate *iso, const Call *call) {
  const WaitListOps *ops = wait_list_of(iso);
  WaitPlace place = quick_wait_place(call, 3);
  if (place.size && ops) return value_from_i64((i64)ops->notify(iso, &place, (u64)MAX(value_int(call->args[2]), 0)));
  JSTypedArray *t = TRY(validate_array(iso, call_arg(call, 0), true, "Atomics.notify"));
  Access a;
  TRY(validate_access(iso, t, call_arg(call, 1), &a));
  u64 count = UINT64_MAX;
  if (!value_is_undefined(call_arg(call, 2))) {
    double d;
    TRY(to_integer_or_infinity(iso, call->args[2], &d));
    count = d <= 0 ? 0 : d >= 0x1p53 ? UINT64_MAX : (u64)d;
  }
  if (!typed_array_is_shared(t) || !ops) return value_from_int(0);
  u32 size = element_size(t->element_type);
  place = (WaitPlace){.store = ref_get(t->buffer)->store, .byte_index = t->byte_offset + a.index * size, .size = size};
  return value_from_i64((i64)ops->notify(iso, &place, count));
}

// ---- Table ----

static const BuiltinProperty atomics_properties[] = {
    METHOD(load, atomics_load, 2),
    METHOD(store, atomics_store, 3),
    METHOD_MAGIC(add, atomics_modify, 3, ATOMIC_ADD),
    METHOD_MAGIC(sub, atomics_modify, 3, ATOMIC_SUB),
    METHOD_MAGIC(and, atomics_modify, 3, ATOMIC_AND),
    METHOD_MAGIC(or, atomics_modify, 3, ATOMIC_OR),
    METHOD_MAGIC(xor, atomics_modify, 3, ATOMIC_XOR),
    METHOD_MAGIC(exchange, atomics_modify, 3, ATOMIC_EXCHANGE),
    METHOD(compareExchange, atomics_compare_exchange, 4),
    METHOD(isLockFree, atomics_is_lock_free, 1),
    METHOD(wait, atomics_wait, 4),
    METHOD(waitAsync, atomics_wait_async, 4),
    METHOD(notify, atomics_notify, 3),
    METHOD(pause, atomics_pause, 0),
    STRING_TAG(Atomics),
};
const BuiltinObject builtin_atomics = BUILTIN_NAMESPACE(atomics_properties);
