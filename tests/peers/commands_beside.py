#!/usr/bin/env python3
"""Every subcommand works while a server runs, and as well while none does; secrets go to whoever asked and to no log;
what was done is noted; one that has gone, and one that sends garbage, harm nobody.
    commands_beside.py ETAKAHVILA"""

import asyncio
import datetime
import json
import os
import pathlib
import pwd
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
import zoneinfo

import websockets

program = sys.argv[1]
who = pwd.getpwuid(os.getuid()).pw_name
# As if nobody had typed sudo.
environment = {name: value for name, value in os.environ.items() if not name.startswith(("SUDO_", "ETAKAHVILA_"))}

with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer)
    data = folder / "data"
    web = folder / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>x</title>")
    given = ["--data", str(data)]
    log = folder / "log"

    def run(*words, env=environment):
        return subprocess.run([program, *words, *given], capture_output=True, text=True, env=env, cwd=folder)

    def good(*words, env=environment):
        said = run(*words, env=env)
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
                server.origin = line.split()[-1]
                break
        # Its commands are listened to last.
        while not (data / "admin.sock").exists():
            assert server.poll() is None, log.read_text()
            time.sleep(0.01)
        return server

    def play(number):
        """The same words, whether a server runs or not."""
        session = good(
            "session", "add", "--series", "Syksy", "--theme", f"Uni {number}", "--date", "2099-12-03",
            "--start", "09:00", "--end", "13:00",
        ).strip()  # fmt: skip
        assert f"\tUni {number}\t" in good("session", "list")
        assert int(good("session", "staff", session, "--role", "moderator", "--name", f"Aino {number}")) > 0
        invited = good("invite", session).split("\t")
        assert invited[:2] == ["moderator", f"Aino {number}"] and "/staff#" in invited[2], invited
        key = good("invite", "--coordinator", "--name", "Kaisa")
        link = good("staff", "add", f"Väinö Ääkkönen {number}", "--role", "moderator")
        assert "#password=" in link, link
        again = good("staff", "reset", f"Väinö Ääkkönen {number}")
        assert "#password=" in again and again != link
        assert f"Väinö Ääkkönen {number}\tno password\tmoderator\n" in good("staff", "list")
        good("staff", "lock", f"Väinö Ääkkönen {number}")
        assert f"Väinö Ääkkönen {number}\tlocked\t" in good("staff", "list")
        refused = run("staff", "reset", "nobody of this name")
        assert refused.returncode == 1 and refused.stdout == "", refused
        assert refused.stderr == (
            "etakahvila: There is no account with this name. All of them: etakahvila staff list.\n"
        ), refused.stderr
        assert run("session", "staff", session).returncode == 2
        return [secret.strip().split("#")[1].removeprefix("password=") for secret in (invited[2], key, link, again)]

    def ask(origin, path, body, me=None):
        """What it answers, and the cookie that it sets."""
        fields = {"Origin": origin, "Content-Type": "application/json"}
        if me is not None:
            fields |= {"Cookie": me["cookie"], "X-CSRF-Token": me["csrf_token"]}
        request = urllib.request.Request(origin + path, json.dumps(body).encode(), fields)
        with urllib.request.urlopen(request, timeout=10) as answer:
            said = json.load(answer)
            return said | {"cookie": (answer.headers.get("Set-Cookie") or "").split(";")[0]}

    async def is_put_out_by(origin, ticket, *words):
        """Comes into the room; by which code the line is closed."""
        line = await websockets.connect(origin.replace("http", "ws") + "/room", origin=origin, ping_interval=None)
        await line.send(json.dumps({"type": "hello", "version": 1, "ticket": ticket, "device": "Debian, Python"}))
        while json.loads(await line.recv())["type"] != "welcome":
            pass
        await asyncio.get_running_loop().run_in_executor(None, good, *words)
        try:
            while True:
                await asyncio.wait_for(line.recv(), 10)
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code

    def lock_somebody_in_a_room(origin):
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Helsinki")).date().isoformat()
        session = good(
            "session", "add", "--series", "Syksy", "--theme", "Tänään", "--date", today,
            "--start", "16:00", "--end", "23:59",
        ).strip()  # fmt: skip
        for words in (["lock", "Olli Ohjaaja"], ["reset", "--second-step", "Olli Ohjaaja"]):
            new = ["add", "Olli Ohjaaja", "--role", "facilitator"]
            made = good("staff", *(new if words[0] == "lock" else ["reset", "Olli Ohjaaja"]))
            link = made.strip().split("#password=")[1]
            me = ask(origin, "/api/password", {"secret": link, "password": "kahvi ja korvapuusti"})
            ticket = ask(origin, f"/api/sessions/{session}/enter", {}, me)["ticket"]
            assert asyncio.run(is_put_out_by(origin, ticket, "staff", *words)) == 4501, words
            good("staff", "lock", "--undo", "Olli Ohjaaja")

    secrets = play(1)

    server = serve()
    sock = data / "admin.sock"
    mode = sock.lstat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600, oct(mode)
    secrets += play(2)
    # Behind sudo both are named.
    if os.getuid() == 0:
        good("session", "list", env={**environment, "SUDO_USER": "aino"})
    done = [line.split("\t")[1:] for line in good("operators").splitlines()]
    assert [who, "staff reset", "0"] in done and [who, "staff reset", "1"] in done, done
    assert sum(line[1] == "session add" for line in done) == 2, done
    if os.getuid() == 0:
        assert ["root (aino)", "session list", "0"] in done, done
    assert done[0] == [who, "operators", "not ended"], done[0]
    assert good("operators", "--at-most", "1").count("\n") == 1
    lock_somebody_in_a_room(server.origin)

    # What reads no further has gone; the server does the next one.
    listing = subprocess.Popen(
        [program, "session", "list", *given], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    listing.stdout.close()
    listing.wait()
    with socket.socket(socket.AF_UNIX) as garbage:
        os.chdir(data)
        garbage.connect("admin.sock")
        os.chdir(folder)
        garbage.sendall(b"GET / HTTP/1.1\r\n\r\n")
        answer = b""
        while piece := garbage.recv(4096):
            answer += piece
        assert b"That is no request" in answer, answer
    long = run("staff", "add", "x" * 70_000)
    assert long.returncode == 1 and "too long" in long.stderr, long.stderr
    assert "Uni 1" in good("session", "list")

    # A server that is killed leaves its socket: commands work by themselves, and the next server takes its place.
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert sock.exists()
    assert "Uni 2" in good("session", "list")
    server = serve()
    assert "Uni 2" in good("session", "list")
    server.terminate()
    assert server.wait() == 0
    assert not sock.exists()

    lines = log.read_text()
    assert 'act="staff reset"' in lines and "exit_code=1" in lines, lines
    for secret in secrets:
        assert secret and secret not in lines, "a secret is in the log"
    assert not any(name in lines for name in ("Väinö", "Aino", "Olli")), "a name is in the log"

    # What root does by hand on data of another's is that other's.
    if os.getuid() == 0:
        for path in [data, *data.iterdir()]:
            os.chown(path, 65534, 65534)
        os.chmod(outer, 0o711)
        good("session", "list")
        assert all(path.lstat().st_uid == 65534 for path in data.iterdir()), list(data.iterdir())
        refused = run("serve", "--listen", "127.0.0.1", "--port", "0")
        assert refused.returncode == 1 and "files of root's would be in its way" in refused.stderr, refused.stderr
    else:
        print("not root: that root's files become the owner's was not looked at")
