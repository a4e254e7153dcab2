"""nginx, HAProxy and Caddy of Debian, each started from the example that is shipped: with ports, paths and the site's
name put in, and nothing else changed."""

import os
import pathlib
import pwd
import re
import socket
import subprocess
import time

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "deploy" / "proxy"
BEGINS_WITHIN_S = 20


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Proxy:
    """`port` speaks TLS, `plain_port` does not. What it logs comes into files of its folder."""

    def __init__(self, folder, authority):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.authority = authority
        self.port = free_port()
        self.plain_port = free_port()
        self._process = None

    def example(self, changes):
        """The example with each of the changes made: (pattern, text, how often it stands there)."""
        text = (EXAMPLES / self.file).read_text()
        for pattern, by, count in changes:
            text, found = re.subn(pattern, lambda _, by=by: by, text, flags=re.MULTILINE)
            if found != count:
                raise SystemExit(f"{self.file} has {pattern} {found} times, and not {count}")
        return text

    def start(self, server_port):
        command, environment = self.prepare(server_port)
        with open(self.folder / "output.log", "ab") as output:
            self._process = subprocess.Popen(
                command, stdout=output, stderr=output, env={**os.environ, **environment}, cwd=self.folder
            )
        until = time.monotonic() + BEGINS_WITHIN_S
        for port in (self.port, self.plain_port):
            while not is_open(port):
                if self._process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{self.name} did not start:\n" + (self.folder / "output.log").read_text())
                time.sleep(0.02)

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)

    def written(self):
        """All that it has logged and printed."""
        return "\n".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*.log")))


def is_open(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class Nginx(Proxy):
    name, file = "nginx", "nginx.conf"

    def prepare(self, server_port):
        site = self.example(
            [
                (r"^#.*\n", "", len(re.findall(r"(?m)^#.*\n", (EXAMPLES / self.file).read_text()))),
                (r"cafe\.example\.fi\$etakahvila_page", "localhost$etakahvila_page", 1),
                (r"/etc/letsencrypt/live/cafe\.example\.fi/fullchain\.pem", self.authority.site, 1),
                (r"/etc/letsencrypt/live/cafe\.example\.fi/privkey\.pem", self.authority.key, 1),
                (r"server_name cafe\.example\.fi;", "server_name localhost;", 2),
                (r"^    listen \[::\]:.*\n", "", 2),
                (r"listen 80;", f"listen 127.0.0.1:{self.plain_port};", 1),
                (r"listen 443 ", f"listen 127.0.0.1:{self.port} ", 1),
                (r"server 127\.0\.0\.1:8080;", f"server 127.0.0.1:{server_port};", 1),
                (r"/var/log/nginx/", f"{self.folder}/", 2),
                (r"/var/lib/etakahvila-acme", f"{self.folder}/acme", 2),
            ]
        )
        paths = "".join(
            f"    {kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = f"user {pwd.getpwuid(os.getuid()).pw_name};\n" if os.getuid() == 0 else ""
        # As Debian's nginx.conf includes a site.
        (self.folder / "nginx.conf").write_text(
            f"{user}daemon off;\npid {self.folder}/nginx.pid;\nerror_log {self.folder}/main.log;\nevents {{}}\n"
            f"http {{\n{paths}{site}}}\n"
        )
        token = self.folder / "acme" / ".well-known" / "acme-challenge"
        token.mkdir(parents=True)
        (token / "token").write_text("of the authority")
        return ["nginx", "-c", f"{self.folder}/nginx.conf", "-e", f"{self.folder}/main.log"], {}

    def answers_authority(self, status, body):
        return status == 200 and body == b"of the authority"


class Haproxy(Proxy):
    name, file = "HAProxy", "haproxy.cfg"

    def prepare(self, server_port):
        pair = self.folder / "pair.pem"
        pair.write_text(pathlib.Path(self.authority.site).read_text() + pathlib.Path(self.authority.key).read_text())
        self._log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._log.bind(f"{self.folder}/log.socket")
        self._log.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._log.setblocking(False)
        (self.folder / "haproxy.cfg").write_text(
            self.example(
                [
                    (r"^    (user|group) haproxy\n", "", 2),
                    (r"log /dev/log ", f"log {self.folder}/log.socket ", 1),
                    (r"bind :80$", f"bind 127.0.0.1:{self.plain_port}", 1),
                    (r"bind :443 ", f"bind 127.0.0.1:{self.port} ", 1),
                    (r"/etc/haproxy/etakahvila\.pem", str(pair), 1),
                    (r"location https://cafe\.example\.fi", "location https://localhost", 2),
                    (r"server one 127\.0\.0\.1:8080 ", f"server one 127.0.0.1:{server_port} ", 1),
                ]
            )
        )
        return ["haproxy", "-db", "-dW", "-f", f"{self.folder}/haproxy.cfg"], {}

    def written(self):
        lines = []
        try:
            while True:
                lines.append(self._log.recv(65536).decode(errors="replace"))
        except BlockingIOError:
            self._log.close()
        return super().written() + "\n".join(lines)

    def answers_authority(self, status, _):
        # It is handed on to certbot, which does not run.
        return status == 503


class Caddy(Proxy):
    name, file = "Caddy", "Caddyfile"

    def prepare(self, server_port):
        (self.folder / "Caddyfile").write_text(
            self.example(
                [
                    # Its administration is on a port of its own: not here.
                    (r"^\thttp_port 80$", f"\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {self.plain_port}", 1),
                    (r"^\thttps_port 443$", f"\thttps_port {self.port}", 1),
                    (r"redir https://cafe\.example\.fi", "redir https://localhost", 2),
                    (r"^http://cafe\.example\.fi ", "http://localhost ", 1),
                    (r"^https://cafe\.example\.fi ", "https://localhost ", 1),
                    (
                        r"# tls /etc/caddy/cafe\.pem /etc/caddy/cafe\.key",
                        f"tls {self.authority.site} {self.authority.key}",
                        1,
                    ),
                    (r"/var/log/caddy/", f"{self.folder}/", 1),
                    (r"reverse_proxy 127\.0\.0\.1:8080 ", f"reverse_proxy 127.0.0.1:{server_port} ", 1),
                ]
            )
        )
        own = {
            "XDG_DATA_HOME": f"{self.folder}/data",
            "XDG_CONFIG_HOME": f"{self.folder}/config",
            "HOME": str(self.folder),
        }
        return ["caddy", "run", "--config", f"{self.folder}/Caddyfile", "--adapter", "caddyfile"], own

    def answers_authority(self, status, _):
        # Its own certificates it gets by itself; of others' it knows nothing.
        return status == 308


ALL = (Nginx, Haproxy, Caddy)
