#!/usr/bin/env bash
# The whole of ctest under a sanitizer, without a suppression: `address` (ASan with UBSan) or `thread` (TSan).
#   tests/sanitize.sh address|thread [argument of ctest …]
# The recorded meetings (label replay) are left out: they take minutes each under a sanitizer, and what they go through
# is tested without them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/prepare.sh"

need_packages "${packages_build[@]}" "${packages_tests[@]}" "${packages_clang[@]}"
mkdir -p "$build"
# Whoever joins from another library does so at a server that has its pages.
build_web_client
case "${1:-}" in
  address) folder=$build_address; build_with_address >&2 ;;
  thread) folder=$build_thread; build_with_thread >&2 ;;
  *) stop "usage: tests/sanitize.sh address|thread [argument of ctest …]" ;;
esac
shift
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 UBSAN_OPTIONS=print_stacktrace=1 LLVM_PROFILE_FILE=/dev/null
export TSAN_OPTIONS="external_symbolizer_path=/usr/bin/llvm-symbolizer-19 halt_on_error=1"
# Each case takes several times as long as it does by itself.
cd "$folder"
exec ctest -j "$(nproc)" --output-on-failure --label-exclude replay --timeout 900 "$@"
