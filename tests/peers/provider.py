"""A provider of OpenID Connect as small as one can be, over TLS, and what a browser does with it. For tests alone."""

import base64
import hashlib
import http.server
import json
import secrets
import ssl
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Provider:
    """Signs in whoever is `subject`, or nobody, at once: there is no page of its own. Without being told to ask it goes
    on with who has been signed in there for an hour. `claims` changes what a token says; None takes a claim out. Each
    code works once, with its verifier."""

    CLIENT, SECRET = "kahvila", "salainen: sana/1"

    def __init__(self, certificate, key, back_to):
        self.back_to = back_to
        self.subject = "subject-17"
        self.claims = {}
        self.is_cancelled = False
        self.asked_for_keys = 0
        self._codes = {}
        self.rotate()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                provider._get(self)

            def do_POST(self):
                provider._post(self)

            def log_message(self, *_):
                pass

        self._handler = Handler
        self._context = context
        self._server = None
        self.open(0)
        self.issuer = f"https://localhost:{self.port}"

    def open(self, port=None):
        address = ("127.0.0.1", self.port if port is None else port)
        self._server = http.server.ThreadingHTTPServer(address, self._handler)
        self._server.socket = self._context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def rotate(self):
        """Another key, by another name; the one before is gone."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._kid = secrets.token_hex(4)

    def _answer(self, handler, status, body, fields=()):
        data = json.dumps(body).encode()
        handler.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(data))), *fields):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    def _get(self, handler):
        path, _, query = handler.path.partition("?")
        if path == "/.well-known/openid-configuration":
            return self._answer(
                handler,
                200,
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": self.issuer + "/authorize",
                    "token_endpoint": self.issuer + "/token",
                    "jwks_uri": self.issuer + "/keys",
                    "response_types_supported": ["code"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                },
            )
        if path == "/keys":
            self.asked_for_keys += 1
            public = self._key.public_key().public_numbers()
            key = {"kty": "RSA", "use": "sig", "kid": self._kid, "n": number(public.n), "e": number(public.e)}
            return self._answer(handler, 200, {"keys": [key]})
        if path == "/authorize":
            asked = dict(urllib.parse.parse_qsl(query, strict_parsing=True))
            # Exact, as every provider should have it.
            exact = (asked["client_id"], asked["redirect_uri"], asked["response_type"], asked["code_challenge_method"])
            if exact != (self.CLIENT, self.back_to, "code", "S256") or "openid" not in asked["scope"].split():
                return self._answer(handler, 400, {"error": "invalid_request"})
            back = {"state": asked["state"], "iss": self.issuer}
            if self.is_cancelled:
                back |= {"error": "access_denied", "error_description": "AADSTS50126 <script>"}
            else:
                code = "0.AX/" + secrets.token_urlsafe(200)
                is_asked = "login" in asked.get("prompt", "").split() and asked.get("max_age") == "0"
                shown_at = int(time.time()) - (0 if is_asked else 3600)
                self._codes[code] = (asked["code_challenge"], asked["nonce"], self.subject, shown_at)
                back["code"] = code
            where = self.back_to + "?" + urllib.parse.urlencode(back)
            return self._answer(handler, 302, {}, [("Location", where)])
        return self._answer(handler, 404, {})

    def _post(self, handler):
        form = dict(urllib.parse.parse_qsl(handler.rfile.read(int(handler.headers["Content-Length"])).decode()))
        given = base64.b64decode(handler.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if [urllib.parse.unquote(part) for part in given.split(":")] != [self.CLIENT, self.SECRET]:
            return self._answer(handler, 401, {"error": "invalid_client"})
        kept = self._codes.pop(form.get("code"), None)
        challenge = base64url(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if kept is None or kept[0] != challenge or form.get("redirect_uri") != self.back_to:
            return self._answer(handler, 400, {"error": "invalid_grant"})
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.CLIENT,
            "sub": kept[2],
            "nonce": kept[1],
            "iat": now,
            "exp": now + 300,
            "auth_time": kept[3],
            # What nobody is bound by.
            "name": "Koordinaattori",
            "email": "koordinaattori@example.fi",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        parts = [{"alg": "RS256", "kid": self._kid}, claims]
        signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        token = signed + "." + base64url(signature)
        return self._answer(handler, 200, {"access_token": "a", "token_type": "Bearer", "id_token": token})
