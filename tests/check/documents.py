#!/usr/bin/env python3
"""The documents are true of the files. What is named or linked anywhere is there, sources in comments too. Each play
stands in RULES.md, each decision in its list, each close code in the pages of the protocol."""

import pathlib
import re
import sys

import files

PROJECT = files.PROJECT
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile(r"(?<![\w/.*-])((?:\.\./|[\w.-]+/)*[\w-]+\.md)\b")
# A text that is written as two in a row.
SPLIT_TEXT = re.compile(r'"\s*\n\s*"')
DECISION_LINES_MAX = 40
SOURCE = re.compile(r"(?<![\w/.*<>-])((?:\.\./|[\w.-]+/)*[\w-]+\.(?:cpp|hpp|tsx?|py|mjs|scene))\b(?![\w(-])")
COMMENT = re.compile(r"(?:^|\s)(?://+|/?\*+|#)\s(.*)$")
TEXTS = {".md", ".cpp", ".hpp", ".ts", ".tsx", ".py", ".sh", ".mjs", ".txt", ".json", ".css", ".html", ".scene"}


def read(name):
    return (PROJECT / name).read_text()


def dead_links():
    for name in files.names("*.md"):
        for target in LINK.findall(read(name)):
            if "://" not in target and not target.startswith("mailto:"):
                if not ((PROJECT / name).parent / target).exists():
                    yield f"{name}: there is no {target}"


def missing_documents():
    """A document may be named by its path from the top, from the folder it is named in, or by the end of its path."""
    documents = set(files.names("*.md"))
    for name in files.names():
        if pathlib.Path(name).suffix not in TEXTS or name.startswith("tests/data/"):
            continue
        for number, line in enumerate(read(name).splitlines(), 1):
            for named in NAMED.findall(line):
                beside = ((PROJECT / name).parent / named).resolve()
                if not beside.exists() and not any(f"/{document}".endswith(f"/{named}") for document in documents):
                    yield f"{name}:{number}: {named} is not in the repository"


def missing_sources():
    """A source that a comment or a document names, by the end of its path, as a document is named."""
    sources = [f"/{name}" for name in files.names()]
    for name in files.names("*.cpp", "*.hpp", "*.ts", "*.tsx", "*.py", "*.sh", "*.mjs", "*.md"):
        for number, line in enumerate(read(name).splitlines(), 1):
            told = line if name.endswith(".md") else "".join(COMMENT.findall(line))
            for named in SOURCE.findall(told):
                if not any(source.endswith("/" + named.replace("../", "")) for source in sources):
                    yield f"{name}:{number}: {named} is not in the repository"


def missing_plays():
    named = {pathlib.Path(target).name for target in LINK.findall(read("server/domain/RULES.md"))}
    for play in files.names("tests/scenarios/*.scene"):
        if pathlib.Path(play).name not in named:
            yield f"server/domain/RULES.md: the play {play} is missing"


def untrue_decisions():
    """Each page of a decision stands in the list, fits a screen, and names tests that are there, by their words."""
    folder = "server/decisions"
    listed = set(LINK.findall(read(f"{folder}/README.md")))
    for name in files.names(f"{folder}/[0-9]*.md"):
        page = read(name)
        if pathlib.Path(name).name not in listed:
            yield f"{folder}/README.md: {name} is missing"
        if page.count("\n") > DECISION_LINES_MAX:
            yield f"{name}: longer than {DECISION_LINES_MAX} lines"
        tested = page.partition("## Where it is tested\n")[2]
        if not LINK.search(tested):
            yield f"{name}: no test is named"
        for test in tested.split("\n- "):
            target = LINK.search(test)
            source = PROJECT / folder / target.group(1) if target else None
            if source and source.exists():
                there = SPLIT_TEXT.sub("", source.read_text())
                for words in re.findall(r'"([^"]+)"', re.sub(r"\s+", " ", test)):
                    if words not in there:
                        yield f'{name}: there is no test "{words}" in {target.group(1)}'


def missing_close_codes():
    pages = read("protocol/room.md") + read("protocol/voice.md")
    codes = re.findall(r"^    (\w+) = (4\d\d\d),", read("server/runtime/line.hpp"), re.MULTILINE)
    if not codes:
        yield "server/runtime/line.hpp: no close code was found"
    for name, number in codes:
        if f"| {number} | `{name}` |" not in pages:
            yield f"protocol/room.md: the close code {number} {name} is missing"


def main():
    checks = (
        dead_links,
        missing_documents,
        missing_sources,
        missing_plays,
        untrue_decisions,
        missing_close_codes,
    )
    faults = [fault for check in checks for fault in check()]
    print("\n".join(faults) if faults else "documents: they are true of the files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
