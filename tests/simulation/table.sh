#!/usr/bin/env bash
# Tries to lose something, in process, and prints what was tried, how often, and what came of it, as the table of
# tests/figures.md.
#   tests/simulation/table.sh [SEEDS [ROOMS [CUTS [DAYS]]]]     usually 300, 1, 300, 100
# Every bit and every length is tried with EVERY_BIT=1.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
seeds=${1:-300} rooms=${2:-1} cuts=${3:-300} days=${4:-100}
WITH_TESTS=ON build_server etakahvila-simulation journal_tests
figures="$build/figures.jsonl"
rm -f "$figures"
failed=0
ETAKAHVILA_FIGURES="$figures" ETAKAHVILA_CUTS="$cuts" ${EVERY_BIT:+env ETAKAHVILA_EVERY_BIT=1} \
  "$build/bin/journal_tests" "*power*,an fsync*,every*" >&2 || failed=1
"$build/bin/etakahvila-simulation" --seeds "$seeds" --days "$days" --rooms "$rooms" \
  --json "$build/simulation.jsonl" >&2 || failed=1
python3 - "$figures" "$build/simulation.jsonl" <<'PYTHON'
import json, sys
print("| what | how often | found | lost |\n|---|---|---|---|")
for name in sys.argv[1:]:
    for line in open(name):
        row = json.loads(line)
        times = row.get("times", row.get("runs"))
        others = ("what", "times", "runs", "lost", "seconds", "doubled", "reordered")
        rest = ", ".join(f"{key.replace('_', ' ')} {value:,.0f}" for key, value in row.items() if key not in others)
        print(f"| {row['what']} | {times:,} | {rest} | {row['lost']} |")
PYTHON
exit $failed
