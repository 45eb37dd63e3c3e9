# SPDX-License-Identifier: MIT
# What others get: `cmake --install build/release --prefix P` (or ./dev install P), and Debian packages (./dev package).
#
#   program      bin/weft, weft.1, the shells' completions
#   library      libweft.so.0
#   development  libweft.a, libweft.so, weft/weft.h, weft.pc, find_package(weft)
#
# The libraries are not part of `all`: the shared one compiles everything a second time, because the program's objects know
# that they will lie in a program. Installing builds them; so does the target weft_libraries.
if(NOT WEFT_PRESET MATCHES "^(release|debug)$")
  return()
endif()
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
get_property(sources GLOBAL PROPERTY WEFT_SOURCES)
get_property(floors GLOBAL PROPERTY WEFT_FLOORS)
set(WEFT_DEBIAN OFF CACHE BOOL "install as Debian's packages want it (preset package)")
set(zsh_dir ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
set(gz "")
if(WEFT_DEBIAN)
  set(zsh_dir ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
  set(gz .gz)
endif()
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
set(made ${CMAKE_BINARY_DIR}/packaging)

# ---- libweft.so ------------------------------------------------------------------------------------------------------

# Inside of the library nothing goes through tables: symbols are hidden, and those that are not are bound to their own.
add_library(weft_shared SHARED EXCLUDE_FROM_ALL ${sources})
add_dependencies(weft_shared weft_generated weft_node)
target_link_libraries(weft_shared PRIVATE weft_flags PkgConfig::LIBUV Threads::Threads m)
target_compile_options(weft_shared PRIVATE -fno-semantic-interposition -fplt)
target_link_options(weft_shared PRIVATE -Wl,--version-script=${packaging}/weft.map -Wl,-Bsymbolic-functions
  -Wl,-z,defs -Wl,-z,relro -Wl,-z,now)
set_target_properties(weft_shared PROPERTIES OUTPUT_NAME weft VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LIBRARY_OUTPUT_DIRECTORY ${made} LINK_DEPENDS ${packaging}/weft.map BUILD_WITH_INSTALL_RPATH ON)

# ---- libweft.a -------------------------------------------------------------------------------------------------------

# The program's own objects, linked into one, in which all but the API is made local: a host may have a function
# called array_push, too.
set(archive ${made}/libweft.a)
set(members "")
foreach(floor ${floors})
  list(APPEND members $<TARGET_FILE:${floor}>)
endforeach()
add_custom_command(
  OUTPUT ${archive}
  COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
  COMMAND ${CMAKE_LINKER} -r -o ${made}/weft.o --whole-archive ${members}
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${made}/weft.o
  COMMAND ${CMAKE_AR} rcs ${archive} ${made}/weft.o
  COMMAND ${CMAKE_COMMAND} -E rm -f ${made}/weft.o
  DEPENDS ${floors} ${members}
  COMMENT "Merging libweft.a"
  VERBATIM)
file(MAKE_DIRECTORY ${made})
add_custom_target(weft_archive DEPENDS ${archive})
add_custom_target(weft_libraries DEPENDS weft_shared weft_archive)

# ---- What lies where -------------------------------------------------------------------------------------------------

set(shared ${made}/libweft.so.${PROJECT_VERSION})
set(soname libweft.so.${PROJECT_VERSION_MAJOR})

configure_file(${packaging}/weft.1.in ${made}/weft.1 @ONLY)
# How the package finds its files from where it lies itself, whatever the prefix: P/lib/cmake/weft.
configure_package_config_file(${packaging}/weft-config.cmake.in ${made}/weft-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/weft PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(${made}/weft-config-version.cmake VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)

install(CODE "
  execute_process(COMMAND \"${CMAKE_COMMAND}\" --build \"${CMAKE_BINARY_DIR}\" --target weft_libraries weft -- --quiet
    COMMAND_ERROR_IS_FATAL ANY)" ALL_COMPONENTS)
# weft.pc names the prefix, which is known only now.
set(prefix_of_install "@CMAKE_INSTALL_PREFIX@")
configure_file(${packaging}/weft.pc.in ${made}/weft.pc.in @ONLY)
install(CODE "
  configure_file(\"${made}/weft.pc.in\" \"${made}/weft.pc\" @ONLY)" COMPONENT development)

if(TARGET weft)
  install(TARGETS weft RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  install(FILES ${made}/weft.1${gz} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES packaging/completions/weft.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME weft
    COMPONENT program)
  install(FILES packaging/completions/_weft DESTINATION ${zsh_dir} COMPONENT program)
  install(FILES packaging/completions/weft.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
endif()
# By hand, because CMake does not promise to install targets that are not part of `all`.
install(FILES ${shared} ${made}/${soname} DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(CODE "
  if(CMAKE_INSTALL_DO_STRIP)
    execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-unneeded
      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libweft.so.${PROJECT_VERSION}\" COMMAND_ERROR_IS_FATAL ANY)
  endif()" COMPONENT library)
install(FILES ${made}/libweft.so ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(CODE "
  if(CMAKE_INSTALL_DO_STRIP)
    execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-debug
      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libweft.a\" COMMAND_ERROR_IS_FATAL ANY)
  endif()" COMPONENT development)
install(DIRECTORY include/weft DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN "*.h")
install(FILES ${made}/weft.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
install(FILES ${made}/weft-config.cmake ${made}/weft-config-version.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/weft
  COMPONENT development)
if(WEFT_DEBIAN)
  include(WeftDebian)
else()
  install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
endif()
