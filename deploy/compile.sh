#!/bin/sh
# compile.sh COMPILER ARGUMENT…: by way of ccache, but for precompiled headers. GCC knows a header that is included
# once by its time as well, so what was precompiled from another checkout's files is wrong for this one's.
case " $* " in *" c++-header "*) exec "$@" ;; esac
exec ccache "$@"
