#!/usr/bin/env python3
"""Whether the documents are true of the files: each relative link leads somewhere, each play stands in RULES.md, each
route and each close code in the pages of the protocol.
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

http = (project / "protocol/http.md").read_text()
for method, path in re.findall(r'Route\{\{(get|post), "([^"]+)"', (project / "server/transport/api.cpp").read_text()):
    plain = re.sub(r"\.(csv|xlsx)$", "", path)
    if f"{method.upper()} {path}" not in http and not (plain != path and f"{method.upper()} {plain}" in http):
        faults.append(f"protocol/http.md: the route {method.upper()} {path} is missing")

pages = (project / "protocol/README.md").read_text() + (project / "protocol/voice.md").read_text()
for name, number in re.findall(
    r"^    (\w+) = (4\d\d\d),", (project / "server/runtime/line.hpp").read_text(), re.MULTILINE
):
    if f"| {number} | `{name}` |" not in pages:
        faults.append(f"protocol/README.md: the close code {number} {name} is missing")

print("\n".join(faults) if faults else "The documents are true of the files.")
sys.exit(1 if faults else 0)
