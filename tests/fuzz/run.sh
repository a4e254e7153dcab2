#!/usr/bin/env bash
# Fuzzes each target, two at a time, with ASan and UBSan, and prints the table of tests/figures.md.
#   tests/fuzz/run.sh [--seconds N] [target …]      20 s each, all of them, when nothing is said
#   tests/fuzz/run.sh --build [target …]            builds them only
# What is found is kept under build-address/fuzz/TARGET: its corpus, from which the next run goes on, and the inputs of
# crashes. `build-address/bin/fuzz_TARGET FILE` runs one of them again.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"

seconds=20 targets=() only_build=no
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=$2; shift ;;
    --build) only_build=yes ;;
    -*) stop "usage: tests/fuzz/run.sh [--seconds N | --build] [target …]" ;;
    *) targets+=("$1") ;;
  esac
  shift
done
if [ "${#targets[@]}" = 0 ]; then
  mapfile -t targets < <(sed -nE 's/^add_fuzz_target\(([a-z_]+) .*/\1/p' "$project/tests/fuzz/CMakeLists.txt")
fi

need_packages "${packages_build[@]}" "${packages_tests[@]}" "${packages_clang[@]}"
build_with_address "${targets[@]/#/fuzz_}" >&2
[ "$only_build" = no ] || exit 0

export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 UBSAN_OPTIONS=print_stacktrace=1 LLVM_PROFILE_FILE=/dev/null

fuzz() {
  local target=$1 folder="$build_address/fuzz/$1" words=()
  # libFuzzer takes an empty dictionary for one that is not there.
  [ -s "$folder/dictionary" ] && words=(-dict="$folder/dictionary")
  mkdir -p "$folder/corpus" "$folder/crashes"
  "$build_address/bin/fuzz_$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3000 -max_len=8192 \
    -print_final_stats=1 "${words[@]}" -artifact_prefix="$folder/crashes/" \
    "$folder/corpus" "$folder/seeds" >"$folder/log" 2>&1 || true
}
for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  fuzz "$target" &
done
wait

# A slow input is not a crash: what one may cost is not judged by the clock of a busy machine.
crashes_of() { find "$build_address/fuzz/$1/crashes" -type f ! -name 'slow-unit-*'; }

found=0
echo "| target | seconds | executions | edges | inputs kept | crashes |"
echo "|---|---|---|---|---|---|"
for target in "${targets[@]}"; do
  folder="$build_address/fuzz/$target"
  executions=$(sed -nE 's/^stat::number_of_executed_units: *//p' "$folder/log")
  edges=$(sed -nE 's/^#[0-9]+.* cov: ([0-9]+) .*/\1/p' "$folder/log" | tail -n 1)
  crashes=$(crashes_of "$target" | wc -l)
  # One that did not come to its end has found something, be it a leak that left no input.
  if [ -z "$executions" ] || [ "$crashes" != 0 ]; then
    found=1
    grep -E 'ERROR|SUMMARY|runtime error' "$folder/log" >&2 || tail -n 20 "$folder/log" >&2
    crashes_of "$target" >&2
  fi
  kept=$(find "$folder/corpus" -type f | wc -l)
  printf "| %s | %s | %'d | %'d | %s | %s |\n" "$target" "$seconds" "${executions:-0}" "${edges:-0}" "$kept" "$crashes"
done
exit $found
