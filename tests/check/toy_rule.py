#!/usr/bin/env python3
"""Whether a rule is its folder, a line in rules.hpp and a row in the permission table: puts the rule of
tests/data/toy_rule into a copy of the project, counts the files that had to change, and plays its play there.
    toy_rule.py [PROJECT] [--count] [--keep FOLDER]

--count: only counts, and builds nothing. --keep: the copy is made there, and stays; the next run builds what changed."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CHANGED_MAX = 2
PLAY = "kettle"


def files_of(project):
    """Those of the project as they are now, committed or not."""
    command = ["git", "-C", project, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (project / name).is_file()]


def put(text, path):
    """Writes what differs only, so that the next build is short."""
    if path.exists() and path.read_bytes() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)


def with_rule(project, toy):
    """Each file of the rule, and each file that names it."""
    files = {
        path.relative_to(toy).as_posix(): path.read_bytes()
        for path in sorted(toy.rglob("*"))
        if path.is_file() and path.name != "lines.json"
    }
    for name, above, line in json.loads((toy / "lines.json").read_text()):
        text = files.get(name, (project / name).read_bytes())
        line, above = f"{line}\n".encode(), f"{above}\n".encode()
        if text.count(above) != 1:
            sys.exit(f"{name}: {above.decode()!r} stands there {text.count(above)} times; see tests/data/toy_rule")
        files[name] = text.replace(above, above + line)
    return files


def generated(copy):
    """The files that protocol/generate.py writes."""
    subprocess.run([sys.executable, "protocol/generate.py"], cwd=copy, check=True)
    return {f"protocol/{name}" for name in ("ts/protocol.ts",)} | {
        path.relative_to(copy).as_posix() for path in (copy / "protocol/cpp/protocol").glob("*.hpp")
    }


def play(copy):
    configure = ["cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Dev", "-DCMAKE_CXX_FLAGS_DEV=-O0"]
    if not (copy / "build/build.ninja").exists():
        subprocess.run([*configure, "-DETAKAHVILA_UNITY=ON"], cwd=copy, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", "build", "--quiet", "scenario_tests"], cwd=copy, check=True)
    subprocess.run(["build/bin/scenario_tests", PLAY], cwd=copy, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?", type=lambda path: Path(path).resolve(), default=PROJECT)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--keep", type=lambda path: Path(path).resolve())
    wanted = parser.parse_args()
    project = wanted.project
    toy = project / "tests/data/toy_rule"

    before = files_of(project)
    rule = with_rule(project, toy)
    changed = [name for name in rule if name in before]
    lines = [len(text.decode().splitlines()) for name, text in rule.items() if name not in before]
    print(f"new: {len(lines)} files, {sum(lines)} lines; changed: {', '.join(changed)}")
    if len(changed) > CHANGED_MAX:
        sys.exit(f"A rule changes {len(changed)} files that were there; it should be at most {CHANGED_MAX}.")
    if wanted.count:
        return

    copy = wanted.keep or Path(tempfile.mkdtemp(prefix="toy_rule."))
    try:
        for name in before:
            if name not in rule:
                put((project / name).read_bytes(), copy / name)
                shutil.copymode(project / name, copy / name)
        for name, text in rule.items():
            put(text, copy / name)
        written = generated(copy)
        # What the build needed more than the rule's own files would be seen here.
        touched = [
            name
            for name in before
            if (copy / name).read_bytes() != (project / name).read_bytes()
        ]
        by_hand = [name for name in touched if name not in written]
        print(f"generated: {', '.join(name for name in touched if name in written)}")
        if sorted(by_hand) != sorted(changed):
            sys.exit(f"Changed in the copy: {', '.join(by_hand)}")
        play(copy)
    finally:
        if not wanted.keep:
            shutil.rmtree(copy)


if __name__ == "__main__":
    main()
