#!/usr/bin/env bash
# How late voice is heard, and what a stall and a silence cost: about four minutes, in Chromium. Best on a calm machine.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
need_node
if [ ! -x "$build/bin/etakahvila" ] || [ ! -e "$project/web-client/dist/index.html" ]; then
  stop "Build first: tests/run.sh browser."
fi
cd "$project/web-client"
exec npx --no-install vitest run --config vitest.bench.config.ts --reporter=dot voice_figures "$@"
