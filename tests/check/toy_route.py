#!/usr/bin/env python3
"""A new route is typed once, in the schema, and until it has a handler nothing compiles. Adds one to a copy of the
project, counts the files that were edited by hand, and fails when it takes more than the schema and its subject."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import files

SCHEMA, CLASS, HANDLER = "protocol/schema/api/expected.json", "server/api/expected.hpp", "server/api/expected.cpp"
ROUTE = {
    "request": "GET /api/sessions/ID/expected/count",
    "who": ["facilitator", "moderator"],
    "description": "How many have not come.",
    "answer": {"$ref": "#/$defs/ExpectedCount"},
}
ANSWER = {"x-kind": "struct", "properties": {"people": {"type": "integer"}}, "required": ["people"]}
DECLARED = "    void handle(Call<routes::CountExpected>& call);\n"
DEFINED = """void Expected::handle(Call<routes::CountExpected>& call) {
    const auto people = people::people_of(call.reader, call.session, parts_.clock.utc());
    call.reply.give({.people = static_cast<std::int64_t>(people.size())});
}

"""


def compiles(copy, source):
    """Nothing, or what the compiler says."""
    command = [os.environ.get("CXX", "g++"), "-std=c++20", "-fsyntax-only", "-Iserver", "-Iprotocol/cpp", source]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stderr


def put_before(path, mark, text):
    before, found, after = path.read_text().rpartition(mark)
    if not found:
        sys.exit(f"{path}: there is no {mark!r}")
    path.write_text(before + text + mark + after)


def main():
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("protocol", "server"):
            shutil.copytree(files.PROJECT / part, copy / part)
        schema = json.loads((copy / SCHEMA).read_text())
        schema["routes"]["count_expected"] = ROUTE
        schema["$defs"]["ExpectedCount"] = ANSWER
        (copy / SCHEMA).write_text(json.dumps(schema))
        subprocess.run([sys.executable, "protocol/generate.py"], cwd=copy, check=True, stdout=subprocess.DEVNULL)
        if "CountExpected" not in compiles(copy, "server/api/api.cpp"):
            return "A route without a handler compiles, or what is said of it does not name it."
        put_before(copy / CLASS, "\nprivate:\n", DECLARED)
        put_before(copy / HANDLER, "}  // namespace etakahvila::api", DEFINED)
        for source in ("server/api/api.cpp", HANDLER):
            said = compiles(copy, source)
            if said:
                return f"{source} does not compile with one route more:\n{said[:4000]}"
    print(f"a new route: typed in {SCHEMA}, handled in {CLASS} and {HANDLER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
