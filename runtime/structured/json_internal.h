// SPDX-License-Identifier: MIT
// What the two halves of JSON share: json_parse.c, json_stringify.c, and json.c with the object itself.
#ifndef WEFT_RUNTIME_STRUCTURED_JSON_INTERNAL_H
#define WEFT_RUNTIME_STRUCTURED_JSON_INTERNAL_H

#include "runtime/support.h"

// The value that the text (flat) denotes; SyntaxError. With `record` also its parse record: a ValueArray of
//   value, source text (String)             of a primitive
//   value, int count, records ...           of an array
//   value, object: key -> record            of an object
// No JS.
MUST_CHECK Value json_parse_text(Isolate *iso, String *text, ValueArray **record);
MUST_CHECK Value json_stringify(Isolate *iso, const Call *call);

#endif
