"""An authority of the tests' own, and a certificate of localhost that it has signed."""

import pathlib
import subprocess


class Authority:
    """`certificate` is what clients trust; `site` is the site's certificate and `key` its key."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.certificate = str(folder / "authority.pem")
        self.site = str(folder / "site.pem")
        self.key = str(folder / "site.key")
        authority_key = str(folder / "authority.key")
        request = str(folder / "site.csr")
        names = folder / "names.cnf"
        names.write_text("subjectAltName=DNS:localhost\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl(
            "req",
            "-x509",
            *curve,
            "-days",
            "2",
            "-subj",
            "/CN=Authority of the tests",
            "-keyout",
            authority_key,
            "-out",
            self.certificate,
        )
        openssl("req", *curve, "-subj", "/CN=localhost", "-keyout", self.key, "-out", request)
        openssl(
            "x509",
            "-req",
            "-in",
            request,
            "-CA",
            self.certificate,
            "-CAkey",
            authority_key,
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            str(names),
            "-out",
            self.site,
        )


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)
