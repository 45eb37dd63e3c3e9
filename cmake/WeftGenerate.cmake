# SPDX-License-Identifier: MIT
# Code that is generated at build time. It lives in build/<preset>/generated, never in git.
#
#   weft_generate(TOOL OUTPUT [ARGS args...] [DEPENDS files...])
#     builds the C program TOOL (tools/gen_*.c, a host program: no sanitizers; it may use base's allocator), runs it
#     in the source root with ARGS, and keeps what it prints as generated/OUTPUT. Does nothing where TOOL is missing.
#   weft_embed_js(FOLDER USER PARAMETERS...)
#     compiles FOLDER/lib/**/*.js, each as a function body with these parameters, and packs code and sources into the table
#     weft_embedded_FOLDER in generated/FOLDER/lib_embed.inc, which the C file USER includes. The tool links the compiler, so this comes
#     after the floors.

set(WEFT_GENERATED_FILES "")

function(weft_generate_tool tool out_target)
  get_filename_component(name ${tool} NAME_WE)
  set(${out_target} ${name} PARENT_SCOPE)
  if(NOT TARGET ${name})
    add_executable(${name} ${tool} base/alloc.c)
    target_link_libraries(${name} PRIVATE weft_warnings)
    target_compile_options(${name} PRIVATE -O1 -g1)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tools)
  endif()
endfunction()

function(weft_generate tool output)
  cmake_parse_arguments(ARG "" "" "ARGS;DEPENDS" ${ARGN})
  file(GLOB found CONFIGURE_DEPENDS ${tool})
  if(NOT found)
    return()
  endif()
  weft_generate_tool(${tool} target)
  set(file ${WEFT_GENERATED}/${output})
  get_filename_component(folder ${file} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  set(depends "")
  foreach(input ${ARG_DEPENDS})
    cmake_path(ABSOLUTE_PATH input BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    list(APPEND depends ${input})
  endforeach()
  # Written beside and moved: a tool that fails leaves no half file behind.
  add_custom_command(
    OUTPUT ${file}
    COMMAND ${target} ${ARG_ARGS} > ${file}.tmp
    COMMAND ${CMAKE_COMMAND} -E rename ${file}.tmp ${file}
    DEPENDS ${target} ${depends}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Generating ${output}"
    VERBATIM)
  set(WEFT_GENERATED_FILES ${WEFT_GENERATED_FILES} ${file} PARENT_SCOPE)
endfunction()

function(weft_embed_js folder user)
  file(GLOB_RECURSE scripts CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${folder}/lib/*.js)
  add_executable(gen_code tools/gen_code.c)
  target_link_libraries(gen_code PRIVATE weft_compiler)
  set_target_properties(gen_code PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tools)
  set(made ${WEFT_GENERATED}/${folder})
  file(MAKE_DIRECTORY ${made})
  add_custom_command(
    OUTPUT ${made}/lib_code.txt ${made}/lib_code.bin
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:gen_code> ${folder} ${folder}/lib ${made}/lib_code.bin ${ARGN} -- ${scripts} > ${made}/lib_code.tmp
    COMMAND ${CMAKE_COMMAND} -E rename ${made}/lib_code.tmp ${made}/lib_code.txt
    DEPENDS gen_code ${scripts}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Compiling ${folder}/lib"
    VERBATIM)
  add_custom_command(
    OUTPUT ${made}/lib_embed.inc ${made}/lib_embed.bin
    COMMAND ${Python3_EXECUTABLE} tools/gen_embed.py ${folder} ${made} > ${made}/lib_embed.tmp
    COMMAND ${CMAKE_COMMAND} -E rename ${made}/lib_embed.tmp ${made}/lib_embed.inc
    DEPENDS tools/gen_embed.py ${folder}/at_start.txt ${made}/lib_code.txt ${made}/lib_code.bin
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Packing ${folder}/lib"
    VERBATIM)
  set_property(SOURCE ${user} APPEND PROPERTY OBJECT_DEPENDS ${made}/lib_embed.inc ${made}/lib_embed.bin)
endfunction()
