// SPDX-License-Identifier: MIT
// What the tests of the embedding API share.
#ifndef WEFT_TESTS_API_HOST_H
#define WEFT_TESTS_API_HOST_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "weft/weft.h"

static inline WeftIsolate *isolate_make(void) {
  WeftIsolate *w = weft_isolate_new(&(WeftConfig){.size = sizeof(WeftConfig)});
  ck_assert_ptr_nonnull(w);
  return w;
}

static inline WeftValue eval(WeftIsolate *w, const char *text) {
  WeftValue v = weft_eval(w, text, WEFT_TEXT_END, "test.js");
  if (!v) {
    char *error = weft_exception_text(w, weft_exception_take(w));
    ck_abort_msg("%s: %s", text, error);
  }
  return v;
}

#define ck_assert_shows(w, v, expected) \
  do { \
    char *text_ = weft_to_utf8(w, v, NULL); \
    ck_assert_str_eq(text_, expected); \
    weft_free(text_); \
  } while (0)

// String() of the pending exception, which is taken.
static inline const char *thrown(WeftIsolate *w, char buffer[static 200]) {
  WeftValue e = weft_exception_take(w);
  ck_assert_msg(e != NULL, "no exception");
  char *text = weft_to_utf8(w, e, NULL);
  strncpy(buffer, text, 199);
  buffer[199] = 0;
  weft_free(text);
  return buffer;
}
#define ck_assert_thrown(w, expected) ck_assert_str_eq(thrown(w, (char[200]){0}), expected)

#endif
