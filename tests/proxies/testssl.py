#!/usr/bin/env python3
"""Debian's testssl.sh looks at the TLS and the heads of a server whose options are as they come.
testssl.py ETAKAHVILA     fails on each finding of severity MEDIUM, HIGH or CRITICAL"""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))

from authority import Authority  # noqa: E402
from house import House  # noqa: E402

WITHIN_S = 1200
# Not what it says of the certificate: that one is the tests' own. Not which cipher it prefers: all that are weak
# `--std` has found by then, and each question more costs a handshake for each cipher.
LOOKS = ["--protocols", "--std", "--headers"]
LOOKS += ["--heartbleed", "--ccs-injection", "--ticketbleed", "--robot", "--renegotiation", "--crime", "--breach"]
LOOKS += ["--poodle", "--tls-fallback", "--sweet32", "--beast", "--lucky13", "--freak", "--logjam", "--drown", "--rc4"]
SEVERE = {"MEDIUM", "HIGH", "CRITICAL", "FATAL"}
EXPECTED = {
    "BREACH": "the page that it reads is a file, the same for everybody: there is no secret in it to guess at",
}


def findings(authority, origin, folder):
    report = pathlib.Path(folder) / "testssl.json"
    # Nobody else is asked: no names, no lists of what was revoked.
    command = ["testssl", "--quiet", "--color", "0", "--warnings", "batch", "--nodns", "none", "--ip", "127.0.0.1"]
    command += ["--add-ca", authority.certificate, "--jsonfile", str(report), *LOOKS, origin]
    said = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=folder, timeout=WITHIN_S
    )
    if not report.exists():
        raise SystemExit("testssl has found nothing out:\n" + said.stdout[-2000:] + said.stderr[-2000:])
    return json.loads(report.read_text())


def main():
    with tempfile.TemporaryDirectory(prefix="etakahvila-") as folder:
        authority = Authority(folder)
        server = House(str(pathlib.Path(sys.argv[1]).resolve()), folder, tls=(authority.site, authority.key))
        server.start()
        try:
            found = findings(authority, server.origin, folder)
        finally:
            code = server.stop()
    assert code == 0, "the server did not end well"
    looked = {finding["id"] for finding in found}
    # It has come to the first and to the last of them, by a way of TLS that there is.
    missing = {"TLS1_2", "TLS1_3", "HSTS_time", "heartbleed", "RC4"} - looked
    assert not missing, f"not looked at: {missing}"
    severe = {each["id"]: f"{each['severity']} {each['finding']}" for each in found if each["severity"] in SEVERE}
    assert EXPECTED.keys() <= severe.keys(), f"no longer found: {EXPECTED.keys() - severe.keys()}"
    bad = [f"not so: {name}: {words}" for name, words in severe.items() if name not in EXPECTED]
    if bad:
        raise SystemExit("\n".join(bad))
    print(f"ok    testssl.sh finds nothing severe among {len(found)} findings")


main()
