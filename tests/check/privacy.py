#!/usr/bin/env python3
"""The privacy notice tells of each kind of data how long it is kept, in every language: each rule of keeping has its
place there, which the server fills."""

import json
import re
import sys

import files

PAGES = "web-client/pages/privacy.*.html"
PLACE = re.compile(r"<!--place:keeping\.(\w+)-->")
# What is not in the notice, and why.
UNTOLD = {"holds": "a note of the staff: the notice says that a complaint keeps data"}


def rules():
    schema = json.loads((files.PROJECT / "protocol/schema/api/keeping.json").read_text())
    return set(schema["$defs"]["KeepingRule"]["enum"])


def untold():
    known = rules()
    yield from (f"tests/check/privacy.py: there is no rule {rule}" for rule in sorted(set(UNTOLD) - known))
    for page in files.names(PAGES):
        told = set(PLACE.findall((files.PROJECT / page).read_text()))
        yield from (f"{page}: says nothing of keeping.{rule}" for rule in sorted(known - set(UNTOLD) - told))
        yield from (f"{page}: there is no rule {rule}" for rule in sorted(told - known))


def main():
    faults = list(untold())
    print("\n".join(faults) if faults else "privacy: the notice has each rule of keeping")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
