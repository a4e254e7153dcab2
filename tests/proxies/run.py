#!/usr/bin/env python3
"""A session through each proxy of deploy/proxy, with TLS at the proxy, before the real server.
run.py ETAKAHVILA [nginx | HAProxy | Caddy …]     all when none is named"""

import asyncio
import http.client
import json
import pathlib
import subprocess
import sys
import tempfile

import websockets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))

from authority import Authority  # noqa: E402
from house import House  # noqa: E402
from proxies import ALL  # noqa: E402
from python_peer import Client, Door, trusting  # noqa: E402

LARGEST_BODY = 1024 * 1024
WITHIN_S = 60
# Stands where secrets may stand in an address.
SECRET = "Zq7Zq7Zq7Zq7Zq7Zq7Zq7Zq7"


class HouseBehindProxy(House):
    def __init__(self, program, folder, site):
        super().__init__(program, folder)
        self.origin = site

    def start(self):
        where = ["--listen", "127.0.0.1", "--port", "0", "--site", self.origin, "--trusted-proxies", "127.0.0.1"]
        where += ["--metrics-listen", ""]
        self._server = subprocess.Popen(
            [self._program, "serve", *where, *self._data], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.port = int(self._server.stdout.readline().strip().rsplit(":", 1)[1])


class Site:
    """What a browser sees of it, and what it should not."""

    def __init__(self, server, proxy, authority):
        self.server = server
        self.proxy = proxy
        self.authority = authority
        self.trusted = trusting(authority.certificate)
        self.door = Door(server.origin, self.trusted)

    def ask(self, method, path, body=None, head=(), source="127.0.0.1"):
        line = http.client.HTTPSConnection(
            "localhost", self.proxy.port, context=self.trusted, timeout=WITHIN_S, source_address=(source, 0)
        )
        # Not by its name: the source is an address of IPv4.
        line.host, line._tunnel_host = "127.0.0.1", None
        line._context = NamedContext(self.trusted)
        try:
            line.request(method, path, body, {"Host": f"localhost:{self.proxy.port}", **dict(head)})
            answer = line.getresponse()
            return answer, answer.read()
        finally:
            line.close()

    def ask_plain(self, path):
        line = http.client.HTTPConnection("127.0.0.1", self.proxy.plain_port, timeout=WITHIN_S)
        try:
            line.request("GET", path, headers={"Host": "localhost"})
            answer = line.getresponse()
            return answer, answer.read()
        finally:
            line.close()

    # ---------------------------------------------------------------------------------------- what is looked at

    def pages(self):
        for path in ("/", "/staff", "/netiquette"):
            answer, body = self.ask("GET", path, head={"Accept-Encoding": "br"})
            assert answer.status == 200 and body, (path, answer.status)
            assert answer.getheader("Content-Encoding") == "br", "the server's own compression comes through"
            for once in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options"):
                assert len(answer.headers.get_all(once) or []) == 1, (path, once)
        assert self.ask("GET", "/nothing")[0].status == 404

    def newer_http(self):
        said = subprocess.run(
            [
                "curl",
                "--silent",
                "--http2",
                "--cacert",
                self.authority.certificate,
                "--resolve",
                f"localhost:{self.proxy.port}:127.0.0.1",
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_version} %{http_code}",
                "--data",
                json.dumps({"secret": "A" * 22}),
                "--header",
                "Content-Type: application/json",
                "--header",
                "Origin: " + self.server.origin,
                self.server.origin + "/api/look",
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        # Nobody's link: the server itself has said so, asked by the site's name.
        assert said == "2 404", said

    def plain_http(self):
        for path, to in (
            ("/staff?why=" + SECRET, "https://localhost/staff"),
            ("/", "https://localhost/"),
            ("/calendar/" + SECRET, "https://localhost/"),
            ("/%23" + SECRET, "https://localhost/"),
            ("//elsewhere.example/", "https://localhost/"),
            ("/staff%0d%0aX-Of-Mine:%20" + SECRET, "https://localhost/"),
        ):
            answer, body = self.ask_plain(path)
            assert answer.status == 308 and answer.getheader("Location") == to, (path, answer.getheader("Location"))
            assert answer.getheader("X-Of-Mine") is None and SECRET.encode() not in body, path

    def certificates_authority(self):
        """It is answered on the plain port, by whoever gets the certificate."""
        answer, body = self.ask_plain("/.well-known/acme-challenge/token")
        assert self.proxy.answers_authority(answer.status, body), (answer.status, body)

    def figures(self):
        for path in ("/metrics", "/metrics?all", "/metrics/", "//metrics", "/./metrics", "/%6detrics"):
            answer, body = self.ask("GET", path)
            assert answer.status != 200 or b"etakahvila_" not in body, (path, answer.status)
        assert self.ask("GET", "/metrics")[0].status == 404

    def bodies(self):
        head = {
            "Content-Type": "image/jpeg",
            "Origin": self.server.origin,
            "Authorization": "Bearer " + self.server.links["guest"],
        }
        answer, body = self.ask("POST", "/api/work/photo?assignment=1", b"x" * LARGEST_BODY, head)
        assert "refusal" in json.loads(body), ("the largest comes through to the server", answer.status)
        # Its head alone: whoever refuses it need not read the rest.
        larger = {**head, "Content-Length": str(LARGEST_BODY + 1)}
        answer, _ = self.ask("POST", "/api/work/photo?assignment=1", None, larger)
        assert answer.status == 413, answer.status

    def forged_address(self):
        """Whoever guesses is held back by the address that the proxy has seen, and nobody else is."""

        def guess(number, source, head=()):
            # No letters that codes have not.
            code = "".join("CDFGHJKMNP"[int(digit)] for digit in f"{number:08}")
            head = {"Content-Type": "application/json", "Origin": self.server.origin, **dict(head)}
            body = json.dumps({"code": code})
            return json.loads(self.ask("POST", "/api/look", body, head, source)[1])["refusal"]["word"]

        words = [guess(n, "127.0.0.2", {"X-Forwarded-For": f"192.0.2.{n}, 198.51.100.{n}"}) for n in range(60)]
        assert words[0] == "not_found" and words[-1] == "too_fast", words
        assert guess(99, "127.0.0.3") == "not_found"
        assert guess(99, "127.0.0.2", {"X-Forwarded-For": "127.0.0.3"}) == "too_fast"

    async def foreign_page(self):
        for path in ("/room", "/voice"):
            try:
                await websockets.connect(
                    self.server.origin.replace("https", "wss") + path, origin="https://other.example", ssl=self.trusted
                )
            except websockets.InvalidStatusCode as refused:
                assert refused.status_code == 403, refused.status_code
            else:
                raise AssertionError("a page of another site opened a line")

    async def session(self):
        """Two come in; what one says the other sees; and each has a line of voice."""
        chair = Client(self.door, {"secret": self.server.links["facilitator"]})
        guest = Client(self.door, {"secret": self.server.links["guest"]})
        await chair.do("open_doors")
        await guest.until(lambda: guest.room.the("room") and guest.room.the("room")["phase"] == "doors_open")
        await guest.do("send_message", channel="room", text="Kuuluuko tämä välistä? 🌿")
        await chair.until(lambda: any(m.get("text", "").startswith("Kuuluuko") for m in chair.room.all("message")))
        for client in (chair, guest):
            await self.voice(client)
            await client.leave()

    async def voice(self, client):
        ticket = asyncio.get_running_loop().create_future()
        hear = client._hear

        def hear_of_voice(frame):
            if frame["type"] == "voice_ticket":
                ticket.set_result(frame["ticket"])
            hear(frame)

        client._hear = hear_of_voice
        await client._send({"type": "ask_voice_ticket"})
        address = self.server.origin.replace("https", "wss") + "/voice"
        line = await websockets.connect(address, origin=self.server.origin, ssl=self.trusted)
        await line.send(json.dumps({"type": "voice_hello", "version": 1, "ticket": await ticket, "listen": True}))
        welcome = json.loads(await line.recv())
        assert welcome["type"] == "voice_welcome", welcome
        await line.close()

    def secrets_in_addresses(self):
        """Asked while the server is there, and when it is not, which proxies have more to say of."""
        for path in ("/calendar/" + SECRET, "/%23" + SECRET, "/staff%23" + SECRET, "/?code=" + SECRET):
            self.ask("GET", path, head={"Authorization": "Bearer " + SECRET, "Cookie": "session=" + SECRET})
            self.ask_plain(path)

    def is_in_no_log(self, written):
        secrets = [SECRET, self.server.coordinator, *self.server.links.values(), *self.server.codes.values()]
        assert not [secret for secret in secrets if secret in written], "a secret stands in a log:\n" + written[-4000:]
        assert "/netiquette" in written, "requests are logged"


class NamedContext:
    """A TLS context that expects localhost, whatever address it is connected to."""

    def __init__(self, context):
        self._context = context

    def wrap_socket(self, line, server_hostname):
        return self._context.wrap_socket(line, server_hostname="localhost")


async def within(part):
    try:
        await asyncio.wait_for(part(), WITHIN_S)
    except TimeoutError:
        raise SystemExit(f"{part.__name__}: what was expected has not come in {WITHIN_S} s") from None


def through(kind, program):
    with tempfile.TemporaryDirectory(prefix="etakahvila-") as folder:
        authority = Authority(folder)
        proxy = kind(folder + "/proxy", authority)
        server = HouseBehindProxy(program, folder, f"https://localhost:{proxy.port}")
        server.start()
        try:
            proxy.start(server.port)
            site = Site(server, proxy, authority)
            for part in (
                site.pages,
                site.newer_http,
                site.plain_http,
                site.certificates_authority,
                site.figures,
                site.bodies,
                site.forged_address,
            ):
                part()
            for part in (site.foreign_page, site.session):
                asyncio.run(within(part))
            site.secrets_in_addresses()
            code = server.stop()
            assert code == 0, "the server did not end well"
            server = None
            site.secrets_in_addresses()
        finally:
            if server is not None:
                server.kill()
            proxy.stop()
        site.is_in_no_log(proxy.written())


def main():
    program, names = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]
    for kind in ALL:
        if not names or kind.name in names:
            through(kind, program)
            print(f"ok    a session through {kind.name}", flush=True)


main()
