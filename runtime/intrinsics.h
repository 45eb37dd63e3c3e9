// SPDX-License-Identifier: MIT
// The built-in objects of ECMA-262 as tables, ready to be handed to an isolate (IsolateConfig.builtins).
#ifndef WEFT_RUNTIME_INTRINSICS_H
#define WEFT_RUNTIME_INTRINSICS_H

#include "vm/builtin.h"

#define BUILTIN(NAME, name) extern const BuiltinObject builtin_##name;
#define BUILTIN_LATER(NAME, name) extern const BuiltinObject builtin_##name;
#include "runtime/intrinsics.def"
#undef BUILTIN
#undef BUILTIN_LATER

extern const BuiltinObject *const runtime_builtin_objects[INTRINSIC_COUNT]; // NULL: an empty object
extern const BuiltinProperty runtime_globals[];
extern const BuiltinTables runtime_builtin_tables;

struct Hooks;
void runtime_fill_hooks(struct Hooks *hooks); // what the VM asks of this floor

#endif
