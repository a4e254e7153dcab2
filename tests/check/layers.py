#!/usr/bin/env python3
"""Holds every #include of server/ and protocol/cpp to layers.txt, and layers.txt to having no circle."""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
OWN = re.compile(r'^\s*#\s*include\s+"((\w+)/[^"]+)"')
LIBRARY = re.compile(r"^\s*#\s*include\s+<([^>]+)>")


def table():
    """Of each folder what it may include; of each library the folders that may include it."""
    folders, libraries = {}, {}
    for line in (HERE / "layers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition(":")
            if name.startswith("<"):
                libraries[name[1:-1]] = set(others.split())
            else:
                folders[name] = set(others.split())
    return folders, libraries


def circles_of(folders):
    """A name that reaches itself; single headers are no way on: they are the low part of their folder."""
    found = []
    for first in folders:
        reached, waiting = set(), [first]
        while waiting:
            for other in folders[waiting.pop()] & folders.keys():
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        if first in reached:
            found.append(f"tests/check/layers.txt: {first} may know itself by way of others")
    return found


def folder_of(source):
    parts = source.relative_to(PROJECT).parts
    if parts[0] == "protocol":
        return "protocol"
    return parts[1] if len(parts) > 2 else None


def faults_of(source, folders, libraries):
    folder, where = folder_of(source), source.relative_to(PROJECT)
    if folder is None:
        return []  # main.cpp is the list of parts: it may know them all
    if folder not in folders:
        return [f"{where}: the folder {folder} is not in tests/check/layers.txt"]
    faults = []
    for number, line in enumerate(source.read_text().splitlines(), 1):
        if own := OWN.match(line):
            header, other = own.groups()
            if other != folder and other not in folders[folder] and header not in folders[folder]:
                faults.append(f"{where}:{number}: {folder} may not include {header}")
        if library := LIBRARY.match(line):
            for name, allowed in libraries.items():
                if re.match(rf"{re.escape(name)}(/|\.|$)", library[1]) and folder not in allowed:
                    faults.append(f"{where}:{number}: {folder} may not include <{library[1]}>")
    return faults


def main():
    folders, libraries = table()
    sources = sorted([*PROJECT.glob("server/**/*.[ch]pp"), *PROJECT.glob("protocol/cpp/**/*.hpp")])
    if not sources or not folders:
        sys.exit("layers: there is nothing to look at")
    faults = circles_of(folders)
    for source in sources:
        faults += faults_of(source, folders, libraries)
    print("\n".join(faults) if faults else f"layers: {len(sources)} files, none includes what it may not know")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
