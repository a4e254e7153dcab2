#!/usr/bin/env bash
# Plays all recorded meetings into a server of its own, over TLS.
#   tests/replay/all.sh [argument of etakahvila-replay …]
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
exec "${build:-$project/build}/bin/etakahvila-replay" "$project"/tests/data/meetings/*.jsonl \
  --rate 600 --parallel 4 "$@"
