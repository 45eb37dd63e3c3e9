// SPDX-License-Identifier: MIT
// Atomics (ECMA-262 25.4): sequentially consistent operations on integer elements, for all threads that share the memory.
// Waiting is the business of Hooks.wait_list (runtime/memory/wait_list.h).
// Tests: tests/js/memory/atomics.js, tests/threads/
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

static void *place_of(const Access *a) {
  return typed_array_data(a->t) + a->index * element_size(a->t->element_type);
}

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

// ---- Operations ----

enum AtomicOperation { ATOMIC_ADD, ATOMIC_AND, ATOMIC_EXCHANGE, ATOMIC_OR, ATOMIC_SUB, ATOMIC_XOR };

#define DEFINE_MODIFY(name, Type) \
  static u64 name(enum AtomicOperation op, void *place, u64 bits) { \
    Type *p = place, v = (Type)bits; \
    switch (op) { \
    case ATOMIC_ADD: return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST); \
    case ATOMIC_AND: return __atomic_fetch_and(p, v, __ATOMIC_SEQ_CST); \
    case ATOMIC_EXCHANGE: return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST); \
    case ATOMIC_OR: return __atomic_fetch_or(p, v, __ATOMIC_SEQ_CST); \
    case ATOMIC_SUB: return __atomic_fetch_sub(p, v, __ATOMIC_SEQ_CST); \
    default: return __atomic_fetch_xor(p, v, __ATOMIC_SEQ_CST); \
    } \
  } \
  static u64 name##_if_equal(void *place, u64 expected_bits, u64 bits) { \
    Type expected = (Type)expected_bits; \
    __atomic_compare_exchange_n((Type *)place, &expected, (Type)bits, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    return expected; \
  } \
  static u64 name##_load(const void *place) { return __atomic_load_n((const Type *)place, __ATOMIC_SEQ_CST); } \
  static void name##_store(void *place, u64 bits) { __atomic_store_n((Type *)place, (Type)bits, __ATOMIC_SEQ_CST); }

DEFINE_MODIFY(modify8, u8)
DEFINE_MODIFY(modify16, u16)
DEFINE_MODIFY(modify32, u32)
DEFINE_MODIFY(modify64, u64)

#define BY_SIZE(size, suffix, ...) \
  ((size) == 1 ? modify8##suffix(__VA_ARGS__) : (size) == 2 ? modify16##suffix(__VA_ARGS__) \
   : (size) == 4 ? modify32##suffix(__VA_ARGS__) : modify64##suffix(__VA_ARGS__))

static const char *const operation_names[] = {
  [ATOMIC_ADD] = "Atomics.add", [ATOMIC_AND] = "Atomics.and", [ATOMIC_EXCHANGE] = "Atomics.exchange",
  [ATOMIC_OR] = "Atomics.or", [ATOMIC_SUB] = "Atomics.sub", [ATOMIC_XOR] = "Atomics.xor",
};

static Value atomics_modify(Isolate *iso, const Call *call) { // magic: AtomicOperation
  enum AtomicOperation op = (enum AtomicOperation)native_magic(call);
  Access a;
  TRY(begin(iso, call, operation_names[op], ACCESS_WRITE, &a));
  Value operand = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  TRY(revalidate(iso, &a, operation_names[op]));
  u64 bits = operand_bits(a.t, operand);
  return bits_value(iso, a.t, BY_SIZE(element_size(a.t->element_type), , op, place_of(&a), bits));
}

static Value atomics_compare_exchange(Isolate *iso, const Call *call) {
  const char *method = "Atomics.compareExchange";
  Access a;
  TRY(begin(iso, call, method, ACCESS_WRITE, &a));
  Value expected = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  Value replacement = TRY(to_operand(iso, a.t, call_arg(call, 3)));
  TRY(revalidate(iso, &a, method));
  u64 expected_bits = operand_bits(a.t, expected), bits = operand_bits(a.t, replacement);
  return bits_value(iso, a.t, BY_SIZE(element_size(a.t->element_type), _if_equal, place_of(&a), expected_bits, bits));
}

static Value atomics_load(Isolate *iso, const Call *call) {
  Access a;
  TRY(begin(iso, call, "Atomics.load", ACCESS_READ, &a));
  TRY(revalidate(iso, &a, "Atomics.load"));
  return bits_value(iso, a.t, BY_SIZE(element_size(a.t->element_type), _load, place_of(&a)));
}

static Value atomics_store(Isolate *iso, const Call *call) {
  Access a;
  TRY(begin(iso, call, "Atomics.store", ACCESS_WRITE, &a));
  Value operand = TRY(to_operand(iso, a.t, call_arg(call, 2)));
  TRY(revalidate(iso, &a, "Atomics.store"));
  u64 bits = operand_bits(a.t, operand);
  BY_SIZE(element_size(a.t->element_type), _store, place_of(&a), bits);
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
  u64 now = place->size == 4 ? modify32_load(place->store->data + place->byte_index) : modify64_load(place->store->data + place->byte_index);
  if (now != place->expected) return WAIT_NOT_EQUAL;
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

static Value result_text(WaitResult result) {
  if (result == WAIT_OK) return value_from_cell(ATOM_STRING(ok));
  return value_from_cell(result == WAIT_NOT_EQUAL ? ATOM_STRING(not_equal) : ATOM_STRING(timed_out));
}

static Value atomics_wait(Isolate *iso, const Call *call) {
  WaitRequest r;
  TRY(wait_request(iso, call, "Atomics.wait", true, &r));
  const WaitListOps *ops = wait_list_of(iso);
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
  JSTypedArray *t = TRY(validate_array(iso, call_arg(call, 0), true, "Atomics.notify"));
  Access a;
  TRY(validate_access(iso, t, call_arg(call, 1), &a));
  u64 count = UINT64_MAX;
  if (!value_is_undefined(call_arg(call, 2))) {
    double d;
    TRY(to_integer_or_infinity(iso, call->args[2], &d));
    count = d <= 0 ? 0 : d >= 0x1p53 ? UINT64_MAX : (u64)d;
  }
  const WaitListOps *ops = wait_list_of(iso);
  if (!typed_array_is_shared(t) || !ops) return value_from_int(0);
  u32 size = element_size(t->element_type);
  WaitPlace place = {.store = ref_get(t->buffer)->store, .byte_index = t->byte_offset + a.index * size, .size = size};
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
