#!/usr/bin/env python3
"""Measures the server beside its peers, on the same work, in one run. Called by run.sh, which builds and installs what
is needed.

Server on one core, load on the other; what counts is the server's CPU time for each delivery, as the kernel counts it,
for all of a server's threads and processes. Servers take turns, several rounds; told are medians, ranges and ratios of
the same run. Latencies mean something on a machine that does nothing else only."""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
import servers  # noqa: E402

SERVER_CORE, LOAD_CORE = 0, 1
OURS = servers.Etakahvila


class Tools:
    def __init__(self, build, folder):
        self.build = pathlib.Path(build) / "bin"
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
             "-subj", "/CN=localhost", "-keyout", self.key, "-out", self.certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        self.folder = folder

    def make(self, server, name, tls=True, core=SERVER_CORE, **settings):
        made = server(self.folder / name, self, tls, core)
        for setting, value in settings.items():
            setattr(made, setting, value)
        return made

    def load(self, server, *arguments, at_most=300):
        command = ["taskset", "-c", str(LOAD_CORE), str(self.build / "etakahvila-bench-load"), *server.load_arguments()]
        for process in server.processes():
            command += ["--process", str(process)]
        done = subprocess.run(
            command + [str(each) for each in arguments], capture_output=True, text=True, timeout=at_most
        )
        if done.returncode != 0:
            raise RuntimeError(f"{server.name}: {done.stderr.strip()}")
        return json.loads(done.stdout)


@contextlib.contextmanager
def running(server):
    try:
        server.start()
        yield server
    finally:
        server.stop()


def people_in(arguments):
    return arguments[arguments.index("--people") + 1] if "--people" in arguments else 90


def spread(values):
    values = [value for value in values if value is not None]
    return {"median": statistics.median(values), "least": min(values), "most": max(values)} if values else None


