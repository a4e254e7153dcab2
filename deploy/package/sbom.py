#!/usr/bin/env python3
"""The list of parts of a package, as CycloneDX 1.5: what the programs link, and what the pages are built of.

The programs use the machine's own libraries, so those of the build are told by name and version of Debian's packages:
which a machine has later, `dpkg -l` says there. The same commit on the same machine gives the same bytes.
"""

import datetime
import json
import re
import subprocess
import uuid
from pathlib import Path


# Of these only headers are used: they are inside the programs.
HEADERS = ("libboost1.81-dev", "libcli11-dev")


def said(*command: str | Path, folder: Path | None = None) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout


def libraries_of(programs: list[Path]) -> set[str]:
    linked = set()
    for program in programs:
        linked.update(re.findall(r"(/\S+) \(0x", said("ldd", program)))
    return linked


def packages_with(libraries: set[str]) -> set[str]:
    """Folders are merged: a package may call its file /lib or /usr/lib."""
    called = {
        name: library for library in libraries for name in (library, "/usr" + library, str(Path(library).resolve()))
    }
    found = subprocess.run(["dpkg-query", "--search", *sorted(called)], capture_output=True, text=True).stdout
    packages = {called[path]: owner.split(":")[0] for owner, path in (line.split(": ") for line in found.splitlines())}
    if missing := libraries - packages.keys():
        raise SystemExit(f"No package of Debian has what a program links: {', '.join(sorted(missing))}.")
    return set(packages.values())


def packages_of(programs: list[Path]) -> list[dict]:
    names = sorted(packages_with(libraries_of(programs)).union(HEADERS))
    # Of a library for several machines, the one that is built for.
    machine = said("dpkg", "--print-architecture").strip()
    lines = said("dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}\n", *names).split("\n")
    parts = []
    for name, version, of in (line.split() for line in lines if line):
        if of not in (machine, "all"):
            continue
        purl = f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={of}&distro=bookworm"
        parts.append({"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl})
    return parts


def web_parts(project: Path) -> list[dict]:
    """What npm's lock file says that the pages are built of; without where it was fetched from."""
    listed = json.loads(
        said(
            "npm",
            "sbom",
            "--sbom-format=cyclonedx",
            "--package-lock-only",
            "--omit=dev",
            folder=project / "web-client",
        )
    )
    kept = ("type", "bom-ref", "name", "version", "purl", "scope", "licenses", "hashes")
    return [{key: part[key] for key in kept if key in part} for part in listed.get("components", [])]


def document(project: Path, programs: list[Path], version: str, at: int) -> str:
    parts = packages_of(programs) + web_parts(project)
    root = f"pkg:generic/etakahvila@{version.replace('+', '%2B')}"
    made = datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": made,
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "etakahvila",
                "version": version,
                "purl": root,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": parts,
        "dependencies": [{"ref": root, "dependsOn": sorted(part["bom-ref"] for part in parts)}],
    }
    # Named by what is in it.
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))}"
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
