// SPDX-License-Identifier: MIT
// The main function of a unit test: UNIT_MAIN("name", test, test...) after START_TEST(test) ... END_TEST.
// Check forks for each test, so a crash is one failure, and CK_FORK=no brings it into the debugger.
#ifndef WEFT_TESTS_UNIT_UNIT_H
#define WEFT_TESTS_UNIT_UNIT_H

#include <check.h>

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
