#!/usr/bin/env bash
# Holds the form of the repository: format, widths, layers, circles, lint, generated files, documents. Builds nothing
# and runs no test.
#   tests/check.sh          says what is wrong, and closes with `N passed, N failed`; clang-tidy looks at what differs
#                           from the last commit, or at that commit
#   tests/check.sh --all    clang-tidy looks at every file, which takes most of an hour
#   tests/check.sh --mend   writes what the formatters can mend, then checks
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/prepare.sh"
cd "$project"

all=no mend=no
for argument in "$@"; do
  case "$argument" in
    --all) all=yes ;;
    --mend) mend=yes ;;
    *) stop "usage: tests/check.sh [--all] [--mend]" ;;
  esac
done

need_packages "${packages_build[@]}" "${packages_tests[@]}" "${packages_clang[@]}" "${packages_check[@]}"
need_web_packages
for tool in git python3 node npm clang-format-19 clang-tidy-19 shellcheck; do
  command -v "$tool" >/dev/null || stop "$tool is missing: what it looks at cannot be checked."
done

# Git tells which files there are, also of a tree that belongs to somebody else, or that came without its history.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$project"
if ! git rev-parse --verify --quiet HEAD >/dev/null 2>&1; then
  GIT_DIR="$(mktemp -d)"
  export GIT_DIR GIT_WORK_TREE="$project"
  git init -q
fi

# over COMMAND… -- PATTERN…: the command over all files of these patterns, of which there must be some.
over() {
  local command=() files
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  shift
  mapfile -t files < <(git ls-files --cached --others --exclude-standard --deduplicate -- "$@" | present)
  [ "${#files[@]}" -gt 0 ] || { say "There is no file to look at among $*."; return 1; }
  "${command[@]}" "${files[@]}"
}
# Of the names that come in, those of files that are there.
present() { local name; while read -r name; do if [ -f "$name" ]; then say "$name"; fi; done; }

if [ "$mend" = yes ]; then
  over clang-format-19 -i -- '*.cpp' '*.hpp'
  over node web-client/scripts/ruff.mjs --mend -- '*.py'
  npm run --silent --prefix web-client format
fi

passed=0 failed=0

# step NAME COMMAND…: runs it, and shows what it says only where it fails.
step() {
  local name=$1 log status=0
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    say "not so: $name"
    head -n 60 "$log"
  fi
  rm -f "$log"
}

# The C++ files that clang-tidy looks at: those that differ from the last commit, or those of it where none differs. A
# commit that only moves or formats is left out (.git-blame-ignore-revs). Of a header that differs, its source.
changed_sources() {
  {
    git diff --name-only HEAD
    git ls-files --others --exclude-standard
    if git diff --quiet HEAD && ! grep -qs "^$(git rev-parse HEAD)" .git-blame-ignore-revs; then
      # Of a clone that has one commit only nothing is known of what it changed.
      git diff --name-only HEAD~1 HEAD 2>/dev/null || true
    fi
  } | sed -nE 's/\.hpp$/.cpp/; /^(server|tests)\/.*\.cpp$/p' | sort -u | present
}

# As many take some minutes.
tidy_sources_max=20
left_out=

# clang-tidy needs each file's options, not a build: the folder is only set up.
set_up_tidy() {
  mkdir -p "$1"
  cmake -S "$project" -B "$1" -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
    "${@:2}" >"$1/configure.log" 2>&1 || { tail -n 30 "$1/configure.log"; return 1; }
}
tidy() { xargs --no-run-if-empty -P "$(nproc)" -n 1 clang-tidy-19 --quiet "$@"; }

# Every file, in the batches of the build: what they include is read a quarter as often. Sources are headers there.
clang_tidy_all() {
  local folder="$build/tidy-all"
  set_up_tidy "$folder" -DETAKAHVILA_UNITY=ON || return
  # clang-tidy takes the rules of the folder in which a batch lies: those of the tests are put there.
  cp tests/.clang-tidy "$folder/tests/"
  python3 tests/check/built.py "$folder/compile_commands.json" --all \
    | tidy -p "$folder" --header-filter='(server|protocol/cpp|tests)/.*' --checks=-bugprone-suspicious-include
}

# Programs of others that a machine may lack (libwebsockets) are not in the build, and so not looked at.
clang_tidy() {
  local folder="$build/tidy" sources
  if [ "$all" = yes ]; then clang_tidy_all; return; fi
  if ! git rev-parse --verify --quiet HEAD >/dev/null; then
    left_out="clang-tidy was left out: there is no history that tells what differs; --all looks at every file."
    return
  fi
  mapfile -t sources < <(changed_sources)
  if [ "${#sources[@]}" = 0 ]; then say "No source differs."; return; fi
  if [ "${#sources[@]}" -gt "$tidy_sources_max" ]; then
    left_out="clang-tidy was left out: ${#sources[@]} sources differ, more than $tidy_sources_max; --all looks at them."
    return
  fi
  set_up_tidy "$folder" || return
  printf '%s\n' "${sources[@]}" | python3 tests/check/built.py "$folder/compile_commands.json" \
    | tidy -p "$folder" --header-filter='^$'
}

step "C++ is formatted" over clang-format-19 --dry-run --Werror -- '*.cpp' '*.hpp'
step "Python is formatted and clean" over node web-client/scripts/ruff.mjs -- '*.py'
step "shell scripts are clean" over shellcheck -- '*.sh' .ci/run
step "TypeScript is formatted and clean" npm run --silent --prefix web-client check
step "no line is wider than 120 columns" python3 tests/check/lines.py
step "no folder includes what it may not know" python3 tests/check/layers.py
step "no file of the web client imports itself by way of others" python3 tests/check/circles.py
step "a new rule changes the list of rules and the permission table alone" python3 tests/check/toy_rule.py --count
step "a message crosses no more files than it did" python3 tests/check/message_path.py
step "the documents are true of the files" python3 tests/check/documents.py
step "the privacy notice has each rule of keeping" python3 tests/check/privacy.py
step "the generated files are up to date" python3 protocol/generate.py --check
step "a schema that says what is not known is refused" python3 tests/check/refused_schemas.py
step "the documents of the wire are valid and true of its examples" npm run --silent --prefix web-client check:wire
step "clang-tidy finds nothing" clang_tidy

[ -z "$left_out" ] || say "$left_out"
say "check: $passed passed, $failed failed"
[ "$failed" = 0 ]
