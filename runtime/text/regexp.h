// SPDX-License-Identifier: MIT
// RegExp objects of literals, for the VM's hooks.
#ifndef WEFT_RUNTIME_TEXT_REGEXP_H
#define WEFT_RUNTIME_TEXT_REGEXP_H

#include "vm/value.h"

// RegExpCreate (22.2.3.1).
MUST_CHECK Value regexp_create(Isolate *iso, String *pattern, String *flags);
// The next object of the same literal: shares the program.
MUST_CHECK Value regexp_clone(Isolate *iso, Value regexp);

#endif
