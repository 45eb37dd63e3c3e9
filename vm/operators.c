// SPDX-License-Identifier: MIT
// Operators on any values. The interpreter has its own paths for two int32 or two doubles and comes here with the rest, but
// built-ins come with numbers too, so those are first here as well. Tests: tests/unit/vm/test_convert_number.c, test_bigint.c.
#include "vm/operators.h"

#include "base/math_extra.h"
#include "vm/bigint.h"
#include "vm/error.h"

double number_exponentiate(double base, double exponent) { return math_pow(base, exponent); }
double number_remainder(double n, double d) { return math_mod(n, d); }

static Value throw_mix(Isolate *iso) { return (Value)THROW(iso, BIGINT_MIX); }

// ---- Arithmetic ----

static Value number_binary(enum BinaryOperator op, double a, double b) {
  switch (op) {
  case OPERATOR_ADD: return value_from_double(a + b);
  case OPERATOR_SUB: return value_from_double(a - b);
  case OPERATOR_MUL: return value_from_double(a * b);
  case OPERATOR_DIV: return value_from_double(a / b);
  case OPERATOR_MOD: return value_from_double(math_mod(a, b));
  case OPERATOR_EXP: return value_from_double(math_pow(a, b));
  case OPERATOR_BIT_AND: return value_from_int(math_to_int32(a) & math_to_int32(b));
  case OPERATOR_BIT_OR: return value_from_int(math_to_int32(a) | math_to_int32(b));
  case OPERATOR_BIT_XOR: return value_from_int(math_to_int32(a) ^ math_to_int32(b));
  case OPERATOR_SHL: return value_from_int((i32)((u32)math_to_int32(a) << (math_to_int32(b) & 31)));
  case OPERATOR_SAR: return value_from_int(math_to_int32(a) >> (math_to_int32(b) & 31));
  case OPERATOR_SHR: return value_from_u32((u32)math_to_int32(a) >> (math_to_int32(b) & 31));
  }
  UNREACHABLE();
}

static Value numeric_binary(Isolate *iso, enum BinaryOperator op, Value a, Value b) {
  bool a_big = value_is_bigint(a), b_big = value_is_bigint(b);
  if (!a_big && !b_big) return number_binary(op, value_number(a), value_number(b));
  if (a_big != b_big) return throw_mix(iso);
  return bigint_binary(iso, op, value_bigint(a), value_bigint(b));
}

static NOINLINE Value add_slowly(Isolate *iso, Value a, Value b) {
  if (value_is_number(a) && value_is_number(b)) return value_from_double(value_number(a) + value_number(b));
  a = TRY(to_primitive(iso, a, PREFER_DEFAULT));
  b = TRY(to_primitive(iso, b, PREFER_DEFAULT));
  if (value_is_string(a)) return value_from_cell(str_concat(iso, value_string(a), TRY(to_string(iso, b))));
  if (value_is_string(b)) return value_from_cell(str_concat(iso, TRY(to_string(iso, a)), value_string(b)));
  a = TRY(to_numeric(iso, a));
  b = TRY(to_numeric(iso, b));
  return numeric_binary(iso, OPERATOR_ADD, a, b);
}

Value operator_add(Isolate *iso, Value a, Value b) {
  if (value_is_string(a)) {
    if (value_is_string(b)) return value_from_cell(str_concat(iso, value_string(a), value_string(b)));
    if (value_is_int(b)) return value_from_cell(str_concat_int(iso, value_string(a), value_int(b)));
  }
  return add_slowly(iso, a, b);
}

Value binary_operator(Isolate *iso, enum BinaryOperator op, Value a, Value b) {
  if (op == OPERATOR_ADD) return operator_add(iso, a, b);
  if (LIKELY(value_is_number(a) && value_is_number(b))) return number_binary(op, value_number(a), value_number(b));
  a = TRY(to_numeric(iso, a));
  b = TRY(to_numeric(iso, b));
  return numeric_binary(iso, op, a, b);
}

