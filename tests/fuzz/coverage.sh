#!/usr/bin/env bash
# Which lines of what reads bytes from outside are reached by the corpora of the fuzz targets and the unit tests: by
# file. Fails when parser, codec or journal has less than 95 % of its lines. --lines shows each line that is not
# reached.
#   tests/fuzz/coverage.sh [--lines]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"

need_packages "${packages_build[@]}" "${packages_tests[@]}" "${packages_clang[@]}"
mapfile -t targets < <(sed -nE 's/^add_fuzz_target\(([a-z_]+) .*/fuzz_\1/p' "$project/tests/fuzz/CMakeLists.txt")
tests=(protocol_tests records_tests journal_tests people_tests voice_tests house_tests conformance_tests)
build_with_address "${targets[@]}" "${tests[@]}" >&2

profiles="$build_address/profiles"
rm -rf "$profiles"
mkdir -p "$profiles"
for target in "${targets[@]}"; do
  folder="$build_address/fuzz/${target#fuzz_}"
  mkdir -p "$folder/corpus"
  log="$profiles/$target.log"
  LLVM_PROFILE_FILE="$profiles/$target.profraw" \
    "$build_address/bin/$target" -runs=0 "$folder/corpus" "$folder/seeds" >"$log" 2>&1 \
    || { tail -n 30 "$log" >&2; stop "$target has failed on its corpus."; }
done
for test in "${tests[@]}"; do
  log="$profiles/$test.log"
  LLVM_PROFILE_FILE="$profiles/$test.profraw" "$build_address/bin/$test" >"$log" 2>&1 \
    || { tail -n 60 "$log" >&2; stop "$test has failed."; }
done
llvm-profdata-19 merge -sparse "$profiles"/*.profraw -o "$profiles/all.profdata"
objects=()
for program in "${targets[@]}" "${tests[@]}"; do objects+=(-object "$build_address/bin/$program"); done
# The first is named without the option.
objects=("${objects[@]:1}")
cd "$project/server"
files=(base/json.hpp base/json.cpp base/enum_names.hpp
  people/csv.cpp people/sheet.cpp people/registration_file.cpp people/programme_file.cpp people/secret.cpp
  people/guess_limiter.cpp config/options.cpp house/site_word_list.cpp
  net/http_connection.cpp net/http_rules.cpp net/frame_meter.hpp net/websocket_peer.cpp
  net/websocket_connection.cpp voice/frame.cpp voice/speaker_gate.hpp
  journal/high_water.cpp journal/memory_journal.cpp journal/reserve.cpp journal/sqlite_store.cpp
  journal/step_codec.cpp journal/vfs_file.hpp journal/watchers.hpp records/database.cpp records/sqlite_database.cpp)
llvm-cov-19 export -format=lcov -instr-profile="$profiles/all.profdata" "${objects[@]}" \
  -sources "${files[@]/#/$project/server/}" >"$profiles/all.lcov"
exec python3 "$project/tests/fuzz/coverage.py" "$project/server" "$profiles/all.lcov" "$@"
