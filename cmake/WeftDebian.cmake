# SPDX-License-Identifier: MIT
# Debian's packages weft, libweft0 and libweft-dev out of the components of WeftInstall.cmake: what policy wants beside the files, and
# CPack's settings. Preset package, ./dev package.
# As Debian's own tools find out who makes a package.
set(maintainer "weft authors <weft@localhost>")
if(DEFINED ENV{DEBEMAIL})
  set(maintainer "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(WEFT_MAINTAINER ${maintainer} CACHE STRING "who makes the Debian packages: NAME <ADDRESS>")
set(WEFT_DEBIAN_REVISION 1 CACHE STRING "of the Debian packages")

# SOURCE_DATE_EPOCH, if it is set.
string(TIMESTAMP WEFT_DEBIAN_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
find_program(GZIP gzip REQUIRED)
configure_file(${packaging}/debian/changelog.in ${made}/changelog.Debian @ONLY)
configure_file(${packaging}/debian/copyright.in ${made}/copyright @ONLY)
foreach(file IN ITEMS changelog.Debian weft.1)
  execute_process(COMMAND ${GZIP} -9nc ${made}/${file} OUTPUT_FILE ${made}/${file}.gz COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND ${GZIP} -9nc ${CMAKE_SOURCE_DIR}/CHANGELOG.md OUTPUT_FILE ${made}/changelog.gz COMMAND_ERROR_IS_FATAL ANY)

set(WEFT_DEBIAN_PROGRAM weft)
set(WEFT_DEBIAN_LIBRARY libweft${PROJECT_VERSION_MAJOR})
set(WEFT_DEBIAN_DEVELOPMENT libweft-dev)
foreach(component IN ITEMS PROGRAM LIBRARY DEVELOPMENT)
  string(TOLOWER ${component} lower)
  set(package ${WEFT_DEBIAN_${component}})
  set(doc ${CMAKE_INSTALL_DATADIR}/doc/${package})
  install(FILES ${made}/copyright ${made}/changelog.Debian.gz ${made}/changelog.gz DESTINATION ${doc} COMPONENT ${lower})
  set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${component}_FILE_NAME DEB-DEFAULT)
endforeach()
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/weft COMPONENT program)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME weft)
set(CPACK_PACKAGE_VENDOR weft)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# weft.pc must name /usr, not the folder in which the package is put together.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${WEFT_DEBIAN_REVISION})
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${WEFT_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# Packed relocations need it; dpkg-shlibdeps sees functions only.
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "libc6 (>= 2.36)")
# What node:crypto, node:zlib and node:dns open when a program asks for it (base/lazy_library.h).
set(lazy "libssl3, zlib1g, libbrotli1, libzstd1, libc-ares2")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS ${lazy})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS ${lazy})

set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION javascript)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "JavaScript without a JIT
weft runs JavaScript programs in an interpreter that needs no executable
memory, with Node's modules and with workers on real threads.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${packaging}/debian/triggers)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "JavaScript engine to embed, shared library
weft is a JavaScript engine in C: an interpreter without a JIT, small
isolates that run on threads of their own, and an API of C functions.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${WEFT_DEBIAN_LIBRARY} (= ${PROJECT_VERSION}-${WEFT_DEBIAN_REVISION}), libuv1-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "JavaScript engine to embed, for development
weft is a JavaScript engine in C: an interpreter without a JIT, small
isolates that run on threads of their own, and an API of C functions.
.
This package has the header, the static library, and what CMake and
pkg-config need.")
include(CPack)
