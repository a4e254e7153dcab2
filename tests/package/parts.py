#!/usr/bin/env python3
"""Holds what a package says about itself to what is in it: parts.py PACKAGE FOLDER PROGRAM.

FOLDER has the package's files, PROGRAM is what was packed.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

package, folder, program = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
project = Path(__file__).resolve().parents[2]
documents = folder / "usr/share/doc/etakahvila"
faults = []


def field(name: str) -> str:
    return subprocess.run(["dpkg-deb", "-f", package, name], check=True, capture_output=True, text=True).stdout.strip()


def installed() -> list[str]:
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package}\n"], check=True, capture_output=True, text=True
    ).stdout.split()


listed = json.loads((documents / "etakahvila.cdx.json").read_text(encoding="utf-8"))
names = {part["name"] for part in listed["components"]}
needed = {re.split(r"[ (]", item.strip())[0] for item in field("Depends").split(",")}
provided = subprocess.run(
    ["dpkg-query", "-W", "-f", "${Provides},", *sorted(names & set(installed()))],
    check=True,
    capture_output=True,
    text=True,
).stdout
# What a part provides under another name is that part.
needed -= {re.split(r"[ (]", item.strip())[0] for item in provided.split(",")}
# Not libraries: what is installed with it for other reasons.
faults += [
    f"not among the parts: {name}" for name in needed - names - {"adduser", "procps", "tzdata", "ca-certificates"}
]
lock = json.loads((project / "web-client/package.json").read_text(encoding="utf-8"))
faults += [f"not among the parts: {name}" for name in set(lock["dependencies"]) - names]
if listed["metadata"]["component"]["version"] != field("Version"):
    faults.append("the list is of another version")
references = [part["bom-ref"] for part in listed["components"]]
if len(references) != len(set(references)):
    faults.append("two parts have one reference")

with tempfile.TemporaryDirectory() as again:
    made_at = str(int((documents / "copyright").stat().st_mtime))
    subprocess.run(
        [
            "python3",
            project / "deploy/package/files.py",
            "--program",
            program,
            "--version",
            field("Version"),
            "--root",
            again,
        ],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": made_at},
    )
    for file in sorted(Path(again).rglob("*")):
        kept = folder / file.relative_to(again)
        if file.is_file() and file.read_bytes() != kept.read_bytes():
            faults.append(f"made anew it differs: {file.relative_to(again)}")

for page in sorted(documents.rglob("*.md")):
    for target in re.findall(r"\[[^\]]*\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
            faults.append(f"{page.relative_to(documents)}: nothing is installed at {target}")
faults += [f"not installed: {name}" for name in ("README.md", "package/README.md") if not (documents / name).exists()]

for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
