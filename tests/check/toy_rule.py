#!/usr/bin/env python3
"""Whether a rule is its folder, a line in rules.hpp and a row in the permission table: puts the rule of
tests/data/toy_rule into a copy of the project, counts the files that had to change, and plays its play there.
    toy_rule.py [PROJECT] [--count] [--keep FOLDER]

--count: counts and generates, and builds nothing. --keep: it is built there, and stays; the next run builds what
changed."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ["CMakeLists.txt", "deploy", "protocol", "server", "tests"]
SCHEMAS = ("protocol/", "server/domain/schema/")
CHANGED_MAX = 2
PLAY = "kettle"


def files_of(folder):
    """The contents of what is built, by path."""
    paths = [path for part in PARTS for path in (folder / part, *sorted((folder / part).rglob("*")))]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


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


def write(folder, files):
    """Makes the folder hold these files. One that is so already is not touched, so that the next build is short."""
    here = files_of(folder)
    for name in here.keys() - files.keys():
        (folder / name).unlink()
    for name, text in files.items():
        if here.get(name) != text:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text)


def generated(files):
    """The files as they are once protocol/generate.py has run among them."""
    with tempfile.TemporaryDirectory(prefix="toy_rule.") as scratch:
        write(Path(scratch), {name: text for name, text in files.items() if name.startswith(SCHEMAS)})
        subprocess.run([sys.executable, "protocol/generate.py"], cwd=scratch, check=True)
        return {**files, **files_of(Path(scratch))}


def play(copy):
    configure = ["cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Dev", "-DETAKAHVILA_UNITY=ON"]
    shutil.copymode(PROJECT / "deploy/compile.sh", copy / "deploy/compile.sh")
    if not (copy / "build/build.ninja").exists():
        subprocess.run([*configure, "-DCMAKE_CXX_FLAGS_DEV=-O0"], cwd=copy, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", "build", "-j2", "--quiet", "scenario_tests"], cwd=copy, check=True)
    subprocess.run(["build/bin/scenario_tests", PLAY], cwd=copy, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?", type=lambda path: Path(path).resolve(), default=PROJECT)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--keep", type=lambda path: Path(path).resolve())
    wanted = parser.parse_args()

    before = files_of(wanted.project)
    rule = with_rule(wanted.project, wanted.project / "tests/data/toy_rule")
    changed = [name for name in rule if name in before]
    lines = [len(text.decode().splitlines()) for name, text in rule.items() if name not in before]
    print(f"new: {len(lines)} files, {sum(lines)} lines; changed: {', '.join(changed)}")
    if len(changed) > CHANGED_MAX:
        sys.exit(f"A rule changes {len(changed)} files that were there; it should be at most {CHANGED_MAX}.")
    after = generated(before | rule)
    print("generated: " + ", ".join(name for name in after if after[name] != (before | rule).get(name)), flush=True)
    if wanted.count:
        return

    with tempfile.TemporaryDirectory(prefix="toy_rule.") as scratch:
        copy = wanted.keep or Path(scratch)
        write(copy, after)
        play(copy)


if __name__ == "__main__":
    main()
