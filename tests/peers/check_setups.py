#!/usr/bin/env python3
"""check finds each broken set-up, alone among its looks, and says what to do; of what is whole it finds nothing, while
a server runs and before one does.
    check_setups.py ETAKAHVILA"""

import contextlib
import fcntl
import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import traceback

program = sys.argv[1]
# No apt on the path: what it knows is looked at by itself.
environment = {"PATH": "/nowhere"}
page = pathlib.Path(__file__).parents[2] / "deploy/runbook/check.md"
seen = set()
not_so = []


@contextlib.contextmanager
def set_up(name):
    """One of them. What is not so in it is told, and the next one is looked at all the same."""
    try:
        yield
        print(f"ok {name}")
    except Exception:
        not_so.append(name)
        print(f"not so: {name}\n{traceback.format_exc()}")


def check(*words, env=environment):
    said = subprocess.run(
        [program, "check", "--json", *map(str, words)], capture_output=True, text=True, env=env, timeout=120
    )
    assert said.returncode in (0, 1, 2), (words, said)
    answer = json.loads(said.stdout)
    assert answer["exit_code"] == said.returncode, answer
    problems = [look for look in answer["looks"] if look["grade"] == "problem"]
    assert answer["problems"] == len(problems), answer
    seen.update(look["name"] for look in answer["looks"])
    return said.returncode, problems, {look["name"]: look for look in answer["looks"]}


def finds(name, look, sentences, *words, exit_code=1):
    with set_up(name):
        code, problems, _ = check(*words)
        assert [problem["name"] for problem in problems] == [look], (words, problems)
        for sentence in sentences:
            assert sentence in problems[0]["sentence"], (sentence, problems[0]["sentence"])
        assert code == exit_code, code


def finds_nothing(*words, env=environment):
    code, problems, looks = check(*words, env=env)
    assert code == 0 and problems == [], problems
    return looks


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def certificate(folder, name, days):
    """For a name, signed by itself: certificate and key."""
    paths = folder / f"{name}-{days}.pem", folder / f"{name}-{days}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        + ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", str(days)]
        + ["-out", paths[0], "-keyout", paths[1]],
        check=True,
        capture_output=True,
    )
    return paths


def tls(paths):
    return "--tls-certificate", paths[0], "--tls-key", paths[1]


