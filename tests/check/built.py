#!/usr/bin/env python3
"""Of the file names on stdin, those that are compiled by the build of compile_commands.json.
built.py COMPILE_COMMANDS [--all]     with --all: of all that it compiles, stdin is not read"""

import json
import pathlib
import sys

import files

commands = json.loads(pathlib.Path(sys.argv[1]).read_text())
if not commands:
    sys.exit("The build compiles nothing.")
built = {pathlib.Path(command["directory"], command["file"]).resolve() for command in commands}
if "--all" in sys.argv:
    print("\n".join(sorted(str(file) for file in built)))
    sys.exit()
for line in sys.stdin:
    if (files.PROJECT / line.strip()).resolve() in built:
        print(line.strip())
