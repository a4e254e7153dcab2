#!/usr/bin/env bash
# What was done to the real process, how often, what it took and what was lost, as the table of tests/figures.md.
#   tests/faults/table.sh FIGURES…     files with the lines that tests/faults/run.sh has printed
#   tests/faults/table.sh              runs the long list first (most of two hours), into build/faults.jsonl
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
if [ $# = 0 ]; then
  "$project/tests/faults/run.sh" | tee "$build/faults.jsonl" >&2
  set -- "$build/faults.jsonl"
fi
exec python3 - "$@" <<'PYTHON'
import json, sys

# Of each scenario: its words, the field that says how often, and what else of it is told.
rows = {
    "kills": ("kill -9 at random moments", "kills", ["start_ms", "all_back_ms"]),
    "syscall_kills": ("kill -9 at the Nth call of each of twelve system calls", "kills", []),
    "restarts": ("restarts under load, one after the other", "restarts", ["start_ms", "all_back_ms"]),
    "pause": ("seconds that the server stands still", "seconds", []),
    "cuts": ("all lines cut at once", "cuts", ["all_back_ms"]),
    "failing_fsyncs": ("an fsync that fails, at each N", "fsyncs_failed", ["starts_refused"]),
    "full_disk": ("the disk full, and space again", "times",
                  ["reserve_used_up", "killed_while_full", "saved_again_ms"]),
    "no_space": ("one write without space, at each N", "writes_without_space", []),
    "canaries": ("lines of the most talkative log searched for secrets, names and texts", "log_lines", []),
    "resumes": ("lines of other rooms cut at once beside a live room", "lines",
                ["all_resumed_ms", "live_room_answer_ms_before", "live_room_answer_ms_meanwhile"]),
    "frozen_readers": ("lines that nobody reads", "lines", ["seconds", "kib_more_for_each"]),
    "certificates": ("certificates changed", "swaps", ["lines", "disconnected", "bad_pairs_refused", "served_ms"]),
    "long_day": ("steps of a room of four hours read back after a kill", "steps", ["first_back_ms", "all_back_ms"]),
    "wall_clock": ("the wall clock an hour forward and back", "steps_of_the_clock", []),
    "outage": ("minutes between a kill and the start, by the wall clock", "minutes", ["marked_seconds"]),
    "reboots": ("kill -9 and another monotonic clock", "reboots", ["all_back_ms"]),
}


def told(name, value):
    words = name.replace("_ms", "").replace("_", " ")
    if isinstance(value, dict):
        return f"{words} p50 {value['p50']:,.0f}, most {value['most']:,.0f} ms"
    return f"{words} {value:,}" + (" ms" if name.endswith("_ms") else "")


print("| what | how often | people, commands acknowledged, and figures | lost | doubled | reordered |")
print("|---|---|---|---|---|---|")
for file in sys.argv[1:]:
    for line in open(file):
        figures = json.loads(line)
        words, times, more = rows[figures["scenario"]]
        if "not_tried" in figures:
            print(f"| {words} | not tried: {figures['not_tried']} | | | | |")
            continue
        rest = [f"{figures['people']} people, {figures['acknowledged']:,} commands"]
        rest += [told(name, figures[name]) for name in more]
        rest += [f"**{what}** ({count})" for what, count in figures["surprises"].items()]
        ends = " | ".join(str(figures[end]) for end in ("lost", "doubled", "reordered"))
        print(f"| {words} | {figures[times]:,} | {'; '.join(rest)} | {ends} |")
PYTHON
