// SPDX-License-Identifier: MIT
// Arguments objects (ECMA-262 10.4.4). The struct is in vm/kinds.h.
#ifndef WEFT_VM_ARGUMENTS_H
#define WEFT_VM_ARGUMENTS_H

#include "vm/function.h"

// Strict functions, and those whose parameters are not simple.
MUST_CHECK JSObject *arguments_create_unmapped(Isolate *iso, u32 argc, const Value *args);
// slot_of_param: per formal parameter the slot of `env` that holds it, or ARGUMENTS_NOT_MAPPED (a later one has the same name).
enum { ARGUMENTS_NOT_MAPPED = UINT16_MAX };
MUST_CHECK JSObject *arguments_create_mapped(Isolate *iso, JSFunction *callee, Environment *env, const u16 *slot_of_param,
                                             u32 param_count, u32 argc, const Value *args);
// True when v is an arguments object whose `length` and elements nobody has changed in a way that a read could notice: the values
// can be copied without running JS. *count: how many.
bool arguments_are_plain(Isolate *iso, Value v, u32 *count);
void arguments_copy_plain(const JSObject *o, Value *to, u32 count);

#endif
