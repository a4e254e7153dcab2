# cmake -D SOURCES=FOLDER -D HEADER=FILE -P commit.cmake: writes the commit's name into the header, and touches the
# header only when it is another.
execute_process(
  COMMAND git -c safe.directory=${SOURCES} -C ${SOURCES} describe --always --dirty --abbrev=12 --exclude *
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define ETAKAHVILA_COMMIT \"${commit}\"\n")
