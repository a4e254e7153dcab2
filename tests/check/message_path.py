#!/usr/bin/env python3
"""How many files a message to the room crosses, from its frame to the socket, by tests/check/message_path.txt. Each
call there is held to the files: the caller has been reached, calls by the word, and the other defines it. A source and
its header are one file. Fails when there are more than there were.
    message_path.py [MOST]"""

import re
import sys

import files

AIM = 8
# What it takes today. A change may bring it down, and then this too.
FILES_MAX = 13
FIRST, LAST = "net/websocket_peer", "net/stream"


def text_of(name):
    paths = [files.PROJECT / "server" / f"{name}{end}" for end in (".cpp", ".hpp")]
    code = "\n".join(path.read_text() for path in paths if path.exists())
    return re.sub(r"//.*", "", code)


def defines(name, word):
    """A body follows its parameters, which may be on lines of their own."""
    return re.search(rf"\b{word}\((?:[^(){{}};]|\([^()]*\))*\)[\w\s]*(?:->[^{{;]+)?\{{", text_of(name))


def calls(name, word):
    """By its name as a function of its own, of an object, or of a namespace: behind no type."""
    return re.search(rf"(?:->|\.|::|[=(,!\s])\s*{word}(?:<[\w:]+>)?\(", text_of(name))


def faults_of(rows):
    reached = {FIRST}
    for caller, word, called in rows:
        if not text_of(called):
            yield f"there is no server/{called}"
        elif caller not in reached:
            yield f"{caller} has not been reached when it calls {word}"
        elif not calls(caller, word):
            yield f"{caller} does not call {word}"
        elif not defines(called, word):
            yield f"{called} does not define {word}"
        reached.add(called)
    if rows[-1][2] != LAST:
        yield f"the way ends in {rows[-1][2]}, not in {LAST}"


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else FILES_MAX
    lines = (files.PROJECT / "tests/check/message_path.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    faults = list(faults_of(rows))
    crossed = list(dict.fromkeys([FIRST, *(called for _, _, called in rows)]))
    if len(crossed) > most:
        faults.append(f"a message crosses {len(crossed)} files, more than {most}: {', '.join(crossed)}")
    print("\n".join(faults) if faults else f"a message crosses {len(crossed)} files; the aim is {AIM}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
