// SPDX-License-Identifier: MIT
// What stack_trace.c and call_site.c share: facts about one frame, and the text of a frame as V8 writes it.
#ifndef WEFT_VM_STACK_TRACE_INTERNAL_H
#define WEFT_VM_STACK_TRACE_INTERNAL_H

#include "vm/error.h"

bool stack_frame_is_toplevel(Isolate *iso, const StackFrameInfo *frame);
String *stack_frame_type_name(Isolate *iso, const StackFrameInfo *frame);   // NULL: none
String *stack_frame_method_name(Isolate *iso, const StackFrameInfo *frame); // NULL: none
void stack_frame_append(StringBuilder *sb, const StackFrameInfo *frame);    // "Foo.bar (file:1:2)"
MUST_CHECK Value stack_trace_call_sites(Isolate *iso, const StackTrace *trace);

#endif
