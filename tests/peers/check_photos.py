#!/usr/bin/env python3
"""Where photos cannot be read in a sandbox, check says so and why; where they can, it says that.
check_photos.py ETAKAHVILA"""

import pathlib
import subprocess
import sys
import tempfile

program = sys.argv[1]
subject = "pictures"


def check(folder, *more):
    return subprocess.run([program, "check", "--data", str(folder / "data"), *more], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer)
    said = check(folder)
    assert f"ok       {subject} " in said.stdout, said.stdout

    open_one = folder / "open"
    open_one.write_text("#!/bin/sh\nexit 77\n")
    open_one.chmod(0o700)
    for other, why in ((folder / "nowhere", "is not there"), (open_one, "cannot shut itself in on this machine")):
        said = check(folder, "--picture-program", str(other))
        assert said.returncode == 1, said.stdout
        assert f"problem  {subject} " in said.stdout, said.stdout
        assert " Photos are off: " in said.stdout and why in said.stdout, said.stdout
