#!/usr/bin/env python3
"""Staff sign in by the city's own provider: bound by a coordinator, and by nothing else; and whatever is wrong on the
way lets nobody in, says so in a word, and puts no secret into an address or a log.
    city_sign_in.py ETAKAHVILA"""

import http.client
import http.cookies
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from provider import Provider

program = sys.argv[1]
# What is on this machine only is asked for directly.
environment = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("ETAKAHVILA_") and not name.lower().endswith("_proxy")
}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def certify(folder):
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        + ["-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    return certificate, key


class Browser:
    """Keeps cookies as a browser does, by their paths, and never sends a Strict one when another site led here."""

    def __init__(self, certificate):
        self._context = ssl.create_default_context(cafile=certificate)
        self.cookies = {}

    def ask(self, address, body=None, led_by_other=False, fields=()):
        parts = urllib.parse.urlsplit(address)
        line = http.client.HTTPSConnection(parts.hostname, parts.port, context=self._context, timeout=30)
        sent = dict(fields)
        fit = [
            f"{name}={one['value']}"
            for (port, name), one in self.cookies.items()
            if port == parts.port
            and parts.path.startswith(one["path"])
            and not (led_by_other and one["samesite"] == "Strict")
        ]
        if fit:
            sent["Cookie"] = "; ".join(fit)
        if body is not None:
            sent |= {"Content-Type": "application/json", "Origin": f"https://{parts.netloc}"}
        target = parts.path + ("?" + parts.query if parts.query else "")
        line.request("GET" if body is None else "POST", target, None if body is None else json.dumps(body), sent)
        answer = line.getresponse()
        text = answer.read().decode()
        for written in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(written).items():
                assert morsel["httponly"] and morsel["secure"], written
                self.cookies.pop((parts.port, name), None)
                if morsel["max-age"] != "0":
                    self.cookies[parts.port, name] = {
                        "value": morsel.value,
                        "path": morsel["path"],
                        "samesite": morsel["samesite"],
                    }
        return answer.status, answer.headers.get("Location"), text


with tempfile.TemporaryDirectory() as outer:
    folder = pathlib.Path(outer)
    certificate, key = certify(folder)
    site = f"https://localhost:{free_port()}"
    provider = Provider(certificate, key, site + "/api/sign-in/provider/back")
    # As Windows saves it.
    (folder / "secret").write_bytes(b"\xef\xbb\xbf" + Provider.SECRET.encode() + b" \r\n")
    web = folder / "web"
    web.mkdir()
    for page in ("index.html", "staff.html"):
        (web / page).write_text("<!doctype html><title>x</title>")
    data = ["--data", str(folder / "data")]
    oidc = ["--oidc-issuer", provider.issuer, "--oidc-client-id", Provider.CLIENT]
    oidc += ["--oidc-name", "Kirjaudu tunnuksella"]
    oidc += ["--oidc-client-secret-file", str(folder / "secret"), "--oidc-authorities", certificate, "--site", site]

    def run(*words):
        return subprocess.run(
            [program, *words, *data], capture_output=True, text=True, env=environment, check=True
        ).stdout

    run("staff", "add", "Aino Ahonen", "--role", "facilitator")
    coordinator = run("invite", "--coordinator").strip().split("#")[1]
    log = open(folder / "log", "a+")
    server = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1", "--port", site.rsplit(":", 1)[1], "--web", str(web)]
        + ["--tls-certificate", certificate, "--tls-key", key, "--metrics-listen", "", *oidc, *data],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env=environment,
    )
    try:
        server.stdout.readline()
        secrets_seen = []

        def office(path, body=None):
            browser = Browser(certificate)
            status, _, text = browser.ask(site + path, body, fields={"Authorization": "Bearer " + coordinator})
            return status, json.loads(text)

        def go(browser):
            """To the provider and back: the address that leads back here."""
            status, there, _ = browser.ask(site + "/api/sign-in/provider")
            assert status == 302, status
            if not there.startswith(provider.issuer):
                return there
            # Of the cookies on this machine none is the provider's to see.
            status, back, text = Browser(certificate).ask(there)
            assert status == 302, (status, text)
            fields = urllib.parse.parse_qsl(back.partition("?")[2])
            secrets_seen.extend(value for name, value in fields if name != "iss")
            return back

        def come(browser, back):
            """The word of what was in the way; None: in."""
            status, where, _ = browser.ask(back, led_by_other=True)
            assert status == 302, status
            if where == "/staff":
                return None
            assert where.startswith("/staff#provider="), where
            return where.removeprefix("/staff#provider=")

        def who(browser):
            status, _, text = browser.ask(site + "/api/me")
            return json.loads(text)["name"] if status == 200 else status

        assert json.loads(Browser(certificate).ask(site + "/api/site")[2])["provider"] == "Kirjaudu tunnuksella"

        # Nobody has bound them: a name and an address that are an account's let nobody in.
        aino = Browser(certificate)
        assert come(aino, go(aino)) == "unbound" and who(aino) == 401
        code = json.loads(aino.ask(site + "/api/sign-in/provider/code", {})[2])["code"]
        assert json.loads(aino.ask(site + "/api/sign-in/provider/code", {})[2])["code"] == code
        assert Browser(certificate).ask(site + "/api/sign-in/provider/code", {})[0] == 404
        account = next(one for one in office("/api/accounts")[1]["accounts"] if one["name"] == "Aino Ahonen")
        assert account["is_bound"] is False
        own = f"/api/accounts/{account['account']}"
        assert office(own + "/provider", {"code": "2222 2222"})[0] == 404
        assert office(own + "/provider", {"code": code})[0] == 200
        assert office(own + "/provider", {"code": code})[0] == 409
        secrets_seen.append(code)

        # Now they come in, again and again; and whoever is somebody else there does not.
        assert come(aino, go(aino)) is None and who(aino) == "Aino Ahonen"
        acts = [one["act"] for one in office("/api/account-acts")[1]["acts"]]
        assert acts[0] == "bound", acts
        another = Browser(certificate)
        assert come(another, go(another)) is None and who(another) == "Aino Ahonen"
        provider.subject = "subject-18"
        stranger = Browser(certificate)
        assert come(stranger, go(stranger)) == "unbound" and who(stranger) == 401
        provider.subject = "subject-17"

        def refused(word, change=lambda back: back, browser=None):
            browser = browser or Browser(certificate)
            back = go(browser)
            assert come(browser, change(back)) == word, word
            assert who(browser) == 401, word
            return browser, back

        # Cancelled, and the words of the provider's page go nowhere.
        provider.is_cancelled = True
        refused("cancelled")
        provider.is_cancelled = False

        # Another's state; none; and a callback that another browser has begun (login CSRF).
        strange = go(Browser(certificate))
        refused("again", lambda back: strange)
        refused("again", lambda back: back.split("?")[0] + "?code=x")
        victim = Browser(certificate)
        assert come(victim, go(Browser(certificate))) == "again" and who(victim) == 401

        # What has come back once does not come back again, with its cookie or without.
        twice = Browser(certificate)
        back = go(twice)
        kept = dict(twice.cookies)
        assert come(twice, back) is None
        thief = Browser(certificate)
        thief.cookies = kept
        assert come(thief, back) == "again" and who(thief) == 401
        # Its code is used up at the provider too.
        late = Browser(certificate)
        used = dict(urllib.parse.parse_qsl(back.partition("?")[2]))["code"]
        own_back = urllib.parse.urlsplit(go(late))
        mixed = dict(urllib.parse.parse_qsl(own_back.query)) | {"code": used}
        assert come(late, own_back._replace(query=urllib.parse.urlencode(mixed)).geturl()) == "again"
        assert who(late) == 401

        # Of another issuer, in the address or in the token; for another; too old.
        other = urllib.parse.quote("https://other.example", safe="")
        mine = urllib.parse.quote(provider.issuer, safe="")
        refused("wrong", lambda back: back.replace("iss=" + mine, "iss=" + other))
        for claims in ({"iss": "https://other.example"}, {"aud": "other"}, {"nonce": "x"}, {"exp": 1}, {"sub": ""}):
            provider.claims = claims
            refused("wrong")
        provider.claims = {}

        # A session that goes on at the provider shows nothing of who sits there. Whoever is signed in and goes there
        # again is asked there, and that is a proof, when the provider says when it was.
        def may_prove(browser):
            me = json.loads(browser.ask(site + "/api/me")[2])
            fields = {"X-CSRF-Token": me["csrf_token"]}
            status, _, text = browser.ask(site + "/api/account/step/new", {}, fields=fields)
            assert status == 200 or "password_asked" in text, (status, text)
            return status == 200

        sitting = Browser(certificate)
        assert come(sitting, go(sitting)) is None and not may_prove(sitting)
        provider.claims = {"auth_time": None}
        assert come(sitting, go(sitting)) == "wrong" and not may_prove(sitting)
        provider.claims = {"auth_time": 1}
        assert come(sitting, go(sitting)) is None and not may_prove(sitting)
        provider.claims = {}
        assert come(sitting, go(sitting)) is None and may_prove(sitting)

        # The provider has a new key: it is asked for, and whoever comes is let in.
        asked = provider.asked_for_keys
        provider.rotate()
        assert come(aino, go(aino)) is None and who(aino) == "Aino Ahonen"
        assert provider.asked_for_keys == asked + 1, provider.asked_for_keys

        # A locked account stays out, and a binding that has ended is none.
        assert office(own + "/lock", {"locked": True})[0] == 200
        refused("locked")
        assert office(own + "/lock", {"locked": False})[0] == 200
        assert come(aino, go(aino)) is None
        assert office(own + "/provider/end", {})[0] == 200 and who(aino) == 401
        assert office(own + "/provider/end", {})[0] == 404
        refused("unbound")

        def look(*more):
            said = subprocess.run(
                [program, "check", "--json", *oidc, *more, *data], capture_output=True, text=True, env=environment
            )
            return said.stdout

        assert "is there. It must know" in look() and "the secret has not been tried" in look(), look()
        # The provider goes down while somebody is on the way.
        late = Browser(certificate)
        back = go(late)
        provider.close()
        assert come(late, back) == "down" and who(late) == 401
        assert "cannot be asked" in look(), look()
        provider.open()
        late = Browser(certificate)
        assert come(late, go(late)) == "unbound"

        server.terminate()
        assert server.wait() == 0
        log.seek(0)
        written = log.read() + (server.stdout.read() or "")
        for secret in [*secrets_seen, Provider.SECRET, "subject-17", "koordinaattori@example.fi", "AADSTS50126"]:
            assert secret not in written, "a secret is in the log"
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()
        provider.close()
