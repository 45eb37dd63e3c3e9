// SPDX-License-Identifier: MIT
// How many columns of a terminal a text takes. Shared by util.inspect (columns of arrays) and the REPL's line editor.
#ifndef WEFT_NODE_BINDINGS_STRING_WIDTH_H
#define WEFT_NODE_BINDINGS_STRING_WIDTH_H

#include "vm/string.h"

u32 string_width_code_point(u32 code_point);  // 0, 1 or 2
u32 string_width_columns(const String *flat); // control sequences count as the characters they are made of

#endif
