#!/usr/bin/env python3
"""Writes what a package has beside the programs, as the program itself tells it, below ROOT.

The configuration with every option in it, the page of the manual, the list of changes, the licence, and the list of
parts (CycloneDX). The links of documents that are there lead to where they lie. The same commit gives the same bytes.
"""

import argparse
import email.utils
import gzip
import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import sbom

PROJECT = Path(__file__).resolve().parents[2]
MAINTAINER = "The Etäkahvila developers <etakahvila@example.invalid>"


LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)")
# A document that has another place in a package; the others lie there as below deploy.
PLACES = {"server/SECURITY.md": "SECURITY.md"}
SOURCES = {place: source for source, place in PLACES.items()}


class Option(NamedTuple):
    name: str
    kind: str
    help: str
    key: str
    variable: str
    default: str


def said(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def made_at() -> int:
    """When the sources were made, for everything that bears a date."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    return int((PROJECT / "CHANGELOG.md").stat().st_mtime)


def options_of(program: Path) -> list[Option]:
    """The program's table, off `config reference`."""
    found = []
    for block in said(program, "config", "reference").split("\n--")[1:]:
        head, text, where = (line.strip() for line in block.strip().split("\n"))
        name, kind = re.fullmatch(r"(\S+) \((.+)\)", head).groups()
        places = re.fullmatch(r"In the file: (\S+); in the environment: (\S+); default: (.*)", where).groups()
        found.append(Option(name, kind, text, *places))
    return found


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def subcommands_of(program: Path) -> list[tuple[str, str]]:
    _, _, listed = said(program, "--help").partition("Subcommands:")
    return re.findall(r"^ {2}(\S+) {2,}(.+)$", listed, re.MULTILINE)


def manual(program: Path, options: list[Option], version: str, at: int) -> str:
    day = email.utils.formatdate(at)[5:16]
    page = [
        f'.TH ETAKAHVILA 1 "{day}" "etakahvila {version}" "User Commands"',
        ".SH NAME",
        r"etakahvila \- rooms for four\-hour group sessions",
        ".SH SYNOPSIS",
        ".B etakahvila",
        r"\fISUBCOMMAND\fR [\fIOPTIONS\fR]",
        ".SH DESCRIPTION",
        "One server with its pages. What each subcommand takes, it says itself:",
        r".B etakahvila SUBCOMMAND \-\-help",
        ".SH SUBCOMMANDS",
    ]
    for name, text in subcommands_of(program):
        page += [".TP", f".B {roff(name)}", roff(text)]
    page += [".SH OPTIONS", "The command line is stronger than the environment, and the environment than the file."]
    for option in options:
        default = "" if option.default == "none" else f" Default: {option.default}."
        page += [
            ".TP",
            rf".BR \-\-{roff(option.name)} \ \fI{roff(option.kind)}\fR",
            roff(option.help + default),
            ".br",
            rf"In the file: {roff(option.key)}. In the environment: {roff(option.variable)}.",
        ]
    page += [
        ".SH FILES",
        ".TP",
        ".I /etc/etakahvila/etakahvila.toml",
        "The configuration.",
        ".TP",
        ".I /var/lib/etakahvila",
        "Everything that is kept. Its own user's only.",
        ".TP",
        ".I /var/backups/etakahvila",
        "The copies of the nights.",
        ".SH SEE ALSO",
        ".I /usr/share/doc/etakahvila/README.md",
    ]
    return "\n".join(page) + "\n"


def manual_of_pictures(version: str, at: int) -> str:
    day = email.utils.formatdate(at)[5:16]
    return f""".TH ETAKAHVILA\\-PICTURE 1 "{day}" "etakahvila {version}" "User Commands"
.SH NAME
etakahvila\\-picture \\- makes one photo anew
.SH SYNOPSIS
.B etakahvila\\-picture
[\\fB\\-\\-look\\fR]
.SH DESCRIPTION
Reads a photo and writes one of its own making, which has nothing of the first but what the eye sees.
It has shut itself in before it reads a byte.
The server starts it, or a unit of systemd.
.SH OPTIONS
.TP
.B \\-\\-look
Reads nothing, and ends with 0 where it can shut itself in.
.SH SEE ALSO
.BR etakahvila (1)
"""


def changes(version: str, at: int) -> str:
    """In the form that Debian's tools read; what changed stands in CHANGELOG.md."""
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = text.partition("\n## ")[2].partition("\n## ")[0]
    points = re.findall(r"^- (.+(?:\n {2}.+)*)", latest, re.MULTILINE)
    lines = [f"etakahvila ({version}) bookworm; urgency=medium", ""]
    for point in points:
        first, *others = wrapped(point, 74)
        lines += [f"  * {first}", *(f"    {line}" for line in others)]
    lines += ["", f" -- {MAINTAINER}  {email.utils.formatdate(at)}"]
    return "\n".join(lines) + "\n"


def licence() -> str:
    name, _, text = (PROJECT / "LICENSE").read_text(encoding="utf-8").partition("\n\n")
    holder, _, terms = text.partition("\n\n")
    paragraphs = [f" {line}" if line else " ." for line in terms.strip().split("\n")]
    return "\n".join(
        [
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
            "Upstream-Name: etakahvila",
            "",
            "Files: *",
            f"Copyright: {holder.removeprefix('Copyright (c) ')}",
            "License: Expat",
            *paragraphs,
            "",
        ]
    )


def mend_links(documents: Path) -> None:
    """Where a link leads to what is not installed, its words stay."""
    for file in documents.rglob("*.md"):
        place = file.relative_to(documents).as_posix()
        source = SOURCES.get(place, f"deploy/{place}")

        def there(link: re.Match[str], folder: str = os.path.dirname(source), file: Path = file) -> str:
            words, target, part = link.groups()
            if not target or "://" in target or target.startswith("mailto:"):
                return link[0]
            aim = os.path.normpath(f"{folder}/{target}")
            leads = documents / PLACES.get(aim, aim.removeprefix("deploy/"))
            return f"[{words}]({os.path.relpath(leads, file.parent)}{part or ''})" if leads.exists() else words

        text = file.read_text(encoding="utf-8")
        if (mended := LINK.sub(there, text)) != text:
            put(file, mended)


def put(file: Path, text: str, packed: bool = False) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    file.write_bytes(gzip.compress(data, 9, mtime=0) if packed else data)
    file.chmod(0o644)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--root", type=Path, required=True)
    given = parser.parse_args()
    at = made_at()
    options = options_of(given.program)
    documents = given.root / "usr/share/doc/etakahvila"
    mend_links(documents)
    put(given.root / "etc/etakahvila/etakahvila.toml", said(given.program, "config", "file"))
    put(given.root / "usr/share/man/man1/etakahvila.1.gz", manual(given.program, options, given.version, at), True)
    put(given.root / "usr/share/man/man1/etakahvila-picture.1.gz", manual_of_pictures(given.version, at), True)
    put(documents / "changelog.gz", changes(given.version, at), True)
    put(documents / "copyright", licence())
    programs = [given.program, given.program.with_name("etakahvila-picture")]
    put(documents / "etakahvila.cdx.json", sbom.document(PROJECT, programs, given.version, at))


if __name__ == "__main__":
    main()
