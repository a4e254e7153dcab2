#!/usr/bin/env bash
# Breaks the real server while a room is at work in it, and prints what was lost: one JSON object a
# line for each thing that was done, with "lost", "doubled" and "reordered" in all of them.
#   tests/faults/run.sh [--quick] [argument of etakahvila-faults …]
# --quick is what every run of the tests does; without arguments the long list is gone through.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"

program="$build/bin/etakahvila-faults"
[ -x "$program" ] || stop "Build first: tests/run.sh, or ninja -C build etakahvila-faults."
case "${1:-}" in
  --quick) exec "$program" --kills 30 --syscalls 2 --restarts 5 --cuts 5 ;;
  "") "$program" --kills 2000 --syscalls 200 --restarts 200 --pause 60
      exec "$program" --cuts 20 --people 90 ;;
  *) exec "$program" "$@" ;;
esac