class Bench:
    def __init__(self, options, tools):
        self.options = options
        self.tools = tools
        self.quick = options.quick
        self.peers = [servers.PEERS[name] for name in options.peers]
        self.result = {"machine": machine(), "quick": options.quick, "works": {}}

    def say(self, text):
        if not self.options.json:
            print(text, flush=True)

    def run(self):
        self.say(self.result["machine"]["text"])
        for part in self.options.only or PARTS:
            PARTS[part](self)
        self.result["machine"]["load_after"] = os.getloadavg()[0]
        if self.options.json:
            print(json.dumps(self.result, indent=1))

    # ------------------------------------------------------------------------- messages, beside the peers

    def messages(self):
        works = [
            ("single message of 120 bytes to 90", ["--bytes", 120]),
            ("single message of 200 bytes to 90", ["--bytes", 200]),
            ("burst of 10, 120 bytes, to 90", ["--bytes", 120, "--burst", 10, "--rate", 80]),
            ("single message of 120 bytes to 300", ["--bytes", 120, "--people", 300]),
            ("single message of 200 bytes to 300", ["--bytes", 200, "--people", 300]),
        ]
        if self.quick:
            works = [works[0], works[2], works[3]]
        for tls in [True] if self.quick or self.options.tls_only else [True, False]:
            self.beside_peers("TLS" if tls else "plain", tls, works)

    def beside_peers(self, line, tls, works):
        rounds = self.options.rounds or (3 if self.quick else 7)
        seconds = 1.5 if self.quick else 4
        with contextlib.ExitStack() as stack:
            all_servers = [
                stack.enter_context(running(self.tools.make(server, f"{server.name}-{line}", tls)))
                for server in [*self.peers, OURS]
            ]
            ours = all_servers[-1]
            # Two rooms on the same server: who measures 90 and who measures 300.
            people = {}
            for count in {people_in(arguments) for _, arguments in works}:
                ours.make_rooms(1, count)
                people[count] = ours.people_file
            figures = {name: {server.name: [] for server in all_servers} for name, _ in works}
            for _ in range(rounds):
                for name, arguments in works:
                    ours.people_file = people[people_in(arguments)]
                    for server in all_servers:
                        figures[name][server.name].append(self.tools.load(server, "--seconds", seconds, *arguments))
        for name, _ in works:
            self.tell_beside(f"{name}, {line}", figures[name])
        self.tell_one_more(line, [server.name for server in all_servers])

    def tell_one_more(self, line, names):
        """What a message costs by itself, and what one more receiver of it costs: from 90 and 300 of the same run."""
        told = self.result["works"][f"one more receiver, {line}"] = {}
        self.say(f"\na message of 120 bytes by itself, and one more receiver, {line}")
        for name in names:
            few, many = (
                self.result["works"][f"single message of 120 bytes to {people}, {line}"][name]["cpu_us_per_delivery"][
                    "median"
                ]
                * people
                for people in (90, 300)
            )
            each = (many - few) / 210
            told[name] = {"message_us": few - 90 * each, "receiver_us": each}
            ratio = f"  {each / told['bare']['receiver_us']:.2f} × bare" if "bare" in told else ""
            self.say(f"{name:16}{few - 90 * each:>8.0f} µs + {each:.2f} µs for each receiver{ratio}")

    def tell_beside(self, name, figures):
        told = self.result["works"][name] = {}
        bare = [figure["cpu_us_per_delivery"] for figure in figures.get("bare", [])]
        self.say(
            f"\n{name}\n{'':16}{'CPU µs per delivery':>30}{'× bare':>22}{'delivered ms p50/p99/p99.9':>30}{'bytes':>7}"
        )
        for server, runs in figures.items():
            cpu = spread([run["cpu_us_per_delivery"] for run in runs])
            ratio = spread([run["cpu_us_per_delivery"] / of for run, of in zip(runs, bare, strict=False)])
            latency = {
                part: statistics.median(run["delivery_ms"][part] for run in runs) for part in ("p50", "p99", "p999")
            }
            told[server] = {"cpu_us_per_delivery": cpu, "times_bare": ratio, "delivery_ms": latency, "runs": runs}
            self.say(
                f"{server:16}{cpu['median']:>12.2f} ({cpu['least']:.2f}-{cpu['most']:.2f})".ljust(46)
                + (f"{ratio['median']:>8.2f} ({ratio['least']:.2f}-{ratio['most']:.2f})" if ratio else "").rjust(22)
                + f"{latency['p50']:.2f} / {latency['p99']:.2f} / {latency['p999']:.2f}".rjust(30)
                + f"{runs[0]['bytes_per_delivery']:.0f}".rjust(7)
            )

    # ------------------------------------------------------------------------------------ voice

    def voice(self):
        """One speaks, 90 listen, beside the bare loop; then many rooms, silence, and listeners who do not read."""
        for frame, size in [(20, 60)] if self.quick else [(20, 60), (60, 180)]:
            self.voice_beside_bare(frame, size)
        seconds = 10 if self.quick else 30
        for frame, size in [(60, 180)] if self.quick else [(60, 180), (20, 60)]:
            run = self.alone(
                f"voice-20-{frame}",
                20,
                90,
                "--work",
                "voice",
                "--chat-every",
                2,
                "--voice-frame",
                frame,
                "--voice-bytes",
                size,
                "--seconds",
                seconds,
                core=None,
                workers=2,
            )
            late, chat = run["voice_ms"], run["chat_ms"]
            self.tell(
                f"20 rooms of 90 on both cores, {frame} ms frames, with a chat", run,
                f"frames p50 {late['p50']:.1f} p99 {late['p99']:.1f} p99.9 {late['p999']:.1f} ms, "
                f"{100 * run['late_share']:.3f} % later than 100 ms, missing {run['missing']:.0f}; "
                f"chat p99 {chat['p99']:.1f} ms; server {100 * run['server_cpu']:.0f} % of a core, load "
                f"{100 * run['load_cpu']:.0f} %; lines lost {run['lost_voice_lines']:.0f}",
            )  # fmt: skip
        run = self.alone("voice-silent", 1, 91, "--work", "voice", "--silent", "--seconds", 12)
        self.tell("silence", run, f"{run['messages_per_second']:.2f} messages a second for each listener")
        run = self.alone(
            "voice-frozen", 1, 91, "--work", "voice", "--voice-bytes", 180, "--frozen", 40, "--seconds", 12
        )
        self.tell(
            "40 of 90 listeners do not read",
            run,
            f"{run['grown_kib'] / 40:.1f} KiB of RSS each; missing for the others {run['missing']:.0f}, p99 "
            f"{run['voice_ms']['p99']:.1f} ms; lines given up as silent {run['lost_voice_lines']:.0f}",
        )

    def voice_beside_bare(self, frame, size):
        rounds = self.options.rounds or (3 if self.quick else 7)
        arguments = [
            "--work",
            "voice",
            "--people",
            91,
            "--voice-bytes",
            size,
            "--voice-frame",
            frame,
            "--seconds",
            3 if self.quick else 6,
        ]
        figures = {"etakahvila": [], "bare": []}
        for each in range(rounds):
            for peer in (OURS, servers.PEERS["bare"]):
                server = self.tools.make(peer, f"{peer.name}-voice-{frame}-{each}")
                with running(server):
                    if peer is OURS:
                        server.make_rooms(1, 91)
                    figures[peer.name].append(self.tools.load(server, *arguments))
        ratios = spread(
            [
                ours["cpu_us_per_delivery"] / bare["cpu_us_per_delivery"]
                for ours, bare in zip(figures["etakahvila"], figures["bare"], strict=True)
            ]
        )
        cpu = {name: spread([run["cpu_us_per_delivery"] for run in runs]) for name, runs in figures.items()}
        self.tell(
            f"one speaks, 90 listen, frames of {frame} ms, TLS",
            {"times_bare": ratios, "cpu_us_per_delivery": cpu, "runs": figures},
            f"{cpu['etakahvila']['median']:.2f} µs of CPU for each delivered frame, the bare loop "
            f"{cpu['bare']['median']:.2f}: {ratios['median']:.2f} × ({ratios['least']:.2f}-{ratios['most']:.2f})",
        )  # fmt: skip

    # --------------------------------------------------------------------------------- ours alone

    def alone(self, name, rooms, people, *arguments, restarted=False, **settings):
        server = self.tools.make(OURS, name, **settings)
        with running(server):
            server.make_rooms(rooms, people)
            # What planning left in memory is not the connections'.
            if restarted:
                server.restart()
            return self.tools.load(server, "--rooms", rooms, "--people", people, *arguments)

    def tell(self, name, figures, line):
        self.result["works"][name] = figures
        self.say(f"{name}: {line}")

    def mix(self):
        """The session mix, with more and more rooms, until they are late."""
        self.say(
            "\nthe session mix: for each room 90 people, voice in frames of 60 ms 70 % of the time, a message every "
            "2 s, a floor change every 10 s, one who drops and resumes every 20 s, heartbeats"
        )
        for rooms in [20] if self.quick else [1, 20, 50, 75, 100]:
            run = self.alone(
                f"mix-{rooms}",
                rooms,
                90,
                "--work",
                "mix",
                "--voice-frame",
                60,
                "--voice-bytes",
                180,
                "--seconds",
                8 if self.quick else 20,
            )
            answer, last, voice = run["answer_ms"], run["last_ms"], run["voice_ms"]
            self.tell(
                f"session mix, {rooms} rooms on one core", run,
                f"answers p50 {answer['p50']:.1f} p99 {answer['p99']:.1f} ms; "
                f"last of 90 p50 {last['p50']:.1f} p99 {last['p99']:.1f} ms; "
                f"voice p99 {voice['p99']:.1f} p99.9 {voice['p999']:.1f} ms; "
                f"back in p99 {run['resume_ms']['p99']:.0f} ms; "
                f"server {100 * run['server_cpu']:.0f} % of its core, load {100 * run['load_cpu']:.0f} %; "
                f"missing {run['missing']:.0f}, lines lost {run['lost_lines']:.0f}",
            )  # fmt: skip

    def idle(self):
        for tls in [True] if self.quick else [True, False]:
            rooms = 20 if self.quick else 112
            run = self.alone(f"idle-{tls}", rooms, 90, "--work", "idle", "--seconds", 6, restarted=True, tls=tls)
            self.tell(
                f"{rooms * 90} idle connections, {'TLS' if tls else 'plain'}",
                run,
                f"{run['kib_per_connection']:.1f} KiB of RSS each, rooms and all; "
                f"heartbeats take {100 * run['server_cpu']:.1f} % of a core",
            )

    def joins(self):
        for rooms, at_once in [(1, 90)] if self.quick else [(1, 90), (56, 256)]:
            for tickets in (False, True):
                # Both cores, as in life; the load takes its share of them.
                run = self.alone(
                    f"joins-{rooms}-{tickets}",
                    rooms,
                    90,
                    "--work",
                    "joins",
                    "--at-once",
                    at_once,
                    *(["--resumes-tls"] if tickets else []),
                    core=None,
                    workers=2,
                )
                how = "session tickets" if tickets else "full handshakes"
                name = f"{rooms * 90} joins over TLS with a snapshot, {how}"
                self.tell(
                    name,
                    run,
                    f"{run['seconds']:.2f} s; {run['cpu_us_per_join']:.0f} µs of CPU each; "
                    f"p50 {run['join_ms']['p50']:.0f} p99 {run['join_ms']['p99']:.0f} ms",
                )

    def growth(self):
        """CPU for each delivery in more rooms, and in larger ones, each as lively as the others."""
        if self.quick:
            return
        self.say("\ngrowth: 4 messages a second in each room")
        for rooms, people in [(1, 90), (10, 90), (50, 90), (100, 90), (3, 300)]:
            run = self.alone(
                f"growth-{rooms}-{people}", rooms, people, "--rate", 4 * rooms, "--seconds", 8, restarted=True
            )
            self.tell(
                f"{rooms} rooms of {people}",
                run,
                f"{run['cpu_us_per_delivery']:.2f} µs for each delivery; "
                f"{run['kib_per_connection']:.1f} KiB for each connection; "
                f"server {100 * run['server_cpu']:.0f} % of its core",
            )

    def restart(self):
        done = subprocess.run(
            [str(self.tools.build / "etakahvila-bench-restart")], capture_output=True, text=True, check=True
        )
        self.say("\nrestart: reading a room's journal")
        for line in done.stdout.splitlines():
            run = json.loads(line)
            self.tell(
                f"journal of {run['steps']} steps",
                run,
                f"{run['load_ms']:.1f} ms to read and check, {run['restore_ms']:.1f} ms to the room that was; "
                f"{run['kib']} KiB on disk",
            )

    def start(self):
        server = self.tools.make(OURS, "start")
        with running(server):
            times = [1000 * server.restart() for _ in range(5 if self.quick else 15)]
        told = spread(times)
        self.tell("from start to accepting", told, f"{told['median']:.0f} ms ({told['least']:.0f}-{told['most']:.0f})")


