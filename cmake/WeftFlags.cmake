# SPDX-License-Identifier: MIT
# Compilers, flags and libraries. WEFT_PRESET (set by CMakePresets.json) chooses the kind of build; CMake's own build
# types are not used, because their flags (-O3, implicit -DNDEBUG) are not ours.
set(WEFT_PRESET "release" CACHE STRING "release, debug, asan, tsan, gc-stress, fuzz or coverage")
set(CMAKE_BUILD_TYPE "" CACHE STRING "not used, see WEFT_PRESET" FORCE)
set(WEFT_GENERATED ${CMAKE_BINARY_DIR}/generated)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
pkg_check_modules(LIBUV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(CHECK IMPORTED_TARGET check)

# The release links the archives where Debian has them: two shared libraries less to load is a tenth of a millisecond
# and 300 KB less for each process.
set(WEFT_LIBUV PkgConfig::LIBUV)
set(WEFT_UTF8PROC PkgConfig::UTF8PROC)
find_library(LIBUV_ARCHIVE NAMES libuv_a.a libuv.a HINTS ${LIBUV_LIBDIR})
find_library(UTF8PROC_ARCHIVE NAMES libutf8proc.a HINTS ${UTF8PROC_LIBDIR})
if(WEFT_PRESET STREQUAL "release" AND LIBUV_ARCHIVE AND UTF8PROC_ARCHIVE)
  set(WEFT_LIBUV ${LIBUV_ARCHIVE} Threads::Threads ${CMAKE_DL_LIBS} rt)
  set(WEFT_UTF8PROC ${UTF8PROC_ARCHIVE})
endif()

include(CheckLinkerFlag)

# What every C file gets, tools included. (JavaScript's ??= looks like a trigraph.)
add_library(weft_warnings INTERFACE)
target_compile_options(weft_warnings INTERFACE -Wall -Wextra -Werror -Wno-trigraphs)
target_include_directories(weft_warnings INTERFACE ${CMAKE_SOURCE_DIR})

# What the engine gets beside that.
#  -fno-strict-aliasing, -fwrapv: the engine reads cells through several types, and its integer arithmetic wraps.
#  -ffp-contract=off: a fused multiply-add rounds once where JavaScript rounds twice.
add_library(weft_flags INTERFACE)
target_link_libraries(weft_flags INTERFACE weft_warnings)
# Generated files are included as "generated/vm/x.inc", or as "vm/x.inc" like any other.
target_include_directories(weft_flags INTERFACE ${CMAKE_BINARY_DIR} ${WEFT_GENERATED} ${CMAKE_SOURCE_DIR}/include)
target_compile_options(weft_flags INTERFACE
  -fno-strict-aliasing -fwrapv -fno-math-errno -ffp-contract=off -fvisibility=hidden
  -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)

if(WEFT_PRESET STREQUAL "release")
  target_compile_options(weft_flags INTERFACE -O2 -g1 -fno-plt -ffunction-sections -fdata-sections)
  target_compile_definitions(weft_flags INTERFACE NDEBUG)
  target_link_options(weft_flags INTERFACE -Wl,--gc-sections -Wl,-O1 -Wl,--as-needed)
  # The tables of built-ins hold thousands of addresses; a relocation takes 24 bytes, or a bit.
  check_linker_flag(C -Wl,-z,pack-relative-relocs WEFT_HAS_RELR)
  if(WEFT_HAS_RELR)
    target_link_options(weft_flags INTERFACE -Wl,-z,pack-relative-relocs)
  endif()
elseif(WEFT_PRESET STREQUAL "coverage")
  target_compile_options(weft_flags INTERFACE -O0 -g --coverage)
  target_link_options(weft_flags INTERFACE --coverage)
else()
  target_compile_options(weft_flags INTERFACE -O1 -g -fno-omit-frame-pointer)
  target_compile_definitions(weft_flags INTERFACE WEFT_ASSERTS)
  target_link_options(weft_flags INTERFACE -Wl,--as-needed)
endif()

if(WEFT_PRESET STREQUAL "gc-stress")
  target_compile_definitions(weft_flags INTERFACE WEFT_GC_STRESS)
endif()

set(sanitize "")
if(WEFT_PRESET STREQUAL "asan")
  set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all)
elseif(WEFT_PRESET STREQUAL "tsan")
  set(sanitize -fsanitize=thread)
elseif(WEFT_PRESET STREQUAL "fuzz")
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "the fuzz preset needs clang")
  endif()
  set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_compile_options(weft_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_compile_definitions(weft_flags INTERFACE WEFT_FUZZ)
endif()
if(sanitize)
  target_compile_options(weft_flags INTERFACE ${sanitize})
  target_link_options(weft_flags INTERFACE ${sanitize})
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # gcc sees uninitialised variables in its own instrumentation.
    target_compile_options(weft_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(NOT WEFT_PRESET STREQUAL "tsan")
    # The collector scans the C stack: locals must not move to a fake stack on the heap.
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
      target_compile_options(weft_flags INTERFACE --param=asan-use-after-return=0)
    else()
      target_compile_options(weft_flags INTERFACE -fsanitize-address-use-after-return=never)
    endif()
  endif()
endif()
