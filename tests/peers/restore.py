#!/usr/bin/env python3
"""What an operator does with backups and keeping, by the program itself: backup, keeping and restore, beside a running
server and without one.
    restore.py ETAKAHVILA"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

program = sys.argv[1]
environment = {name: value for name, value in os.environ.items() if not name.startswith(("SUDO_", "ETAKAHVILA_"))}

with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer)
    data = folder / "data"
    shelf = folder / "backups"
    web = folder / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>x</title>")
    given = ["--data", str(data), "--backup-folder", str(shelf)]
    log = folder / "log"

    def run(*words):
        return subprocess.run([program, *words, *given], capture_output=True, text=True, env=environment, cwd=folder)

    def good(*words):
        said = run(*words)
        assert said.returncode == 0, (words, said.stdout, said.stderr)
        return said.stdout

    def serve():
        server = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1", "--port", "0", "--web", str(web), *given],
            stdout=subprocess.PIPE,
            stderr=open(log, "a"),
            text=True,
            env=environment,
        )
        for line in server.stdout:
            if line.startswith("listening on"):
                break
        # Its commands are listened to last.
        while not (data / "admin.sock").exists():
            assert server.poll() is None, log.read_text()
            time.sleep(0.01)
        return server

    def plan(theme):
        good(
            "session", "add", "--series", "Syksy", "--theme", theme, "--date", "2099-12-03",
            "--start", "09:00", "--end", "13:00",
        )  # fmt: skip

    def back_up():
        place = pathlib.Path(good("backup").splitlines()[0])
        assert place.parent == shelf and (place / "SHA256SUMS").is_file(), place
        return place

    def aside():
        return sorted(path for path in data.iterdir() if path.name.startswith("before-restore-"))

    plan("Ennen")
    server = serve()
    try:
        place = back_up()
        plan("Jälkeen")
        counted = good("keeping", "--dry-run")
        assert counted.startswith("This would go now. Nothing has been erased.\n"), counted
        assert counted.count("\n") == 13, counted
        refused = run("restore", str(place), "--replace")
        assert refused.returncode == 1 and "server" in refused.stderr, refused.stderr
        assert "Jälkeen" in good("session", "list") and not aside()
    finally:
        server.terminate()
        assert server.wait() == 0

    # The same without a server.
    assert good("keeping", "--dry-run") == counted
    assert good("keeping").startswith("This would go now.")
    assert run("keeping", "--dry-run", "--now").returncode == 2
    assert "Whole: made by etakahvila" in good("backup", "--verify", str(place))
    refused = run("restore", str(place))
    assert refused.returncode == 1 and "With --replace it is moved aside" in refused.stderr, refused.stderr
    assert "Jälkeen" in good("session", "list") and not aside()

    said = good("restore", str(place), "--replace")
    assert "Nothing was restored" not in said and "Now start the server." in said, said
    assert "note: No list of what was erased was found" in said, said
    listed = good("session", "list")
    assert "Ennen" in listed and "Jälkeen" not in listed, listed
    [left] = aside()
    assert str(left) in said and (left / "etakahvila.sqlite").is_file(), said

    # What was restored is served, and is backed up again. A second later: a backup is named by its second.
    server = serve()
    try:
        assert "Ennen" in good("session", "list")
        while (again := run("backup")).returncode != 0:
            assert "of this very second" in again.stderr, again.stderr
    finally:
        server.terminate()
        assert server.wait() == 0

    # On a machine of its own there is nothing to move aside. By root the data is whose its folder is.
    if os.getuid() == 0:
        other = folder / "other"
        other.mkdir(mode=0o700)
        for path in [other, *shelf.rglob("*"), shelf]:
            os.chown(path, 65534, 65534)
        os.chmod(outer, 0o711)
        given = ["--data", str(other), "--backup-folder", str(shelf)]
        good("restore", str(place))
        assert "Ennen" in good("session", "list")
        files = [other, *other.iterdir()]
        assert len(files) > 1 and all(path.lstat().st_uid == 65534 for path in files), files
    else:
        print("not root: that what root restores is the owner's was not looked at")