PARTS = {
    part: getattr(Bench, part) for part in ("messages", "voice", "mix", "idle", "joins", "growth", "restart", "start")
}


def machine():
    name = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    load = os.getloadavg()[0]
    return {
        "processor": name,
        "cores": os.cpu_count(),
        "load_before": load,
        "text": f"{name}, {os.cpu_count()} cores, load {load:.1f} before the run"
        + (": latencies say little" if load > 0.5 else ""),
    }


def main():
    parser = argparse.ArgumentParser(prog="run.sh")
    parser.add_argument("--quick", action="store_true", help="at most three minutes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--peers",
        default="",
        help="all, or names with commas: " + ", ".join(servers.PEERS) + "; without it those that are there already",
    )
    parser.add_argument("--only", default="", help="parts with commas: " + ", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--tls-only", action="store_true")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.only = [part for part in options.only.split(",") if part]
    named = list(servers.PEERS) if options.peers == "all" else [name for name in options.peers.split(",") if name]
    usual = ["bare", "ws", "libwebsockets"] if options.quick else list(servers.PEERS)
    options.peers = []
    for name in named or usual:
        why = servers.can_run(servers.PEERS[name])
        if why and named:
            sys.exit(f"{name} cannot be measured: {why}")
        if why:
            print(f"without {name}: {why}", file=sys.stderr)
        else:
            options.peers.append(name)
    began = time.monotonic()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="etakahvila-bench-"))
    try:
        Bench(options, Tools(options.build, folder)).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not options.json:
        print(f"\ntook {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
