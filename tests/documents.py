#!/usr/bin/env python3
"""Whether the documents are true of the files: each relative link leads somewhere, and each play stands in RULES.md.
    documents.py PROJECT"""

import pathlib
import re
import sys

project = pathlib.Path(sys.argv[1]).resolve()
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
skipped = {"node_modules", "build", "dist", ".git"}

faults = []
for document in sorted(project.rglob("*.md")):
    if any(part in skipped or part.startswith("build") for part in document.relative_to(project).parts):
        continue
    for target in LINK.findall(document.read_text()):
        if "://" not in target and not (document.parent / target).exists():
            faults.append(f"{document.relative_to(project)}: there is no {target}")

rules = project / "server/domain/RULES.md"
named = {pathlib.Path(target).name for target in LINK.findall(rules.read_text())}
for play in sorted((project / "tests/scenarios").glob("*.scene")):
    if play.name not in named:
        faults.append(f"server/domain/RULES.md: the play {play.name} is missing")

print("\n".join(faults) if faults else "The documents are true of the files.")
sys.exit(1 if faults else 0)
