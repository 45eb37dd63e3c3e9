// SPDX-License-Identifier: MIT
// What regexp.c (objects and execution) and regexp_symbols.c (match, replace, split, ...) share.
#ifndef WEFT_RUNTIME_TEXT_REGEXP_INTERNAL_H
#define WEFT_RUNTIME_TEXT_REGEXP_INTERNAL_H

#include "runtime/regexp/regexp.h"
#include "runtime/support.h"
#include "runtime/text/string.h"

static inline JSRegExp *value_regexp(Value v) { return (JSRegExp *)value_object(v); }

// Room for the captures of one match, on the C stack while they are few.
enum { CAPTURES_FEW = 40 };
typedef struct Captures {
  u32 few[CAPTURES_FEW];
  u32 *at; // start, end of each group; REGEXP_UNSET
  u32 count;
} Captures;
MUST_CHECK bool captures_init(Isolate *iso, Captures *c, const JSRegExp *r);
Value captures_group(Isolate *iso, const Captures *c, String *s, u32 group); // a string, or undefined; VALUE_FAIL: no memory

// A match in flat s at `start` or later (`options`: REGEXP_EXEC_*). `c` NULL: only whether. No JS but for interrupts.
MUST_CHECK Tri regexp_match_at(Isolate *iso, JSRegExp *r, String *s, u32 start, u32 options, Captures *c);
// True for a %RegExp% object that nobody has changed, with nothing changed on %RegExp.prototype%: its methods need not be called.
bool regexp_is_pristine(Isolate *iso, Value v);
MUST_CHECK Value regexp_builtin_exec(Isolate *iso, JSRegExp *r, String *s);  // RegExpBuiltinExec. Runs JS
MUST_CHECK Value regexp_exec_abstract(Isolate *iso, JSObject *r, String *s); // RegExpExec. Runs JS
MUST_CHECK bool regexp_set_last_index(Isolate *iso, JSObject *r, Value v);   // Set(r, "lastIndex", v, true)
u64 advance_string_index(const String *flat, u64 index, bool unicode);
MUST_CHECK Value regexp_copy(Isolate *iso, JSRegExp *r); // what `new RegExp(r)` gives when nothing was changed, lastIndex too
// The object of named groups; undefined when there are none.
MUST_CHECK Value regexp_groups(Isolate *iso, JSRegExp *r, const Value *values);

Value regexp_symbol_match(Isolate *iso, const Call *call);
Value regexp_symbol_match_all(Isolate *iso, const Call *call);
Value regexp_symbol_replace(Isolate *iso, const Call *call);
Value regexp_symbol_search(Isolate *iso, const Call *call);
Value regexp_symbol_split(Isolate *iso, const Call *call);

#endif
