// SPDX-License-Identifier: MIT
// The HTML methods of String.prototype (ECMA-262 B.2.2): one function, a table of tags.
// Tests: tests/js/text/string_html.js
#include "runtime/text/string_internal.h"

Value string_html(Isolate *iso, const Call *call) {
  static const struct {
    char method[28], tag[8], attribute[8];
  } methods[] = {
      [HTML_ANCHOR] = {"String.prototype.anchor", "a", "name"},
      [HTML_BIG] = {"String.prototype.big", "big", ""},
      [HTML_BLINK] = {"String.prototype.blink", "blink", ""},
      [HTML_BOLD] = {"String.prototype.bold", "b", ""},
      [HTML_FIXED] = {"String.prototype.fixed", "tt", ""},
      [HTML_FONTCOLOR] = {"String.prototype.fontcolor", "font", "color"},
      [HTML_FONTSIZE] = {"String.prototype.fontsize", "font", "size"},
      [HTML_ITALICS] = {"String.prototype.italics", "i", ""},
      [HTML_LINK] = {"String.prototype.link", "a", "href"},
      [HTML_SMALL] = {"String.prototype.small", "small", ""},
      [HTML_STRIKE] = {"String.prototype.strike", "strike", ""},
      [HTML_SUB] = {"String.prototype.sub", "sub", ""},
      [HTML_SUP] = {"String.prototype.sup", "sup", ""},
  };
  u32 which = native_magic(call);
  String *s = TRY(this_string(iso, call, methods[which].method));
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_unit(&sb, '<');
  sb_append_ascii(&sb, methods[which].tag);
  if (methods[which].attribute[0]) {
    String *value = TRY(to_string(iso, call_arg(call, 0)));
    value = TRY(str_flatten(iso, value));
    sb_append_unit(&sb, ' ');
    sb_append_ascii(&sb, methods[which].attribute);
    sb_append_ascii(&sb, "=\"");
    for (u32 i = 0; i < value->length; i++) {
      u16 unit = str_char_at_flat(value, i);
      if (unit == '"') sb_append_ascii(&sb, "&quot;");
      else sb_append_unit(&sb, unit);
    }
    sb_append_unit(&sb, '"');
  }
  sb_append_unit(&sb, '>');
  sb_append(&sb, s);
  sb_append_ascii(&sb, "</");
  sb_append_ascii(&sb, methods[which].tag);
  sb_append_unit(&sb, '>');
  return value_from_cell(sb_finish(&sb));
}
