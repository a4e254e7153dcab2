"""Which files are the project's: those that git knows, and those that it would take."""

import pathlib
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parents[2]


def names(*patterns):
    """Paths within the project, of files that are there. None at all is a fault of the check, not an answer."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = sorted({name for name in told.split("\0") if name and (PROJECT / name).is_file()})
    if not found:
        raise SystemExit(f"There is no file to look at among {' '.join(patterns)}.")
    return found
