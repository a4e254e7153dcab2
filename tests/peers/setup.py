#!/usr/bin/env python3
"""A site is set up by the program itself: from a file of answers, and on a terminal, where one answer is wrong.
setup.py ETAKAHVILA"""

import os
import pathlib
import pty
import socket
import stat
import subprocess
import sys
import tempfile

program = str(pathlib.Path(sys.argv[1]).resolve())

PROXY_ANSWERS = """
site = "Kahvila.Example.fi"
tls = "proxy"
port = {port}
mail = "none"
help_phone = "09 310 1000"
backup_folder = "{folder}/backups"
coordinator = "Pihla Mallikas"
"""
# What is asked, by words of the question in English, and what is typed: one after the other where it is asked again.
TYPED = {
    "At which address do people": ["kahvila.example.fi/kahvila", "kahvila.example.fi"],
    "or is a proxy before it": ["proxy"],
    "proxy's IP address": [""],
    "addresses does the server listen": [""],
    "On which port": ["{taken}", "{port}"],
    "sends the mail": ["smtp://127.0.0.1:1", "-"],
    "which address does the mail come": ["kahvila@example.fi"],
    "sign in to the mail server": ["-"],
    "number do people call": ["-"],
    "does the coordinator call": ["09 310 2000"],
    "folder are backups": ["{folder}/backups"],
    "settings written": ["kyllä"],
    "first coordinator": ["Halla Mallikas"],
}


class Site:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "etakahvila.toml"
        self.link = self.folder / "first-sign-in.txt"
        (self.folder / "backups").mkdir()
        # What is not asked stays.
        self.config.write_text(f'data = "{folder}/data"\nworkers = 1\n')
        self.before = self.config.read_text()

    def setup(self, answers):
        file = self.folder / "answers.toml"
        file.write_text(answers)
        words = ["setup", "--config", str(self.config), "--answers", str(file)]
        return subprocess.run([program, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def run(self, *words):
        return subprocess.run(
            [program, *words, "--config", str(self.config)], capture_output=True, text=True, check=True
        ).stdout


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def from_a_file(site):
    told = site.setup(PROXY_ANSWERS.format(port="99999", folder=site.folder))
    assert told.returncode == 1 and "The answer port of " in told.stderr, told
    told = site.setup(PROXY_ANSWERS.format(port=free_port(), folder=site.folder) + 'colour = "red"\n')
    assert told.returncode == 1 and "what is not asked: colour." in told.stderr, told
    assert site.config.read_text() == site.before, "nothing has been written"

    told = site.setup(PROXY_ANSWERS.format(port=free_port(), folder=site.folder))
    assert told.returncode == 0, told
    text = site.config.read_text()
    for line in (
        'site = "https://kahvila.example.fi"',
        'trusted_proxies = ["127.0.0.1"]',
        f'data = "{site.folder}/data"',
        "workers = 1",
        '#web = ""',
    ):
        assert line in text.splitlines(), (line, text)
    assert mode(site.config) == 0o640 and mode(site.link) == 0o600
    assert pathlib.Path(str(site.config) + ".bak").read_text() == site.before
    link = site.link.read_text().strip()
    assert link.startswith("https://kahvila.example.fi/staff#"), "a link of the site"
    assert link.split("#")[1] not in told.stdout + told.stderr, "the link is in the file alone"
    assert "Pihla Mallikas\tno password\tcoordinator" in site.run("staff", "list")


def on_a_terminal(site):
    site.link.unlink(missing_ok=True)
    taken = socket.create_server(("127.0.0.1", 0))
    numbers = {"taken": taken.getsockname()[1], "port": free_port(), "folder": site.folder}
    typed = {question: [line.format(**numbers) for line in lines] for question, lines in TYPED.items()}
    ours, theirs = pty.openpty()
    asking = subprocess.Popen(
        [program, "setup", "--config", str(site.config)], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    said, unread = "", b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # The other end has gone.
            break
        if not piece:
            break
        unread += piece
        if not unread.endswith(b"> "):
            continue
        asked = unread.decode(errors="replace")
        said, unread = said + asked, b""
        question = next((words for words in typed if words in asked), None)
        assert question and typed[question], f"not expected: {asked}"
        os.write(ours, typed[question].pop(0).encode() + b"\n")
    said += unread.decode(errors="replace")
    os.close(ours)
    assert asking.wait() == 0, said
    assert not [question for question, left in typed.items() if left], typed
    for words in ("is taken by", "The mail server smtp://127.0.0.1:1 cannot be used"):
        assert words in said, (words, said)
    assert "https://kahvila.example.fi/staff#" in said and not site.link.exists()
    for line in (f"port = {numbers['port']}", 'operator_phone = "09 310 2000"'):
        assert line in site.config.read_text().splitlines()


def of_root_alone(site):
    """What root can read and the owner of the data cannot is not taken."""
    if os.getuid() != 0:
        print("not root: a key that the server's user cannot read is only tested in setup/interview_test.cpp")
        return
    os.chown(site.folder / "data", 65534, 65534)
    site.folder.chmod(0o755)
    key = site.folder / "privkey.pem"
    key.write_text("key")
    key.chmod(0o600)
    answers = f'tls = "certificate"\ncertificate = "{site.config}"\nkey = "{key}"\n'
    site.config.chmod(0o644)
    told = site.setup(answers)
    assert told.returncode == 1, told
    copy = f"-m 0640 {key} /etc/etakahvila/tls/"
    for words in ("The answer key of ", f"The server's user nobody cannot read {key}", copy):
        assert words in told.stderr, (words, told)
    told = site.setup(PROXY_ANSWERS.format(port=free_port(), folder=site.folder))
    assert told.returncode == 1 and "The server's user nobody cannot write into" in told.stderr, told


def beside_a_server(site):
    """As a package installs it: a server runs already, with no site, and has made a first account by itself."""
    web = site.folder / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>x</title>")
    server = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1", "--port", "0", "--metrics-listen", "", "--web", str(web)]
        + ["--config", str(site.config)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        told = next(line for line in server.stdout if line.startswith("first sign-in"))
        assert "/staff#password=" in told and "kahvila.example.fi" not in told, told
        first_link = site.folder / "data" / "first-sign-in.txt"
        first_link.write_text("where systemd keeps what is printed")
        told = site.setup(PROXY_ANSWERS.format(port=free_port(), folder=site.folder))
        assert told.returncode == 0, told
        assert "has this name now" in told.stderr, told
        assert site.link.read_text().startswith("https://kahvila.example.fi/staff#password="), "of the site answered"
        assert site.run("staff", "list") == "Pihla Mallikas\tno password\tcoordinator\n"
        assert not first_link.exists()
    finally:
        server.terminate()
        assert server.wait() == 0


with tempfile.TemporaryDirectory() as folder:
    beside_a_server(Site(folder))
with tempfile.TemporaryDirectory() as folder:
    site = Site(folder)
    from_a_file(site)
    on_a_terminal(site)
    of_root_alone(site)
    alone = subprocess.run([program, "setup"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert alone.returncode == 1 and "--answers FILE" in alone.stderr, alone
