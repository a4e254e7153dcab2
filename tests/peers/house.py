"""A server of one's own, over TLS, with one session planned for today: what the peers come in to."""

import contextlib
import datetime
import pathlib
import subprocess
import tempfile
import zoneinfo


class House:
    """`origin` is where it answers; it comes back there after a restart. `figures`: where Prometheus reads, if at
    all. `tls`: paths of its certificate and key; without them it has some of its own."""

    def __init__(self, program, folder, has_figures=False, tls=None):
        self._program = program
        self._has_figures = has_figures
        self.figures = None
        self._data = ["--data", folder + "/data"]
        self._port = "0"
        self._server = None
        self.certificate, self._key = tls or (folder + "/certificate.pem", folder + "/key.pem")
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Helsinki")).date().isoformat()
        # So late that its links, which open a day before, work at every hour of today.
        plan = ["--series", "Koe", "--theme", "Uni", "--date", today, "--start", "16:00", "--end", "23:59"]
        self.session = int(self.run("session", "add", *plan))
        for role, name in (("facilitator", "Ohjaaja"), ("moderator", "Moderaattori"), ("guest", "Vieras")):
            self.run("session", "staff", str(self.session), "--role", role, "--name", name)
        self.links = {}
        self.codes = {}
        for line in self.run("invite", str(self.session)).splitlines():
            role, _, link, code = line.split("\t")
            # There are two of each of the staff from the start: the last is ours.
            self.links[role] = link.split("#")[1]
            self.codes[role] = code
        self.coordinator = self.run("invite", "--coordinator").split("#")[1]
        if tls is None:
            self._certify()

    def _certify(self):
        certify = [
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
        files = ["-keyout", self._key, "-out", self.certificate, "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run(["openssl", "req", *certify, *files], check=True, capture_output=True)

    def run(self, *words):
        return subprocess.run(
            [self._program, *words, *self._data], check=True, capture_output=True, text=True
        ).stdout.strip()

    def start(self):
        listen = ["--listen", "127.0.0.1", "--port", self._port]
        listen += ["--metrics-listen", "127.0.0.1:0" if self._has_figures else ""]
        tls = ["--tls-certificate", self.certificate, "--tls-key", self._key]
        self._server = subprocess.Popen(
            [self._program, "serve", *listen, *tls, *self._data], stdout=subprocess.PIPE, text=True
        )
        self._port = self._server.stdout.readline().strip().rsplit(":", 1)[1]
        self.origin = "https://localhost:" + self._port
        if self._has_figures:
            self.figures = self._server.stdout.readline().strip().removeprefix("figures at ")

    @property
    def process_id(self):
        return self._server.pid

    def kill(self):
        """As the machine does: without a word."""
        self._server.kill()
        self._server.wait()

    def stop(self):
        """Its code."""
        self._server.terminate()
        return self._server.wait()


@contextlib.contextmanager
def house(program):
    with tempfile.TemporaryDirectory() as folder:
        server = House(str(pathlib.Path(program).resolve()), folder)
        server.start()
        try:
            yield server
        finally:
            if server.stop() != 0:
                raise SystemExit("the server did not end well")
