// SPDX-License-Identifier: MIT
// An isolate without built-ins for tests of the VM floor, and short names for making strings.
#ifndef WEFT_TESTS_UNIT_VM_FIXTURE_H
#define WEFT_TESTS_UNIT_VM_FIXTURE_H

#include "tests/unit/unit.h"
#include "vm/error.h"
#include "vm/isolate.h"

static const BuiltinObject *const fixture_objects[INTRINSIC_COUNT] = {0};
static const BuiltinTables fixture_builtins = {.objects = fixture_objects};
static const Hooks fixture_hooks = {0};

static inline Isolate *fixture_new(void) {
  IsolateConfig config = {.builtins = &fixture_builtins, .hooks = &fixture_hooks};
  Isolate *iso = isolate_new(&config);
  ck_assert_ptr_nonnull(iso);
  isolate_enter(iso);
  return iso;
}

static inline String *text(Isolate *iso, const char *utf8) {
  String *s = str_new_utf8(iso, utf8, strlen(utf8));
  ck_assert_ptr_nonnull(s);
  return s;
}

#define ck_assert_text(iso, s, expected) \
  do { \
    String *text_ = (s); \
    ck_assert_ptr_nonnull(text_); \
    char *utf8_ = str_to_utf8(iso, text_, NULL); \
    ck_assert_str_eq(utf8_, expected); \
    base_free(utf8_); \
  } while (0)

#endif
