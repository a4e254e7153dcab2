# What the compiler, the linker and the C library can do against a hole that nobody has found yet.
# tests/package/hardening.py reads it off the programs. A sanitizer does the same work in ways of its own, and does not
# bear these. Debian's compiler makes position-independent programs unasked; -fPIC would forbid it to inline.
if(NOT (ETAKAHVILA_SANITIZE OR ETAKAHVILA_FUZZ OR ETAKAHVILA_COVERAGE))
  add_compile_options(-fstack-protector-strong -fstack-clash-protection
    # The checks of sizes need an optimizer.
    "$<$<CONFIG:Release>:SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>")
  add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64)
    add_compile_options(-fcf-protection)
    # Debian's own objects lack the note, so that no linker writes it unasked.
    add_link_options(LINKER:-z,ibt LINKER:-z,shstk)
  elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL aarch64)
    add_compile_options(-mbranch-protection=standard)
  endif()
endif()
