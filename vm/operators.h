// SPDX-License-Identifier: MIT
// Operators on values: the slow paths of the interpreter, and what built-ins share. Runs JS where objects are converted.
#ifndef WEFT_VM_OPERATORS_H
#define WEFT_VM_OPERATORS_H

#include "vm/convert.h"

enum BinaryOperator {
  OPERATOR_ADD,
  OPERATOR_SUB,
  OPERATOR_MUL,
  OPERATOR_DIV,
  OPERATOR_MOD,
  OPERATOR_EXP,
  OPERATOR_BIT_AND,
  OPERATOR_BIT_OR,
  OPERATOR_BIT_XOR,
  OPERATOR_SHL,
  OPERATOR_SAR,
  OPERATOR_SHR
};
MUST_CHECK Value binary_operator(Isolate *iso, enum BinaryOperator op, Value a, Value b); // complete, any operands
MUST_CHECK Value operator_add(Isolate *iso, Value a, Value b);
enum UnaryOperator { OPERATOR_UNARY_MINUS, OPERATOR_UNARY_BIT_NOT, OPERATOR_UNARY_INC, OPERATOR_UNARY_DEC };
MUST_CHECK Value unary_operator(Isolate *iso, enum UnaryOperator op,
                                Value v); // INC/DEC: operand is numeric already or converted here
enum Relation { RELATION_LT, RELATION_LE, RELATION_GT, RELATION_GE };
MUST_CHECK Tri compare_relational(Isolate *iso, enum Relation r, Value a, Value b); // evaluates left first
MUST_CHECK Tri is_loosely_equal(Isolate *iso, Value a, Value b);
bool is_html_dda(Isolate *iso, Value v);                          // an object that is [[IsHTMLDDA]] (B.3.6)
MUST_CHECK Tri is_strictly_equal(Isolate *iso, Value a, Value b); // fails only when a rope cannot be flattened
MUST_CHECK Tri same_value(Isolate *iso, Value a, Value b);
MUST_CHECK Tri same_value_zero(Isolate *iso, Value a, Value b);
Value type_of(Isolate *iso, Value v); // static string
MUST_CHECK Tri operator_in(Isolate *iso, Value key, Value object);
double number_exponentiate(double base, double exponent); // Number::exponentiate
double number_remainder(double n, double d);

#endif
