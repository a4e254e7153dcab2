#!/usr/bin/env python3
"""Per person, how many seconds of each recorded meeting they were there, from the record alone.

    attendance_oracle.py PROGRAM MEETING.jsonl ...

PROGRAM plays the same meetings into a room, moment by moment, and says what its attendance counts:
`meeting who seconds`, one person a line. Ends with 1 unless every number is the same. Shares no code
with it: written from the rules of attendance (the union of a person's connections, clipped to the
counted window, which here is the whole meeting) and from what a record means (server/player/script.hpp).
Standard library only.
"""

import json
import pathlib
import subprocess
import sys


def lines_of(file):
    """In order of time, which is in milliseconds from here on: records have seconds, whole or not."""
    lines = [json.loads(text) for text in file.read_text().splitlines() if text.strip()]
    for line in lines:
        line["t"] = round(line["t"] * 1000)
    return sorted(lines, key=lambda line: line["t"])


def speaks_for_themselves(line):
    return line["op"] in ("chat", "withdraw") or (line["op"] == "request" and "by" not in line)


def up_before(lines):
    """Connections that end in the record without having begun in it, and since when they are up."""
    begun, last_of_name, found = set(), {}, []
    for line in lines:
        if speaks_for_themselves(line):
            begun.add((line["who"], "chat"))
        if "by" in line:
            begun.add((line["by"], "chat"))
        if line["op"] == "join":
            begun.add((line["who"], line["conn"]))
            if line["conn"] != "chat":
                last_of_name[line["conn"]] = line["t"]
        if line["op"] == "leave" and (line["who"], line["conn"]) not in begun:
            begun.add((line["who"], line["conn"]))
            found.append((last_of_name.get(line["conn"], 0), line["who"], line["conn"]))
    return found


def visits_of(lines):
    """Each person's connections as (from, to), in milliseconds."""
    up, visits = {}, {}
    events = [(t, 0, {"op": "join", "who": who, "conn": conn}) for t, who, conn in up_before(lines)]
    events += [(line["t"], 1, line) for line in lines]
    events.sort(key=lambda event: event[:2])

    def is_up(who):
        return any(person == who for person, _ in up)

    for t, _, line in events:
        who = line.get("who")
        for name in (who, line.get("by")):
            if name is not None:
                visits.setdefault(name, [])
        if line["op"] == "join":
            # Up already: lost and taken up again in the same moment, which leaves no gap.
            up.setdefault((who, line["conn"]), t)
        elif line["op"] == "leave":
            since = up.pop((who, line["conn"]), None)
            if since is not None:
                visits[who].append((since, t))
        else:
            if speaks_for_themselves(line):
                up.setdefault((who, "chat"), t)
            if "by" in line:
                up.setdefault((line["by"], "chat"), t)
            if line["op"] == "grant" or "by" in line:
                if not is_up(who):
                    up[(who, "chat")] = t
    end = lines[-1]["t"]
    for (who, _), since in up.items():
        visits[who].append((since, end))
    return visits


def seconds_there(spans):
    """How many whole seconds lie in at least one of the spans, all of them together."""
    total, until = 0, 0
    for begin, end in sorted(spans):
        total += max(0, end - max(begin, until))
        until = max(until, end)
    return total // 1000


def main():
    program, files = sys.argv[1], [pathlib.Path(name) for name in sys.argv[2:]]
    played = {}
    for line in subprocess.run(
        [program, *map(str, files)], check=True, capture_output=True, text=True
    ).stdout.splitlines():
        meeting, who, seconds = line.split()
        played[meeting, who] = int(seconds)
    expected = {
        (file.stem, who): seconds_there(spans) for file in files for who, spans in visits_of(lines_of(file)).items()
    }
    wrong = [key for key in sorted(expected.keys() | played.keys()) if expected.get(key) != played.get(key)]
    for meeting, who in wrong:
        print(
            f"{meeting} {who}: {expected.get((meeting, who))} s by the record, {played.get((meeting, who))} s by the "
            "room"
        )
    print(
        f"attendance of {len(files)} meetings: {len(expected) - len(wrong)} people the same to the second, "
        f"{len(wrong)} not"
    )
    return 1 if wrong or not expected else 0


if __name__ == "__main__":
    sys.exit(main())
