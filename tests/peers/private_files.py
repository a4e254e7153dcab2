#!/usr/bin/env python3
"""The records are their own user's alone, whatever the umask: of a server that makes them, and of one that
finds them open to others; and check tells what was open. Its memory is root's.
    private_files.py ETAKAHVILA"""

import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile

program = sys.argv[1]
os.umask(0o022)


def modes(folder):
    found = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in folder.iterdir()}
    found["."] = stat.S_IMODE(folder.stat().st_mode)
    return found


def look(folder, least):
    found = modes(folder)
    open_ones = {name: oct(mode) for name, mode in found.items() if mode & 0o077}
    assert not open_ones, f"open to others: {open_ones}"
    assert least <= found.keys(), f"not there: {least - found.keys()}"


def serve(data, then):
    server = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1", "--port", "0", "--metrics-listen", "", *data],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout.readline().startswith("listening on ")
        then()
    finally:
        server.terminate()
        assert server.wait() == 0


def check(data):
    return subprocess.run([program, "check", *data], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer) / "data"
    data = ["--data", str(folder)]
    live = {"etakahvila.sqlite" + ending for ending in ("", "-wal", "-shm", ".marks", ".reserve", ".lock")}
    live.add("admin.sock")
    serve(data, lambda: look(folder, live))
    look(folder, {"etakahvila.sqlite"})
    line = next(line for line in check(data).stdout.splitlines() if "data_rights" in line)
    assert line.startswith("ok"), line

    # As an earlier program left them, with a copy that somebody made beside them.
    (folder / "etakahvila.sqlite.before").write_bytes(b"x")
    (folder / "notes.txt").write_text("not ours")
    elsewhere = pathlib.Path(outer) / "elsewhere"
    elsewhere.write_text("not ours")
    (folder / "etakahvila.sqlite.link").symlink_to(elsewhere)
    for path in [*folder.iterdir(), elsewhere]:
        if not path.is_symlink():
            path.chmod(0o644)
    folder.chmod(0o755)
    told = check(data)
    assert told.returncode == 1, told.stdout
    assert f"Other users of this machine could read {folder}/etakahvila.sqlite (644)" in told.stdout, told.stdout
    assert "Not any more" in told.stdout, told.stdout

    for path in folder.iterdir():
        if not path.is_symlink():
            path.chmod(0o644)
    folder.chmod(0o755)
    (folder / "notes.txt").unlink()
    (folder / "etakahvila.sqlite.link").unlink()
    serve(data, lambda: look(folder, live | {"etakahvila.sqlite.before"}))
    # What only bears a name beside ours, or is led to, is not ours to change.
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644

    # What systemd keeps of the output is a log: the first coordinator's link is not in it.
    fresh = pathlib.Path(outer) / "fresh"
    journal = open(pathlib.Path(outer) / "journal", "w+")
    of = os.fstat(journal.fileno())
    server = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1", "--port", "0", "--metrics-listen", "", "--data", str(fresh)],
        stdout=journal,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "JOURNAL_STREAM": f"{of.st_dev}:{of.st_ino}"},
    )
    try:
        written = pathlib.Path(outer) / "journal"
        while "first sign-in" not in written.read_text():
            assert server.poll() is None
            os.sched_yield()
    finally:
        server.terminate()
        assert server.wait() == 0
    assert "#password=" not in written.read_text(), written.read_text()
    assert "#password=" in (fresh / "first-sign-in.txt").read_text()
    assert stat.S_IMODE((fresh / "first-sign-in.txt").stat().st_mode) == 0o600

    # A folder that is everybody's stays as it is, and is told.
    shared = pathlib.Path(outer) / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    told = check(["--data", str(shared)])
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert "Take that away with chmod" in told.stdout, told.stdout
    assert not list(shared.iterdir())

    # Secrets are in its memory: what the kernel shows of it is root's, and not that of the user whom it runs as.
    as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    user = 65534 if as_user else os.getuid()
    place = pathlib.Path(outer) / "of-user"
    place.mkdir()
    shutil.copy(program, place / "etakahvila")
    (place / "index.html").write_text("<!doctype html><title>x</title>")
    os.chown(place, user, -1)
    os.chmod(outer, 0o711)

    def owner_of_memory(*command):
        """Of a process of that user, once it has said something."""
        process = subprocess.Popen(
            [*as_user, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            assert process.stdout.readline(), command
            return os.stat(f"/proc/{process.pid}/mem").st_uid
        finally:
            process.terminate()
            process.wait()

    serving = ["serve", "--listen", "127.0.0.1", "--port", "0", "--metrics-listen", ""]
    assert owner_of_memory(place / "etakahvila", *serving, "--web", place, "--data", place / "data") == 0
    assert owner_of_memory("sh", "-c", "echo here; read line") == user, "anybody else's is their own"