with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer)
    web = folder / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>x</title>")
    data = folder / "data"
    port = free_port()
    # Not where any other server on the machine has its figures.
    figures = f"127.0.0.1:{free_port()}"
    base = ("--web", web, "--metrics-listen", figures, "--port", port)
    with_data = ("--data", data, *base)

    def run(*words):
        return subprocess.run([program, *map(str, words)], capture_output=True, text=True, env=environment)

    def make(name):
        """Data of its own, made by the program."""
        made = folder / name
        assert run("session", "list", "--data", made).returncode == 0
        return made, made / "etakahvila.sqlite"

    def serve(*words):
        server = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        for line in server.stdout:
            if line.startswith("first sign-in"):
                return server
        raise AssertionError("the server did not start")

    # Before anything is there, and when it is.
    with set_up("nothing is there yet"):
        assert "not there yet" in finds_nothing(*with_data)["data_folder"]["sentence"]
        assert not data.exists()
    make("data")
    with set_up("data that is whole, and no server"):
        looks = finds_nothing(*with_data, "--deep")
        assert {"database_version", "database", "marks", "saving", "audit", "digests"} <= looks.keys(), looks.keys()

    # Options.
    settings = folder / "etakahvila.toml"

    def file_says(text):
        settings.write_text(text)
        return "--config", settings

    finds("an unknown key", "settings", ["colour", "config reference"], *file_says('colour = "red"\n'), exit_code=2)
    finds(
        "a value that is none",
        "settings",
        ["port", "whole number from 0 to 65535"],
        *file_says("port = 99999\n"),
        exit_code=2,
    )
    finds("a broken file", "settings", ["cannot be read at line 2"], *file_says("port = 1\n[[[\n"), exit_code=2)
    finds("no file", "settings", ["is not there", "--config"], "--config", folder / "nowhere.toml", exit_code=2)
    finds(
        "an address that is none",
        "settings",
        ["no address: banana", "127.0.0.1"],
        *with_data,
        "--listen",
        "banana",
        exit_code=2,
    )
    finds(
        "a proxy that is no IP address",
        "settings",
        ["not an IP address: nginx"],
        *with_data,
        "--trusted-proxies",
        "nginx",
        exit_code=2,
    )
    with set_up("an option that there is not"):
        assert run("check", "--no-such-option").returncode == 2

    # Where people find it.
    finds("listening for others without a site", "site", ["--site does not say"], *with_data, "--listen", "0.0.0.0")
    finds("a site without TLS", "site", ["--site is not https"], *with_data, "--site", "http://cafe.example.fi")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        finds(
            "a port that another program has",
            "listen",
            [f"Port {port} on 127.0.0.1 is taken by", f"(pid {os.getpid()})", "--port"],
            *with_data,
        )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        way = ("--site", f"https://localhost:{port}", "--redirect-listen", place)
        finds("a port for the way to TLS that is taken", "redirect_listen", ["--redirect-listen"], *with_data, *way)
        # The house opens without its figures.
        with set_up("a port for figures that is taken"):
            looks = finds_nothing("--data", data, "--web", web, "--port", port, "--metrics-listen", place)
            assert looks["metrics_listen"]["grade"] == "warning", looks["metrics_listen"]
            assert "--metrics-listen" in looks["metrics_listen"]["sentence"], looks["metrics_listen"]
    finds(
        "an address that the machine has not",
        "listen",
        ["has no address 192.0.2.1"],
        *with_data,
        "--listen",
        "192.0.2.1",
        "--site",
        "https://a.example",
    )

    # The certificate.
    good = certificate(folder, "cafe.example.fi", 90)
    one_day = certificate(folder, "cafe.example.fi", 1)
    other = certificate(folder, "other.example.fi", 90)
    at_site = (*with_data, "--site", "https://cafe.example.fi")
    with set_up("a good certificate"):
        assert finds_nothing(*at_site, *tls(good))["certificate_name"]["grade"] == "ok"
    finds(
        "a key of another certificate",
        "certificate",
        ["is not that of the certificate", "its own key"],
        *at_site,
        *tls((good[0], other[1])),
    )
    finds("a certificate of one day", "certificate", ["more day", "Renew"], *at_site, *tls(one_day))
    finds(
        "a certificate that is not there",
        "certificate",
        ["cannot be read", "nowhere"],
        *at_site,
        *tls((folder / "nowhere", good[1])),
    )
    finds(
        "a certificate of another name",
        "certificate_name",
        ["not for cafe.example.fi", "it is for other.example.fi", "--site"],
        *at_site,
        *tls(other),
    )

    # The city's own sign-in.
    city = ("--oidc-issuer", "https://id.example.fi", "--oidc-client-id", "kahvila", "--oidc-name", "Kaupunki")
    secret = ("--oidc-client-secret-file", folder / "nowhere")
    finds("a city's secret that is not there", "oidc_secret", ["nowhere"], *at_site, *tls(good), *city, *secret)

    # Files beside the data.
    empty = folder / "empty"
    empty.mkdir()
    finds("no web client", "web_client", ["--web"], "--data", data, *base[2:], "--web", empty)
    words = folder / "words"
    words.write_text("hyvä\nkaksi sanaa\n")
    finds("a word list with two words in a line", "word_list", ["line 2"], *with_data, "--word-list", words)

    # Who is in charge: told where people come from elsewhere.
    with set_up("nobody says who is in charge"):
        public = finds_nothing(*with_data, "--site", "https://cafe.example.fi")["public_words"]
        assert public["grade"] == "warning" and "controller.fi.md" in public["sentence"], public
        pages = folder / "pages"
        pages.mkdir()
        (pages / "controller.fi.md").write_text("Esimerkkilän kaupunki\n")
        named = finds_nothing(*with_data, "--site", "https://cafe.example.fi", "--pages", pages)["public_words"]
        assert named["grade"] == "ok", named
    no_pages = ("--pages", folder / "no-pages")
    finds("no folder of the site's words", "public_words", ["There is no folder", "--pages"], *with_data, *no_pages)

    # The mail server.
    mail = (*with_data, "--mail-from", "kahvila@example.fi", "--mail-server", f"smtp://127.0.0.1:{free_port()}")
    finds("a mail server that is not there", "mail_server", ["cannot be used", "firewall"], *mail)
    missing = ("--mail-password-file", folder / "nowhere")
    finds(
        "a file with the mail's password that is not there",
        "mail_password",
        ["cannot be read", "--mail-password-file"],
        *mail,
        *missing,
    )
    with set_up("which serve refuses as well"):
        refused = run("serve", *mail, *missing)
        assert refused.returncode == 1 and "--mail-password-file" in refused.stderr, refused.stderr

    class Mail:
        """Says that it is there."""

        def __init__(self):
            self.listening = socket.create_server(("127.0.0.1", 0))
            self.heard = []
            threading.Thread(target=self.talk, daemon=True).start()

        def talk(self):
            line, _ = self.listening.accept()
            with line, line.makefile("rw", newline="\r\n") as stream:
                print("220 mail.example.fi", file=stream, flush=True)
                for said in stream:
                    self.heard.append(said.split()[0])
                    print("221 bye" if said.startswith("QUIT") else "250 ok", file=stream, flush=True)

    with set_up("a mail server that is there"):
        mailer = Mail()
        finds_nothing(*mail[:-1], f"smtp://127.0.0.1:{mailer.listening.getsockname()[1]}")
        assert mailer.heard[:2] == ["EHLO", "NOOP"] and "MAIL" not in mailer.heard, mailer.heard

    # The data.
    finds(
        "a data folder that cannot be made",
        "data_folder",
        ["cannot be made", "--data"],
        "--data",
        "/proc/nowhere/data",
        *base,
    )
    finds("a data folder that is a file", "data_folder", ["is a file"], "--data", settings, *base)
    broken, database = make("not-a-database")
    database.write_text("This is a letter, and no database at all.\n" * 200)
    finds(
        "a file that is no database", "database", ["is not a database", "etakahvila restore"], "--data", broken, *base
    )
    broken, database = make("damaged")
    size = database.stat().st_size
    with open(database, "r+b") as file:
        # The head and the list of tables stay; of what lies behind them every page is gone.
        file.seek(size // 2)
        file.write(b"\xa5" * (size - size // 2))
    finds("a damaged database", "database", ["damaged", "Restore a backup"], "--data", broken, *base)

    # How far a room was saved is told by marks beside the database: here further than the database goes.
    broken, database = make("older")
    mark = struct.pack("<qq", 1, 5)
    (broken / "etakahvila.sqlite.marks").write_bytes(mark + hashlib.blake2b(mark, digest_size=16).digest())
    finds("an older database beside newer marks", "marks", ["older"], "--data", broken, *base)

    broken, database = make("newer")
    with sqlite3.connect(database) as tables:
        tables.execute("UPDATE data_format SET level = level + 1, program = '99.1.0'")
    tables.close()
    finds("a database of a newer program", "database_version", ["newer version", "99.1.0"], "--data", broken, *base)

    # A whole step, by its digest, with an event that nobody knows yet.
    broken, database = make("newer-step")
    record = '{"v":1,"at":0,"utc":0,"events":[{"type":"moon_landing"}]}'
    digest = hashlib.blake2b(bytes(16) + struct.pack("<q", 1) + record.encode(), digest_size=16).digest()
    with sqlite3.connect(database) as tables:
        tables.execute("INSERT INTO rooms (session, epoch) VALUES (1, 'e')")
        tables.execute("INSERT INTO steps VALUES (1, 1, ?, ?)", (record, digest))
    tables.close()
    finds(
        "a step of a newer program",
        "digests",
        ["newer version", "session 1 from step 1"],
        "--data",
        broken,
        *base,
        "--deep",
    )
    with sqlite3.connect(database) as tables:
        tables.execute("UPDATE steps SET digest = ?", (bytes(16),))
    tables.close()
    finds(
        "a step that was changed",
        "digests",
        ["not as they were written", "etakahvila restore"],
        "--data",
        broken,
        *base,
        "--deep",
    )

    shared, database = make("open-to-others")
    database.chmod(0o644)
    finds(
        "data that others could read",
        "data_rights",
        ["could read", "etakahvila.sqlite (644)", "Not any more"],
        "--data",
        shared,
        *base,
    )
    with set_up("which it has closed to them"):
        finds_nothing("--data", shared, *base)

    if os.getuid() == 0:
        os.chmod(folder, 0o755)
        mixed, database = make("of-root")
        os.chown(mixed, 65534, 65534)
        with set_up("data of another user than its folder"):
            code, problems, looks = check("--data", mixed, *base)
            assert code == 1 and looks["data_owner"]["grade"] == "problem", looks
            assert "belongs to root" in looks["data_owner"]["sentence"], looks
            assert "chown -R nobody:" in looks["data_owner"]["sentence"], looks
        # Another user, who is not root either, may not look.
        reachable = shutil.copy(program, folder / "etakahvila")
        as_stranger = ["setpriv", "--reuid=1", "--regid=1", "--clear-groups", reachable]
        with set_up("a user who may not see the data"):
            stranger = subprocess.run(
                [*as_stranger, "check", "--json", "--data", mixed],
                capture_output=True,
                text=True,
            )
            assert stranger.returncode == 2 and "Run it as root" in stranger.stdout, stranger
        # Nor may they listen below 1024; the server says what gives them the right.
        own = folder / "of-stranger"
        own.mkdir()
        os.chown(own, 1, 1)
        with set_up("a port below 1024 without the right to it"):
            kept_low = subprocess.run(
                [*as_stranger, "serve", "--data", own, "--web", web, "--port", "1"],
                capture_output=True,
                text=True,
                timeout=120,
            )
            what_to_do = "only root may listen on ports below 1024. Give the service the right: install -D"
            assert kept_low.returncode == 1 and what_to_do in kept_low.stderr, kept_low
    else:
        print("not root: of data of another user only the look is tested (checks/looks_test.cpp)")

    # Updates, as apt tells them.
    fakes = folder / "bin"
    fakes.mkdir()
    apt = fakes / "apt-get"
    apt.write_text('#!/bin/sh\necho "Inst libssl3 [3.0.1] (3.0.9 Debian-Security:12/stable-security [amd64])"\n')
    apt.chmod(0o755)
    with_apt = {"PATH": f"{fakes}:/usr/bin:/bin"}
    with set_up("an OpenSSL that is old"):
        looks = finds_nothing(*with_data, env=with_apt)
        assert looks["updates"]["grade"] == "warning", looks["updates"]
        assert "libssl3 3.0.9" in looks["updates"]["sentence"], looks["updates"]
    with set_up("an apt that says nothing"):
        apt.write_text("#!/bin/sh\nexit 100\n")
        assert "not told" in finds_nothing(*with_data, env=with_apt)["updates"]["sentence"]

    # A server that runs and is well.
    server = serve(*with_data)
    try:
        with set_up("a server that runs and is well"):
            looks = finds_nothing(*with_data, "--deep")
            assert f"(pid {server.pid})" in looks["server"]["sentence"], looks["server"]
            assert "listens" in looks["listen"]["sentence"], looks["listen"]
            assert {"database", "marks", "saving", "backup", "audit", "digests", "open_files"} <= looks.keys()
            plain = run("check", *with_data)
            assert plain.returncode == 0 and "\nNo problems found" in plain.stdout, plain.stdout
        # It was started with other options than those of now.
        finds(
            "a server that was started with other options",
            "listen",
            ["does not listen", "Restart it"],
            *with_data[:-1],
            free_port(),
        )
        # Through the address that people use: here without a proxy.
        with set_up("an address without TLS"):
            code, problems, looks = check(*with_data, "--url", f"http://localhost:{port}")
            assert [problem["name"] for problem in problems] == ["public_tls"], problems
            assert all(looks[name]["grade"] == "ok" for name in ("public_page", "public_ready", "public_socket")), looks
    finally:
        server.terminate()
        assert server.wait() == 0

    # Through TLS, by an authority of our own.
    local = certificate(folder, "localhost", 90)
    site = f"https://localhost:{port}"
    at_home = (*with_data, *tls(local), "--site", site)
    server = serve(*at_home)
    try:
        believed = ("--authorities", local[0])
        with set_up("a site that people reach"):
            looks = finds_nothing(*at_home, "--public", *believed)
            assert {"public_name", "public_tls", "public_page", "public_ready", "public_socket"} <= looks.keys(), looks
        finds("a certificate that nobody trusts", "public_tls", ["would not trust"], *at_home, "--public")
        finds(
            "a certificate that is not for this address",
            "public_tls",
            ["would not trust"],
            *at_home,
            "--url",
            f"https://127.0.0.1:{port}",
            *believed,
        )
        finds(
            "a name that nobody knows",
            "public_name",
            ["not known (DNS)"],
            *at_home,
            "--url",
            "https://cafe.invalid",
            *believed,
        )
        finds(
            "an address where nobody answers",
            "public_page",
            ["Nobody answers"],
            *at_home,
            "--url",
            f"https://localhost:{free_port()}",
            *believed,
        )

        class Proxy(http.server.BaseHTTPRequestHandler):
            """Passes pages on, and forgets what an upgrade needs."""

            def do_GET(self):
                paths = {"/": (200, b"page"), "/readyz": (200, b"ready\n")}
                status, body = paths.get(self.path, (400, b""))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*local)
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        through = f"https://localhost:{proxy.server_port}"
        finds(
            "a proxy that keeps back the upgrade",
            "public_socket",
            ["does not come through", "Upgrade"],
            *at_home,
            "--url",
            through,
            *believed,
        )
        proxy.shutdown()
    finally:
        server.terminate()
        assert server.wait() == 0

    # Another program has the lock and does not answer.
    with open(data / "etakahvila.sqlite.lock", "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finds("a program that has the data and does not answer", "server", ["does not answer"], *with_data)
    with set_up("a public look without a site"):
        assert run("check", "--public", *with_data).returncode == 2

# Whoever reads a name finds it on the page, and nothing stands there that is not looked at. `rights` was seen as text.
with set_up("the page of the runbook"):
    cells = [line.split("|")[1] for line in page.read_text().splitlines() if line.startswith("| `")]
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert told == seen | {"rights"}, told ^ (seen | {"rights"})
if not_so:
    sys.exit("Not so: " + "; ".join(not_so))
