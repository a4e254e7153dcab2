#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test, and closes with `N passed, N failed`.
#   tests/run.sh [part …]
# Parts: check protocol server web browser proxies replay faults package fuzz; all but fuzz when none is named. That one
# builds everything once more, with clang; each target's twin, an ordinary program over its seeds, is part of server.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/prepare.sh"

parts=("$@")
if [ "${#parts[@]}" = 0 ]; then
  parts=(check protocol server web browser proxies replay faults package)
  say "left out: fuzz. Its targets run as ordinary tests; libFuzzer itself is tests/run.sh fuzz (20 minutes more)."
fi
passed=0 failed=0 clock=$SECONDS
# What failed, told once more at the end: of a long run only the end is read.
failures="$(mktemp)"
trap 'rm -f "$failures"' EXIT

# took NAME: says how long the part took that ends here.
took() { say "  $1: $((SECONDS - clock)) s"; clock=$SECONDS; }

# count PASSED FAILED
count() { passed=$((passed + $1)) failed=$((failed + $2)); }

# one COMMAND…: a test that is a command. What it said last is told again if it failed.
one() {
  local log status=0
  log="$(mktemp)"
  "$@" 2>&1 | tee "$log" || status=$?
  if [ "$status" = 0 ]; then count 1 0; else
    count 0 1
    { say "failed with $status: ${*#"$project"/}"; sed '/^ok /d' "$log" | tail -n 30 | cut -c 1-400; } >>"$failures"
  fi
  rm -f "$log"
}

run_server() {
  local log="$build/ctest.log" status=0
  (cd "$build" && ctest -j "$(nproc)" --output-on-failure --label-exclude replay) >"$log" 2>&1 || status=$?
  local all bad
  bad=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\1/p' "$log")
  all=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\2/p' "$log")
  if [ "${all:-0}" = 0 ]; then
    tail -n 40 "$log"
    stop "ctest ran no test."
  fi
  if [ "$status" != 0 ]; then
    grep -vE '^ +Start +[0-9]+:|^ *[0-9]+/[0-9]+ Test .*Passed' "$log" >"$log.failed" || true
    head -n 400 "$log.failed"
    { sed -n '/^The following tests FAILED/,$p' "$log"; head -n 60 "$log.failed" | cut -c 1-400; } >>"$failures"
  fi
  count $((all - bad)) "$bad"
}

# run_vitest NAME ARGUMENT…
run_vitest() {
  local name=$1 report="$build/$1-tests.json" status=0
  shift
  rm -f "$report"
  (cd "$project/web-client" \
    && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$report" "$@") \
    >"$build/$name-tests.log" 2>&1 || status=$?
  [ -e "$report" ] || { tail -n 60 "$build/$name-tests.log"; stop "The $name tests did not run."; }
  if [ "$status" != 0 ]; then tail -n 200 "$build/$name-tests.log"; fi
  local figures
  figures=$(node "$project/tests/vitest_report.mjs" "$report" "$failures")
  # shellcheck disable=SC2086
  count $figures
  # A file that could not even be loaded has no failed test of its own.
  if [ "$status" != 0 ] && [ "${figures##* }" = 0 ]; then
    count 0 1
    { say "The $name tests ended with $status."; tail -n 30 "$build/$name-tests.log" | cut -c 1-400; } >>"$failures"
  fi
}

need_packages "${packages_build[@]}" "${packages_tests[@]}"
need_node
took "packages"
# First, since it builds nothing: what is wrong with the form is known in a minute.
if [[ " ${parts[*]} " == *" check "* ]]; then
  one "$project/tests/check.sh"
  took "check"
fi
if [ "${parts[*]}" != check ]; then
  WITH_TESTS=ON build_server
  took "build of the server and its tests"
  build_web_client
  took "build of the web client"
fi
for part in "${parts[@]}"; do
  case "$part" in
    check) continue ;;
    protocol)
      one python3 "$project/protocol/generate.py" --check
      one python3 "$project/tests/check/toy_route.py" ;;
    server) run_server ;;
    web) run_vitest web ;;
    browser) run_vitest browser --config vitest.browser.config.ts ;;
    proxies)
      need_packages "${packages_proxies[@]}"
      one /usr/bin/python3 "$project/tests/proxies/run.py" "$build/bin/etakahvila"
      one /usr/bin/python3 "$project/tests/proxies/testssl.py" "$build/bin/etakahvila" ;;
    replay)
      one "$project/tests/replay/all.sh"
      one python3 "$project/tests/replay/attendance_oracle.py" "$build/bin/etakahvila-attendance-days" \
        "$project"/tests/data/meetings/*.jsonl ;;
    faults) one "$project/tests/faults/run.sh" --quick ;;
    package)
      need_packages "${packages_package[@]}" "${packages_package_tests[@]}"
      one "$project/tests/package/bare_debian.sh" ;;
    fuzz) one "$project/tests/fuzz/run.sh" ;;
    *) stop "There is no part named $part." ;;
  esac
  took "$part"
done

if [ -s "$failures" ]; then say "What failed:"; head -n 120 "$failures"; fi
say "all of it: $SECONDS s"
say "$passed passed, $failed failed"
[ "$failed" = 0 ]
