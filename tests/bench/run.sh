#!/usr/bin/env bash
# Measures: the server beside peers, on the same work, in one run (README.md says how to read it).
#   tests/bench/run.sh [--quick] [--json] [--peers all|NAME,…] [--only PART,…] [--rounds N] [--tls-only]
# Peers from Debian are installed only when they are named; the others are built here.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"

peers=()
arguments=("$@")
while [ $# -gt 0 ]; do
  case "$1" in
    --peers) IFS=, read -ra peers <<<"$2" ;;
    --peers=*) IFS=, read -ra peers <<<"${1#--peers=}" ;;
  esac
  shift
done
wants() {
  local one
  for one in "${peers[@]}"; do if [ "$one" = all ] || [ "$one" = "$1" ]; then return 0; fi; done
  return 1
}

{
  need_packages "${packages_build[@]}" "${packages_tests[@]}" openssl libwebsockets-dev
  # The bench starts its own, on this machine's own address.
  for peer in prosody ejabberd; do if wants "$peer"; then need_packages "$peer"; fi; done
  need_node
  (cd "$project/tests/bench/peers/ws" \
    && { [ -d node_modules/ws ] || npm install --no-save --silent --no-fund --no-audit; })
  WITH_TESTS=ON build_server etakahvila etakahvila-bench-load etakahvila-bench-bare etakahvila-bench-lws \
    etakahvila-bench-restart
} >&2

ulimit -n "$(ulimit -Hn)"
PYTHONDONTWRITEBYTECODE=1 exec python3 "$project/tests/bench/bench.py" --build "$build" "${arguments[@]}"
