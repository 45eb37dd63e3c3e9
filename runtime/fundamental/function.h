// SPDX-License-Identifier: MIT
// CreateDynamicFunction, shared by Function, GeneratorFunction, AsyncFunction and AsyncGeneratorFunction.
#ifndef WEFT_RUNTIME_FUNDAMENTAL_FUNCTION_H
#define WEFT_RUNTIME_FUNDAMENTAL_FUNCTION_H

#include "vm/builtin.h"

// A function from the arguments of the constructor call (parameters ..., body). `code_flags`: CODE_GENERATOR, CODE_ASYNC.
// SyntaxError. Runs JS: conversion of the arguments.
MUST_CHECK Value create_dynamic_function(Isolate *iso, const Call *call, u32 code_flags);

#endif