Value unary_operator(Isolate *iso, enum UnaryOperator op, Value v) {
  v = TRY(to_numeric(iso, v));
  if (value_is_bigint(v)) {
    BigInt *big = value_bigint(v);
    switch (op) {
    case OPERATOR_UNARY_MINUS: return value_from_cell(bigint_negate(iso, big));
    case OPERATOR_UNARY_BIT_NOT: return value_from_cell(bigint_not(iso, big));
    case OPERATOR_UNARY_INC: return value_from_cell(bigint_inc(iso, big, 1));
    case OPERATOR_UNARY_DEC: return value_from_cell(bigint_inc(iso, big, -1));
    }
  }
  double d = value_number(v);
  switch (op) {
  case OPERATOR_UNARY_MINUS: return value_from_double(-d);
  case OPERATOR_UNARY_BIT_NOT: return value_from_int(~math_to_int32(d));
  case OPERATOR_UNARY_INC: return value_from_double(d + 1);
  case OPERATOR_UNARY_DEC: return value_from_double(d - 1);
  }
  UNREACHABLE();
}

// ---- Order ----

enum { UNORDERED = 2 };

static int order_numbers(double a, double b) { return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED; }

static int order_numerics(Value a, Value b) {
  bool a_big = value_is_bigint(a), b_big = value_is_bigint(b);
  if (a_big && b_big) return bigint_compare(value_bigint(a), value_bigint(b));
  if (a_big) return bigint_compare_double(value_bigint(a), value_number(b));
  if (!b_big) return order_numbers(value_number(a), value_number(b));
  int order = bigint_compare_double(value_bigint(b), value_number(a));
  return order == UNORDERED ? order : -order;
}

// Of primitives: -1, 0, 1 or UNORDERED.
static bool order_primitives(Isolate *iso, Value a, Value b, int *order) {
  bool a_string = value_is_string(a), b_string = value_is_string(b);
  if (a_string && b_string) {
    TRY(str_compare(iso, value_string(a), value_string(b), order));
    *order = (*order > 0) - (*order < 0);
    return true;
  }
  if (a_string && value_is_bigint(b)) {
    a = TRY(bigint_from_string(iso, value_string(a)));
  } else if (b_string && value_is_bigint(a)) {
    b = TRY(bigint_from_string(iso, value_string(b)));
  } else {
    a = TRY(to_numeric(iso, a));
    b = TRY(to_numeric(iso, b));
  }
  *order = value_is_undefined(a) || value_is_undefined(b) ? UNORDERED : order_numerics(a, b);
  return true;
}

Tri compare_relational(Isolate *iso, enum Relation r, Value a, Value b) {
  int order;
  if (value_is_number(a) && value_is_number(b)) {
    order = order_numbers(value_number(a), value_number(b));
  } else {
    a = TRY(to_primitive(iso, a, PREFER_NUMBER));
    b = TRY(to_primitive(iso, b, PREFER_NUMBER));
    TRY(order_primitives(iso, a, b, &order));
  }
  switch (r) {
  case RELATION_LT: return tri(order < 0);
  case RELATION_LE: return tri(order <= 0);
  case RELATION_GT: return tri(order == 1);
  case RELATION_GE: return tri(order == 0 || order == 1);
  }
  UNREACHABLE();
}

// ---- Equality ----

// Both are cells or anything else, and not the same bits.
static Tri equal_cells(Isolate *iso, Value a, Value b) {
  if (!value_is_cell(a) || !value_is_cell(b)) return TRI_NO;
  u8 kind = value_cell(a)->kind;
  if (kind != value_cell(b)->kind) return TRI_NO;
  if (kind == KIND_STRING) {
    bool equal;
    TRY(str_equals(iso, value_string(a), value_string(b), &equal));
    return tri(equal);
  }
  return tri(kind == KIND_BIGINT && bigint_equals(value_bigint(a), value_bigint(b)));
}

Tri is_strictly_equal(Isolate *iso, Value a, Value b) {
  if (value_is_number(a)) return tri(value_is_number(b) && value_number(a) == value_number(b));
  if (a == b) return TRI_YES;
  return equal_cells(iso, a, b);
}

