#!/usr/bin/env python3
"""protocol/generate.py refuses a schema that says what it does not know, and names the place. Each case changes one
place in a copy, which must not be generated from."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import files

CHAT, AGENDA, EVENTS = "protocol/schema/chat.json", "protocol/schema/agenda.json", "server/domain/schema/chat.json"
PERSON = {"$ref": "../../../protocol/schema/common.json#/$defs/PersonId"}
# The file, the way to the place, what stands there instead, and what is said of it.
CASES = [
    (EVENTS, ["$defs", "MessageKept", "x-kind"], "happening", "MessageKept: the kind happening is not known"),
    (EVENTS, ["$defs", "MessageKept", "x-kind"], "command", "MessageKept: the kind command is not known"),
    (CHAT, ["$defs", "SetChatMode", "x-kind"], "event", "SetChatMode: the kind event is not known"),
    (EVENTS, ["$defs", "MessageKept", "x-name"], "kept", "MessageKept: x-name is not known"),
    (EVENTS, ["$defs", "MessageKept", "propertys"], {}, "MessageKept: propertys is not known"),
    (
        EVENTS,
        ["$defs", "MessageKept", "required"],
        ["message", "by", "at"],
        "MessageKept requires unknown fields ['at']",
    ),
    (EVENTS, ["$defs", "MessageKept", "properties", "by"], {"type": "person"}, "by: the type person is not known"),
    (EVENTS, ["$defs", "MessageKept", "properties", "by"], {"type": "number"}, "by: the type number is not known"),
    (EVENTS, ["$defs", "MessageKept", "properties", "by"], {}, "by: the type None is not known"),
    (EVENTS, ["$defs", "MessageKept", "properties", "by"], {**PERSON, "minimum": 1}, "by: minimum is not known"),
    (EVENTS, ["$defs", "MessageSent", "properties", "text", "maxLength"], 1000, "text: maxLength is not known"),
    (
        EVENTS,
        ["$defs", "MessageSent", "properties", "reasons", "items"],
        {"type": "reason"},
        "[]: the type reason is not",
    ),
    (
        EVENTS,
        ["$defs", "MessageKept", "properties", "by"],
        {"$ref": "#/$defs/PersonId"},
        "there is no #/$defs/PersonId",
    ),
    (
        EVENTS,
        ["$defs", "MessageKept", "properties", "by"],
        {"$ref": "help.json#/$defs/Nobody"},
        "there is no help.json",
    ),
    (EVENTS, ["$defs", "SetChatMode"], {"x-kind": "event"}, "SetChatMode is in chat.json too"),
    (EVENTS, ["$defs", "HelpAsked"], {"x-kind": "event"}, "HelpAsked is in domain/chat.json too"),
    (EVENTS, ["events"], {}, "domain/chat.json: events is not known"),
    (CHAT, ["$defs", "SetSlowMode", "x-key"], "seconds", "SetSlowMode: x-key is not known"),
    (CHAT, ["$defs", "SetSlowMode", "properties", "seconds", "most"], 600, "seconds: most is not known"),
    (CHAT, ["$defs", "SetSlowMode", "properties", "seconds", "default"], 60, "seconds: default is not known"),
    (
        AGENDA,
        ["$defs", "SetCurrentItem", "properties", "item"],
        {"$ref": "../../server/domain/schema/floor.json#/$defs/TurnEnd"},
        "is of a rule, which the wire does not know",
    ),
]


def changed(text, way, value):
    whole = json.loads(text)
    place = whole
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = value
    return json.dumps(whole)


def main():
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("protocol", "server/domain/schema"):
            shutil.copytree(files.PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        generate = [sys.executable, "protocol/generate.py"]
        subprocess.run(generate, cwd=copy, check=True)
        for name, way, value, said in CASES:
            text = (copy / name).read_text()
            (copy / name).write_text(changed(text, way, value))
            ran = subprocess.run(generate, cwd=copy, capture_output=True, text=True, check=False)
            if ran.returncode == 0 or said not in ran.stderr or "Traceback" in ran.stderr:
                return f"{name}: {'.'.join(way)} = {value} should be refused with {said!r}:\n{ran.stderr or 'taken'}"
            (copy / name).write_text(text)
    print(f"schemas: {len(CASES)} that are not known are refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
