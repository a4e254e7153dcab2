#!/usr/bin/env bash
# Many seeds of the simulation, days with work, and full rooms.
#   tests/simulation/run.sh [--seeds N] [--days K] [--rooms M] [--first SEED] [--seed SEED [--full|--day]] [--json FILE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
WITH_TESTS=ON build_server etakahvila-simulation
exec "$build/bin/etakahvila-simulation" "$@"
