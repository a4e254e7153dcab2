#!/usr/bin/env bash
# The participant's page on a weak phone and a thin line (page.ts says what is measured). Four minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
{
  need_packages "${packages_build[@]}" "${packages_tests[@]}"
  WITH_TESTS=ON build_server etakahvila etakahvila-bench-load
  build_web_client
} >&2
exec node "$project/tests/bench/page.mjs"
