# SPDX-License-Identifier: MIT
# tests/unit/<floor>/test_*.c: one Check program each, linked with that floor and those below it.
# tests/<suite>/test_*.c for the suites of C programs that use the whole engine (api, threads, gc).
# fuzz/fuzz_*.c: one libFuzzer program each, in the fuzz preset only.
# tests/run.py runs all JavaScript tests; tests/<suite>/run.py is a suite with a runner of its own.
# Each test keeps one processor busy and has a name that begins with the preset, so that `./dev test` can give the tests of all presets to
# one ctest: it remembers how long each took, and starts the longest first.

set(WEFT_TEST_ENVIRONMENT
  "ASAN_OPTIONS=detect_stack_use_after_return=0:abort_on_error=0:allocator_may_return_null=1"
  "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1"
  "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1"
  "WEFT_SOURCE_ROOT=${CMAKE_SOURCE_DIR}")

set(WEFT_SLOW 1)
if(NOT WEFT_PRESET STREQUAL "release")
  set(WEFT_SLOW 10)
endif()

function(weft_c_test source library)
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/tests ${source})
  string(REGEX REPLACE "\\.c$" "" name ${name})
  string(REPLACE "/" "_" target ${name})
  add_executable(${target} ${source})
  target_link_libraries(${target} PRIVATE ${library} PkgConfig::CHECK)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_dependencies(${target} weft_generated)
  add_test(NAME ${WEFT_PRESET}/${name} COMMAND ${target} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  math(EXPR limit "60 * ${WEFT_SLOW}")
  math(EXPR check_limit "10 * ${WEFT_SLOW}")
  set_tests_properties(${WEFT_PRESET}/${name} PROPERTIES LABELS unit TIMEOUT ${limit}
    ENVIRONMENT "${WEFT_TEST_ENVIRONMENT};CK_DEFAULT_TIMEOUT=${check_limit}")
endfunction()

if(WEFT_PRESET STREQUAL "fuzz")
  file(GLOB harnesses CONFIGURE_DEPENDS fuzz/fuzz_*.c)
  foreach(source ${harnesses})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE weft_api)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    add_dependencies(${name} weft_generated)
  endforeach()
  return()
endif()

if(CHECK_FOUND)
  file(GLOB_RECURSE unit_tests CONFIGURE_DEPENDS tests/unit/test_*.c)
  foreach(source ${unit_tests})
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(floor ${folder} NAME)
    if(TARGET weft_${floor})
      weft_c_test(${source} weft_${floor})
    else()
      weft_c_test(${source} weft_api)
    endif()
  endforeach()
  file(GLOB suite_tests CONFIGURE_DEPENDS tests/api/test_*.c tests/threads/test_*.c tests/gc/test_*.c)
  foreach(source ${suite_tests})
    weft_c_test(${source} weft_api)
  endforeach()
else()
  message(WARNING "Check is not installed: the unit tests are left out")
endif()

# The rules of the house hold for the source, so one preset is enough; it is the one whose objects users get.
if(WEFT_PRESET STREQUAL "release")
  add_test(NAME release/tidy COMMAND ${Python3_EXECUTABLE} tools/tidy --objects ${CMAKE_BINARY_DIR}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME release/harness COMMAND ${Python3_EXECUTABLE} tests/harness/test_harness.py
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()

# The suites that take longest are split, by --part K/N of their runners.
set(WEFT_PARTS_js 8)
set(WEFT_PARTS_npm 4)

if(TARGET weft)
  file(GLOB runners CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} tests/run.py tests/*/run.py)
  foreach(runner ${runners})
    get_filename_component(suite ${runner} DIRECTORY)
    get_filename_component(suite ${suite} NAME)
    if(suite STREQUAL "tests")
      set(suite js)
    endif()
    set(parts ${WEFT_PARTS_${suite}})
    if(NOT parts)
      set(parts 1)
    endif()
    foreach(part RANGE 1 ${parts})
      set(name ${WEFT_PRESET}/${suite})
      set(arguments --weft $<TARGET_FILE:weft> --preset ${WEFT_PRESET} --jobs 1)
      if(parts GREATER 1)
        string(APPEND name -${part})
        list(APPEND arguments --part ${part}/${parts})
      endif()
      add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} ${runner} ${arguments} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
      set_tests_properties(${name} PROPERTIES LABELS js TIMEOUT 1500 ENVIRONMENT "${WEFT_TEST_ENVIRONMENT}")
    endforeach()
  endforeach()
endif()
