#!/usr/bin/env python3
"""A room that is joined by somebody else's WebSocket library, over TLS: it comes in twice, as a
facilitator and as a participant, opens the room, says something, and is told.
    room.py ETAKAHVILA COMMAND…     COMMAND is run with: the origin, the facilitator's secret, the participant's"""

import datetime
import subprocess
import sys
import tempfile
import zoneinfo

program, peer = sys.argv[1], sys.argv[2:]

with tempfile.TemporaryDirectory() as folder:
    data = ["--data", folder + "/data"]

    def run(*words):
        return subprocess.run([program, *words, *data], check=True, capture_output=True, text=True).stdout.strip()

    today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Helsinki")).date().isoformat()
    session = run("session", "add", "--series", "Koe", "--theme", "Uni", "--date", today, "--start", "08:00", "--end", "16:00")
    run("session", "staff", session, "--role", "facilitator", "--name", "Ohjaaja")
    run("session", "staff", session, "--role", "guest", "--name", "Vieras")
    secrets = {}
    for line in run("invite", session).splitlines():
        role = line.split()[0]
        if "#" in line:
            secrets[role] = line.split("#")[1].split()[0]

    key, certificate = folder + "/key.pem", folder + "/certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    server = subprocess.Popen([program, "serve", "--listen", "127.0.0.1", "--port", "0", "--tls-certificate", certificate, "--tls-key", key, *data], stdout=subprocess.PIPE, text=True)
    try:
        origin = "https://localhost:" + server.stdout.readline().strip().rsplit(":", 1)[1]
        # The peer trusts this certificate, and checks it.
        told = subprocess.run([*peer, origin, certificate, secrets["facilitator"], secrets["guest"]], timeout=60)
    finally:
        server.terminate()
        ended = server.wait()
    sys.exit(told.returncode or ended)