Tri same_value_zero(Isolate *iso, Value a, Value b) {
  if (a == b) return TRI_YES;
  if (value_is_number(a)) {
    if (!value_is_number(b)) return TRI_NO;
    double x = value_number(a), y = value_number(b);
    return tri(x == y || (x != x && y != y));
  }
  return equal_cells(iso, a, b);
}

Tri same_value(Isolate *iso, Value a, Value b) {
  if (a == b) return TRI_YES;
  if (value_is_number(a) && value_is_number(b)) {
    double x = value_number(a), y = value_number(b);
    if (x == 0 && y == 0) return tri(!__builtin_signbit(x) == !__builtin_signbit(y));
  }
  return same_value_zero(iso, a, b);
}

bool is_html_dda(Isolate *iso, Value v) { return value_is_object(v) && obj_shape(iso, value_object(v))->flags & SHAPE_HTMLDDA; }

// Exactly one of the two is an object, or none; different types.
static Tri loosely_equal_primitives(Isolate *iso, Value a, Value b) {
  if (value_is_boolean(a)) a = value_from_int(a == VALUE_TRUE);
  if (value_is_boolean(b)) b = value_from_int(b == VALUE_TRUE);
  if (value_is_symbol(a) || value_is_symbol(b)) return tri(a == b);
  bool a_string = value_is_string(a), b_string = value_is_string(b);
  if (a_string && b_string) return equal_cells(iso, a, b);
  if (a_string) a = TRY(value_is_bigint(b) ? bigint_from_string(iso, value_string(a)) : to_number(iso, a));
  if (b_string) b = TRY(value_is_bigint(a) ? bigint_from_string(iso, value_string(b)) : to_number(iso, b));
  if (value_is_undefined(a) || value_is_undefined(b)) return TRI_NO; // a text that is no BigInt
  return tri(order_numerics(a, b) == 0);
}

Tri is_loosely_equal(Isolate *iso, Value a, Value b) {
  for (;;) {
    if (value_is_number(a) && value_is_number(b)) return tri(value_number(a) == value_number(b));
    if (a == b) return TRI_YES; // numbers with NaN went above
    if (value_is_nullish(a)) return tri(value_is_nullish(b) || is_html_dda(iso, b));
    if (value_is_nullish(b)) return tri(is_html_dda(iso, a));
    bool a_object = value_is_object(a), b_object = value_is_object(b);
    if (a_object && b_object) return TRI_NO;
    if (!a_object && !b_object) return loosely_equal_primitives(iso, a, b);
    if (a_object) {
      a = TRY(to_primitive(iso, a, PREFER_DEFAULT));
    } else {
      b = TRY(to_primitive(iso, b, PREFER_DEFAULT));
    }
  }
}

// ---- typeof, in ----

Value type_of(Isolate *iso, Value v) {
  String *name;
  if (value_is_number(v)) {
    name = ATOM_STRING(number);
  } else if (v == VALUE_UNDEFINED) {
    name = ATOM_STRING(undefined);
  } else if (v == VALUE_NULL) {
    name = ATOM_STRING(object);
  } else if (value_is_boolean(v)) {
    name = ATOM_STRING(boolean);
  } else {
    switch (value_cell(v)->kind) {
    case KIND_STRING: name = ATOM_STRING(string); break;
    case KIND_SYMBOL: name = ATOM_STRING(symbol); break;
    case KIND_BIGINT: name = ATOM_STRING(bigint); break;
    default:
      if (is_html_dda(iso, v)) {
        name = ATOM_STRING(undefined);
      } else {
        name = value_is_callable(v) ? ATOM_STRING(function) : ATOM_STRING(object);
      }
    }
  }
  return value_from_cell(name);
}

Tri operator_in(Isolate *iso, Value key, Value object) {
  if (UNLIKELY(!value_is_object(object))) {
    const char *name = value_is_string(key) ? error_text_of_string(iso, value_string(key)) : error_text_of_value(iso, key);
    THROW(iso, IN_NOT_OBJECT, name, error_text_of_value(iso, object));
    return TRI_FAIL;
  }
  return obj_has_property(iso, value_object(object), TRY(to_property_key(iso, key)));
}
