// SPDX-License-Identifier: MIT
// The main function of a unit test: UNIT_MAIN("name", test, test...) after START_TEST(test) ... END_TEST.
// Check forks for each test, so a crash is one failure, and CK_FORK=no brings it into the debugger.
#ifndef WEFT_TESTS_UNIT_UNIT_H
#define WEFT_TESTS_UNIT_UNIT_H

#include <check.h>

// Check tells its parent of every assertion, by a write. For some hundred thousand in a loop that is most of the time, so of many only
// one in 64 is told: the last line seen before a crash may then be that of a few assertions earlier.
static inline void unit_mark(const char *file, int line) {
  static _Atomic unsigned marks; // some tests assert on threads
  unsigned mark = ++marks;
  if (mark < 1000 || mark % 64 == 0) _mark_point(file, line);
}
#define _mark_point(file, line) unit_mark(file, line)

static inline int unit_run(const char *name, const TTest *const *tests, int count) {
  Suite *suite = suite_create(name);
  for (int i = 0; i < count; i++) {
    TCase *tcase = tcase_create(tests[i]->name);
    tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
  }
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? 1 : 0;
}

#define UNIT_MAIN(name, ...) \
  int main(void) { \
    const TTest *const tests[] = {__VA_ARGS__}; \
    return unit_run(name, tests, (int)(sizeof(tests) / sizeof(tests[0]))); \
  }

#endif
