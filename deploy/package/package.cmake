# What a machine gets that runs it: `cmake --install`, and by CPack the package of Debian.
# deploy/package/build.sh does all of it.
include(GNUInstallDirs)
set(package_files ${PROJECT_SOURCE_DIR}/deploy/package)

# Only what is named here is installed, and it has been built before: no test is built for a package.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

install(TARGETS etakahvila etakahvila-picture DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/web-client/dist/ DESTINATION ${CMAKE_INSTALL_DATADIR}/etakahvila/web)
install(FILES ${package_files}/low-port.conf DESTINATION ${CMAKE_INSTALL_DATADIR}/etakahvila)
install(FILES ${PROJECT_SOURCE_DIR}/deploy/README.md ${PROJECT_SOURCE_DIR}/server/SECURITY.md
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/etakahvila)
install(FILES ${package_files}/README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/etakahvila/package)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/deploy/runbook ${PROJECT_SOURCE_DIR}/deploy/monitoring
  ${PROJECT_SOURCE_DIR}/deploy/proxy
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/etakahvila)
install(FILES ${package_files}/units/etakahvila.service ${package_files}/units/etakahvila-picture.socket
  ${package_files}/units/etakahvila-picture@.service ${package_files}/units/etakahvila-backup.service
  ${package_files}/units/etakahvila-backup.timer DESTINATION lib/systemd/system)

install(FILES ${package_files}/debian/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
  RENAME etakahvila)

# What follows from the program itself: the configuration with every option in it, the page of the manual, the list of
# parts, the list of changes. And the documents' links, which lead to where they lie now.
install(CODE "
  if(NOT DEFINED ENV{ETAKAHVILA_PACKAGE_VERSION})
    set(ENV{ETAKAHVILA_PACKAGE_VERSION} ${PROJECT_VERSION})
  endif()
  execute_process(COMMAND python3 ${package_files}/files.py --program ${CMAKE_BINARY_DIR}/bin/etakahvila
      --version \"\$ENV{ETAKAHVILA_PACKAGE_VERSION}\" --root \"\$ENV{DESTDIR}/\" COMMAND_ERROR_IS_FATAL ANY)")

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME etakahvila)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Etäkahvila developers <etakahvila@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "rooms for four-hour group sessions of a city's social work")
set(CPACK_PACKAGE_DESCRIPTION "A server and its pages for groups that meet online.
Speaking turns survive a lost line, help is called at any time, and
attendance is kept by itself. Everything runs on one machine of the site's
own, with nothing fetched from anybody else.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Beside the libraries: who makes the user, what the units' reload is done with, time zones, authorities.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, procps, tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${package_files}/debian/preinst ${package_files}/debian/postinst
  ${package_files}/debian/prerm ${package_files}/debian/postrm ${package_files}/debian/conffiles)
include(CPack)
