#!/usr/bin/env python3
"""Writes from protocol/schema what both sides and the documents say of the wire, and from server/domain/schema the
events of each rule; --check: whether it is up to date.

Standard library only.
"""

import sys
from pathlib import Path

from generator import asyncapi, cpp, http_page, openapi, typescript
from generator.schema import Schema

HERE = Path(__file__).resolve().parent
# Where all that stands is made here.
MADE = ["protocol/cpp/protocol/**/*.hpp", "server/domain/*/events.hpp"]


def main():
    schema = Schema()
    files = {}
    for writer in (cpp, typescript, openapi, asyncapi, http_page):
        files |= writer.write(schema)
    if "--check" in sys.argv:
        stale = [
            name for name, text in files.items() if not (HERE / name).exists() or (HERE / name).read_text() != text
        ]
        made = {(HERE / name).resolve() for name in files}
        stale += [f"{path} of no schema" for each in MADE for path in HERE.parent.glob(each) if path not in made]
        if stale:
            sys.exit("protocol/generate.py: not up to date: " + ", ".join(stale))
        return
    for name, text in files.items():
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_text(text)


if __name__ == "__main__":
    main()
