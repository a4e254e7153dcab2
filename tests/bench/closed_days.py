#!/usr/bin/python3
"""What days that are over cost in memory: a server lives through so many of them, of 90 people each, one day after the
other. All are entered by everyone, gone live, closed, decided on and sealed. Then it is started anew, its night's job
has run, and somebody looks at the list of all days. Memory is read when it has started, when all days have been looked
at, and when its rooms have been put away again. Build first: tests/run.sh protocol.

    tests/bench/closed_days.py [--days 1,300] [--build build]
"""

import argparse
import asyncio
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import struct
import sys
import tempfile
import time
import zoneinfo

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests/peers"))
from house import House  # noqa: E402
from python_peer import Client, Door, trusting  # noqa: E402

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
HOUR_MS = 3_600_000
PEOPLE = 90
# The day's own staff: two facilitators and two moderators.
PARTICIPANTS = PEOPLE - 4
# A coordinator's link is good for some days.
LINK_DAYS = 3
# How often a server looks which rooms may rest, and then some.
PUT_AWAY_SECONDS = 330


class SleptClock:
    """The clock of tests/browser/slept_clock.cpp: whatever is started from here on lives by it."""

    def __init__(self, build, folder):
        self._file = pathlib.Path(folder) / "clock"
        self._file.write_bytes(bytes(16))
        # Ten o'clock of today in Helsinki, whatever the hour is.
        now = datetime.datetime.now(HELSINKI)
        self._first_ms = int((now.replace(hour=10, minute=0, second=0) - now).total_seconds() * 1000)
        os.environ |= {
            "LD_PRELOAD": str(pathlib.Path(build).resolve() / "bin/etakahvila-slept-clock.so"),
            "ETAKAHVILA_SLEPT_CLOCK": str(self._file),
        }
        self.go_on(0)

    def go_on(self, hours):
        """To so many hours after the first ten o'clock."""
        slept_ms = int(hours * HOUR_MS)
        with self._file.open("r+b") as file:
            file.write(struct.pack("=qq", self._first_ms + slept_ms, slept_ms))
        self._hours = hours

    def date(self):
        ahead = datetime.timedelta(milliseconds=self._first_ms + self._hours * HOUR_MS)
        return (datetime.datetime.now(HELSINKI) + ahead).date()


class Site:
    """The server, asked over one line."""

    def __init__(self, build, folder):
        self.house = House(str(pathlib.Path(build).resolve() / "bin/etakahvila"), folder)
        self.start()

    def start(self):
        self.house.start()
        self.tls = trusting(self.house.certificate)
        self.line = http.client.HTTPSConnection(self.house.origin.removeprefix("https://"), context=self.tls)
        self.key = None

    def sign_in(self):
        self.key = self.house.run("invite", "--coordinator").split("#")[1]

    def ask(self, method, path, body=None, kind="application/json"):
        fields = {"Content-Type": kind, "Origin": self.house.origin, "Authorization": f"Bearer {self.key}"}
        form = body if body is None or isinstance(body, str) else json.dumps(body)
        self.line.request(method, path, form and form.encode(), fields)
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status != 200:
            sys.exit(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def memory_kib(self):
        status = pathlib.Path(f"/proc/{self.house.process_id}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


async def live(site, number, date):
    """A day from its plan to its seal."""
    plan = {"theme": "Uni", "series": f"Päivä {number}", "date": date, "start": "09:00", "end": "13:00"}
    day = f"/api/sessions/{site.ask('POST', '/api/sessions', plan)['id']}"
    rows = "".join(f"Vieras {one};kuntouttava työtoiminta;Ohjaaja\n" for one in range(PARTICIPANTS))
    site.ask("POST", f"{day}/registrations", "nimi;päätöksen laji;työnjohtaja\n" + rows, "text/csv")
    invited = site.ask("POST", f"{day}/invitations", {})["invitations"]
    links = {}
    for one in invited:
        links.setdefault(one["role"], []).append(one["link"].split("#")[1])
    door = Door(site.house.origin, site.tls)
    chair = Client(door, {"secret": links["facilitator"][0]})
    await chair.do("open_doors")
    for count, secret in enumerate(links["participant"]):
        site.ask("POST", "/api/enter", {"secret": secret, "name": f"Marja {count}", "netiquette": True})
    await chair.do("go_live")
    await chair.do("close_session")
    clerks = [Client(door, {"secret": secret}) for secret in links["moderator"]]
    await clerks[0].until(lambda: clerks[0].room.the("attendance_day"))
    lines = clerks[0].room.all("attendance_line")
    # Each at the pace that one person is allowed.
    await asyncio.gather(*(decide(clerk, lines[place :: len(clerks)]) for place, clerk in enumerate(clerks)))
    await clerks[0].until(lambda: all("mark" in line for line in clerks[0].room.all("attendance_line")))
    await clerks[0].do("seal_attendance", version=clerks[0].room.the("attendance_day")["version"])
    await asyncio.gather(*(client.leave() for client in (chair, *clerks)))


async def decide(clerk, lines):
    for line in lines:
        row = {"person": line["person"], "version": line["version"]}
        await clerk.do("mark_attendance", **row, mark="present", source="phone")


def measure(build, days):
    """KiB of memory: as it has started, with all days looked at, and at rest."""
    with tempfile.TemporaryDirectory() as folder:
        clock = SleptClock(build, folder)
        site = Site(build, folder)
        with contextlib.ExitStack() as ends:
            ends.callback(site.house.stop)
            for number in range(days):
                clock.go_on(24 * number)
                if number % LINK_DAYS == 0:
                    site.sign_in()
                asyncio.run(live(site, number, clock.date().isoformat()))
            clock.go_on(24 * days)
            site.house.stop()
            site.start()
            site.sign_in()
            # What is due by then goes, as in any night.
            before = time.time() * 1000
            while site.ask("GET", "/api/keeping").get("last_run_at", 0) < before + (24 * days - 24) * HOUR_MS:
                time.sleep(1)
            started = site.memory_kib()
            listed = site.ask("GET", "/api/sessions")["sessions"]
            if len(listed) < days:
                sys.exit(f"{len(listed)} days are in the list, and not {days}")
            looked_at = site.memory_kib()
            clock.go_on(24 * days + 2)
            time.sleep(PUT_AWAY_SECONDS)
            return started, looked_at, site.memory_kib()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", default="1,300")
    parser.add_argument("--build", default=str(PROJECT / "build"))
    options = parser.parse_args()
    print("| days | started MiB | all looked at MiB | at rest MiB |\n|---|---|---|---|")
    at_rest = []
    for days in (int(each) for each in options.days.split(",")):
        found = measure(options.build, days)
        at_rest.append(found[-1])
        print(f"| {days} | " + " | ".join(f"{kib / 1024:.1f}" for kib in found) + " |", flush=True)
    print(f"at rest, the last beside the first: {at_rest[-1] / at_rest[0]:.3f}")


if __name__ == "__main__":
    main()
