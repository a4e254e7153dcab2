#!/usr/bin/env bash
# Many seeds of the simulation, and full rooms.
#   tests/simulation/run.sh [--seeds N] [--rooms M] [--first SEED] [--seed SEED [--full]] [--json FILE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
WITH_TESTS=ON build_server etakahvila-simulation
exec "$build/bin/etakahvila-simulation" "$@"
