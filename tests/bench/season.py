#!/usr/bin/env python3
"""How long a coordinator waits for a season, by HTTP on the real server: the import of a list of people, the sheet of
their letters, the page of the programme and of one person. Once for 300 people on 19 days, once for 5,000 enrolments in
as many seasons as it takes. Medians of seven; the import and the sheet are done once."""

import base64
import http.client
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / "build/bin/etakahvila"
ROUNDS = 7


class Site:
    """A server of its own, on loopback, with its records in a folder that goes with it."""

    def __init__(self, folder):
        where = ["--data", folder, "--site", "http://localhost:8080"]
        printed = subprocess.run(
            [PROGRAM, "invite", "--coordinator", *where], check=True, capture_output=True, text=True
        ).stdout
        self.key = printed.strip().split("#")[1]
        web = ["--web", str(PROJECT / "web-client/dist")]
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", "--metrics-listen", "", *where, *web], stdout=subprocess.PIPE, text=True
        )
        line = next(each for each in self.process.stdout if each.startswith("listening on"))
        self.line = http.client.HTTPConnection("127.0.0.1", int(line.rsplit(":", 1)[1]), timeout=300)

    def ask(self, method, path, body=None):
        """The answer, and how long it took, in ms."""
        fields = {"Authorization": f"Bearer {self.key}", "Host": "localhost:8080"}
        begin = time.monotonic()
        self.line.request(method, path, None if body is None else json.dumps(body), fields)
        answer = self.line.getresponse()
        text = answer.read()
        took = (time.monotonic() - begin) * 1000
        if answer.status != 200:
            sys.exit(f"{method} {path}: {answer.status} {text[:300]!r}")
        return (json.loads(text) if text[:1] == b"{" else text), took

    def again(self, path):
        return statistics.median(self.ask("GET", path)[1] for _ in range(ROUNDS))


def season(site, number, series, year):
    """A period of 19 Thursdays and 300 people from one file; its path, how many days, and how long the import took."""
    form = {"name": f"Jakso {number}", "first_day": f"{year}-01-07", "last_day": f"{year}-05-15", "weekday": 4}
    form |= {"start": "9", "end": "13", "doors_minutes": 30, "series": series, "skipped": [], "skip_moves_turn": True}
    period, _ = site.ask("POST", "/api/periods", form)
    path = f"/api/periods/{period['id']}"
    made, _ = site.ask("POST", f"{path}/make", {})
    part = [{"series": one, "way": "room", "instead": False} for one in series]
    packages, _ = site.ask("POST", f"{path}/packages", {"name": "Torstaipaketti", "parts": part})
    people = "".join(
        f"Henkilö{number}x{one} Sukunimi{number}y{one};Kuntouttava työtoiminta;Työnjohtaja {one % 12}\n"
        for one in range(300)
    )
    file = base64.b64encode(f"Nimi;Päätös;Työnjohtaja\n{people}".encode()).decode()
    body = {"file": file, "dry_run": False, "package": packages["packages"][0]["id"]}
    _, took = site.ask("POST", f"{path}/people/file", body | {"people": [], "choices": [], "packages": []})
    return path, len(made["created"]), took


def look(site, path, what):
    people, listed = site.ask("GET", f"{path}/people")
    if len(people["people"]) != 300:
        sys.exit(f"{len(people['people'])} people are in the season, and not 300")
    one = people["people"][0]["person"]
    programme = site.again(path)
    person = site.again(f"{path}/people/{one}")
    print(f"{what}: programme page {programme:.0f} ms, people {listed:.0f} ms, one person {person:.0f} ms")


def main():
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        try:
            names = ["Osallisuus ja liikunta", "Etätyövalmennus", "Etäkahvila"]
            for name in names:
                site.ask(
                    "POST", "/api/series", {"name": name, "is_for_all": True, "kinds": [], "start": "9", "end": "13"}
                )
            listed, _ = site.ask("GET", "/api/series")
            series = [one["id"] for one in listed["series"]]
            path, days, took = season(site, 0, series, 2031)
            links, made = site.ask("POST", f"{path}/links", {})
            given = [{name: one[name] for name in ("person", "link", "code")} for one in links["invitations"]]
            _, drawn = site.ask("POST", f"{path}/links/sheet", {"format": "xlsx", "invitations": given})
            print(f"{days} days, {len(given)} people: import {took:.0f} ms, links {made:.0f} ms, sheet {drawn:.0f} ms")
            look(site, path, "one season")
            enrolled = 300
            while enrolled < 5000:
                number = enrolled // 300
                path, days, took = season(site, number, series, 2031 + number)
                enrolled += 300
            print(f"{enrolled} enrolments, {days * enrolled // 300} days: the last import {took:.0f} ms")
            look(site, path, "many seasons")
        finally:
            site.process.terminate()
            site.process.wait()


if __name__ == "__main__":
    main()
