#!/usr/bin/env python3
"""What a machine needs for 1, 10 and 50 rooms of 90 people in the session mix: memory, processor, disk and network,
from the server's own figures. It is what deploy/runbook/capacity.md has. Build first: tests/run.sh protocol.

    tests/bench/capacity.py [--rooms 1,10,50] [--seconds 60] [--build build]
"""

import argparse
import contextlib
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
import bench  # noqa: E402
import servers  # noqa: E402

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PEOPLE = 90
DAY_SECONDS = 4 * 60 * 60
MIB = 1024 * 1024


class Watched(servers.Etakahvila):
    """The server, with its figures, on all processors."""

    workers = 0

    def __init__(self, *parts):
        super().__init__(*parts)
        self.figures_at = f"127.0.0.1:{servers.free_port()}"

    def command(self):
        words = super().command()
        words[words.index("--metrics-listen") + 1] = self.figures_at
        return words

    def figures(self):
        text = urllib.request.urlopen(f"http://{self.figures_at}/metrics", timeout=30).read().decode()
        lines = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)
        return {name: float(value) for name, value in lines}

    def database_bytes(self):
        """Of a server that has ended, and so has its log in its database."""
        return (self.folder / "data/etakahvila.sqlite").stat().st_size


def share(figures, name, part):
    """The bound of a histogram within which so many of its values are."""
    steps = [
        (float(bound), figures[f'{name}_bucket{{le="{bound}"}}'])
        for bound in re.findall(rf'{name}_bucket\{{le="([^"]+)"\}}', "\n".join(figures))
    ]
    steps.sort()
    return next((bound for bound, count in steps if count >= part * steps[-1][1]), float("inf"))


def mix(tools, server, rooms, seconds):
    """The session mix for so long: what the load saw, the figures before and after, and what the database grew by."""
    server.launch()
    server.wait_until_it_listens()
    before, begin = server.database_bytes(), server.figures()
    run = tools.load(
        server, "--work", "mix", "--rooms", rooms, "--people", PEOPLE, "--voice-frame", 60, "--voice-bytes", 180,
        "--seconds", seconds, at_most=seconds + 240,
    )  # fmt: skip
    end = server.figures()
    server.stop()
    return run, begin, end, server.database_bytes() - before


def measure(tools, rooms, seconds):
    with bench.running(tools.make(Watched, f"rooms-{rooms}", core=None)) as server:
        empty = server.figures()
        server.make_rooms(rooms, PEOPLE)
        server.stop()
        # Coming in costs as much in both: what is left is the time between.
        short = seconds / 4
        *_, grown_at_first = mix(tools, server, rooms, short)
        run, begin, end, grown = mix(tools, server, rooms, seconds)
    cpu = end["process_cpu_seconds_total"] - begin["process_cpu_seconds_total"]
    sent = end["etakahvila_sent_bytes_total"] - begin["etakahvila_sent_bytes_total"]
    return {
        "rooms": rooms,
        "people": rooms * PEOPLE,
        "memory MiB": end["process_resident_memory_bytes"] / MIB,
        "of it without rooms": empty["process_resident_memory_bytes"] / MIB,
        "processors": cpu / seconds,
        "disk MiB a day": (grown - grown_at_first) / (seconds - short) * DAY_SECONDS / MIB,
        "network Mbit/s": sent * 8 / seconds / 1e6,
        "answers p99 s, within": share(end, "etakahvila_command_answer_seconds", 0.99),
        "commits p99 s, within": share(end, "etakahvila_commit_seconds", 0.99),
        "lines lost": run["lost_lines"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", default="1,10,50")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--build", default=str(PROJECT / "build"))
    options = parser.parse_args()
    # Each person is a socket or two, at both ends.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start; {options.seconds} s each")
    print(subprocess.run(["uname", "-srm"], capture_output=True, text=True, check=True).stdout.strip())
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        tools = bench.Tools(options.build, pathlib.Path(folder))
        for number, rooms in enumerate(int(each) for each in options.rooms.split(",")):
            row = measure(tools, rooms, options.seconds)
            if number == 0:
                print("| " + " | ".join(row) + " |")
                print("|" + "---|" * len(row))
            print("| " + " | ".join(f"{value:.4g}" for value in row.values()) + " |", flush=True)


if __name__ == "__main__":
    main()
