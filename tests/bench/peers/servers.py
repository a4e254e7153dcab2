"""The servers that are measured: each is started in a folder of its own, pinned to one core, and listens on this
machine only."""

import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
STAFF = 4  # Two facilitators and two moderators come with every session.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_under(pid):
    """The process and all below it."""
    found = [pid]
    for each in found:
        for task in pathlib.Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                pass
    return found


class Server:
    """One server that runs. `target` and `path` are what the load speaks to it."""

    target = "relay"
    path = ""
    package = None

    def __init__(self, folder, tools, tls, core):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.tools = tools
        self.tls = tls
        self.core = core
        self.port = free_port()
        self.process = None

    def start(self):
        self.launch()
        self.wait_until_it_listens()

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def launch(self):
        pinned = [] if self.core is None else ["taskset", "-c", str(self.core)]
        log = open(self.folder / "log", "ab")
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            pinned + self.command(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self.environment()},
            start_new_session=True,
        )

    def wait_until_it_listens(self, at_most=60):
        until = time.monotonic() + at_most
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return time.monotonic() - self.started_at
            except OSError:
                time.sleep(0.002)
        raise RuntimeError(f"{self.name} does not listen: " + (self.folder / "log").read_text(errors="replace")[-600:])

    def processes(self):
        return processes_under(self.process.pid)

    def certificate(self):
        return [str(self.tools.certificate), str(self.tools.key)] if self.tls else []

    def stop(self):
        if self.process is None:
            return
        for pid in reversed(self.processes()):
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            for pid in reversed(self.processes()):
                os.kill(pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def load_arguments(self):
        arguments = ["--target", self.target, "--port", str(self.port)]
        if self.path:
            arguments += ["--path", self.path]
        return arguments + (["--tls"] if self.tls else [])


class Bare(Server):
    name = "bare"

    def command(self):
        return [str(self.tools.build / "etakahvila-bench-bare"), str(self.port), *self.certificate()]


class Libwebsockets(Server):
    name = "libwebsockets"
    package = "libwebsockets-dev"

    def command(self):
        return [str(self.tools.build / "etakahvila-bench-lws"), str(self.port), *self.certificate()]


class NodeWs(Server):
    name = "ws"

    def command(self):
        return ["node", str(HERE / "ws" / "server.mjs"), str(self.port), *self.certificate()]


class Prosody(Server):
    name = "prosody"
    package = "prosody"
    target = "group_chat"
    path = "/xmpp-websocket"

    def command(self):
        web = (
            f"http_ports = {{}}; https_ports = {{ {self.port} }}"
            if self.tls
            else f"http_ports = {{ {self.port} }}; https_ports = {{}}"
        )
        config = self.folder / "prosody.cfg.lua"
        config.write_text(
            f'''
run_as_root = true
daemonize = false
pidfile = "{self.folder}/pid"
data_path = "{self.folder}"
log = {{ warn = "{self.folder}/prosody.log" }}
interfaces = {{ "127.0.0.1" }}
http_interfaces = {{ "127.0.0.1" }}
https_interfaces = {{ "127.0.0.1" }}
c2s_ports = {{}}
s2s_ports = {{}}
{web}
https_ssl = {{ certificate = "{self.tools.certificate}", key = "{self.tools.key}" }}
ssl = {{ certificate = "{self.tools.certificate}", key = "{self.tools.key}" }}
network_backend = "epoll"
consider_websocket_secure = true
modules_enabled = {{ "websocket", "saslauth", "http" }}
modules_disabled = {{ "s2s", "offline" }}
storage = "internal"
http_default_host = "localhost"
VirtualHost "localhost"
    authentication = "anonymous"
Component "rooms.localhost" "muc"
    muc_room_locking = false
'''
        )
        return ["prosody", "--config", str(config), "-F"]


class Ejabberd(Server):
    name = "ejabberd"
    package = "ejabberd"
    target = "group_chat"
    path = "/ws"

    def command(self):
        config = self.folder / "ejabberd.yml"
        config.write_text(
            f"""
hosts: [localhost]
loglevel: error
auth_method: [anonymous]
anonymous_protocol: sasl_anon
certfiles: ["{self.tools.certificate}", "{self.tools.key}"]
listen:
  - port: {self.port}
    ip: "127.0.0.1"
    module: ejabberd_http
    tls: {"true" if self.tls else "false"}
    request_handlers: {{"/ws": ejabberd_http_ws}}
modules:
  mod_muc:
    host: rooms.localhost
    access: all
    max_users: 1000
    min_message_interval: 0
    history_size: 0
"""
        )
        # As ejabberdctl does, but with this user's rights and without a node's name: nothing listens for other nodes.
        return [
            "erl",
            "-noinput",
            "+S",
            "1:1",
            "-mnesia",
            "dir",
            f'"{self.folder}"',
            "-ejabberd",
            "log_path",
            f'"{self.folder}/ejabberd.log"',
            "-s",
            "ejabberd",
        ]

    def environment(self):
        libraries = next(pathlib.Path("/usr/lib").glob("*/ejabberd-*")).parent
        return {
            "ERL_LIBS": str(libraries),
            "EJABBERD_CONFIG_PATH": str(self.folder / "ejabberd.yml"),
            "EJABBERD_LOG_PATH": str(self.folder / "ejabberd.log"),
            "HOME": str(self.folder),
        }


class Etakahvila(Server):
    name = "etakahvila"
    target = "room"
    workers = 1

    def command(self):
        return [
            str(self.tools.build / "etakahvila"), "serve", "--listen", "127.0.0.1", "--port", str(self.port),
            "--site", self.site(), "--data", str(self.folder / "data"), "--metrics-listen", "",
            "--web", str(self.folder / "web"), "--log-level", "warning",
            "--workers", str(self.workers), "--newcomers-max", "20000", "--newcomers-per-address-max", "20000",
            *(["--tls-certificate", str(self.tools.certificate), "--tls-key", str(self.tools.key)] if self.tls else []),
        ]  # fmt: skip

    def site(self):
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def load_arguments(self):
        return super().load_arguments() + ["--origin", self.site(), "--people-file", str(self.people_file)]

    def start(self):
        # Its pages are not what is measured here.
        (self.folder / "web").mkdir()
        (self.folder / "web" / "index.html").write_text("<!doctype html>\n")
        link = subprocess.run(
            [str(self.tools.build / "etakahvila"), "invite", "--coordinator", "--data", str(self.folder / "data")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        self.key = link.strip().split("#")[1]
        super().start()

    def ask(self, method, path, body, content_type="application/json"):
        request = urllib.request.Request(
            self.site() + path,
            method=method,
            data=body.encode(),
            headers={"Authorization": "Bearer " + self.key, "Content-Type": content_type, "Origin": self.site()},
        )
        context = ssl._create_unverified_context() if self.tls else None
        return json.load(urllib.request.urlopen(request, context=context, timeout=60))

    def make_rooms(self, rooms, people):
        """Sessions of today with so many invited, the staff among them; who they are goes to `people_file`.

        They are late in the day, so that their links work at every hour of it.
        """
        # Helsinki's date, near enough.
        today = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)).date().isoformat()
        kinds = ["sosiaalinen kuntoutus", "kuntouttava työtoiminta", "vammaisten työtoiminta"]
        lines = []
        for room in range(rooms):
            session = self.ask(
                "POST",
                "/api/sessions",
                json.dumps(
                    {"theme": "Uni", "series": f"Mittaus {room}", "date": today, "start": "16:00", "end": "23:59"}
                ),
            )["id"]
            rows = "".join(f"Vieras {number};{kinds[number % 3]};Ohjaaja\n" for number in range(people - STAFF))
            self.ask(
                "POST", f"/api/sessions/{session}/registrations", "nimi;päätöksen laji;työnjohtaja\n" + rows, "text/csv"
            )
            invited = self.ask("POST", f"/api/sessions/{session}/invitations", "{}")["invitations"]
            invited.sort(key=lambda one: {"facilitator": 0, "moderator": 1}.get(one["role"], 2))
            lines += [f"{room} {one['role']} {one['link'].split('#')[1]}" for one in invited]
        self.people_file = self.folder / f"people-{rooms}-{people}"
        self.people_file.write_text("\n".join(lines) + "\n")

    def restart(self):
        self.stop()
        self.launch()
        return self.wait_until_it_listens()


PEERS = {server.name: server for server in (Bare, NodeWs, Libwebsockets, Prosody, Ejabberd)}


def can_run(server):
    """Why not, or nothing."""
    if server is NodeWs:
        return None if shutil.which("node") and (HERE / "ws" / "node_modules").is_dir() else "npm's ws is not installed"
    if server is Prosody:
        return None if shutil.which("prosody") else "prosody is not installed"
    if server is Ejabberd:
        return None if shutil.which("ejabberdctl") else "ejabberd is not installed"
    return None
