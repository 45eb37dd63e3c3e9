# SPDX-License-Identifier: MIT
# weft_floor(name LINKS libraries...): the static library weft_<name> of all C files below name/. The global property WEFT_SOURCES
# collects the files of all floors, WEFT_FLOORS the libraries, for those who put the whole house in one file (WeftInstall.cmake).

function(weft_floor name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${name}/*.c)
  if(sources)
    add_library(weft_${name} STATIC ${sources})
    target_link_libraries(weft_${name} PUBLIC weft_flags ${ARG_LINKS})
    add_dependencies(weft_${name} weft_generated)
    set_property(GLOBAL APPEND PROPERTY WEFT_SOURCES ${sources})
    set_property(GLOBAL APPEND PROPERTY WEFT_FLOORS weft_${name})
  else()
    add_library(weft_${name} INTERFACE)
    target_link_libraries(weft_${name} INTERFACE weft_flags ${ARG_LINKS})
  endif()
endfunction()
