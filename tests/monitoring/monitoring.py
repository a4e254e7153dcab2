#!/usr/bin/env python3
"""What watches a server is true of it: the alerts, the board and the runbook of deploy/, by promtool and by a server
that runs. With the program's path all of it; without it what needs none.

    tests/monitoring/monitoring.py [build/bin/etakahvila]
"""

import json
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]
MONITORING = PROJECT / "deploy/monitoring"
RULES = MONITORING / "etakahvila.rules.yml"
TRIED = MONITORING / "etakahvila.rules.test.yml"
sys.path.insert(0, str(PROJECT / "tests/peers"))
sys.path.insert(0, str(PROJECT / "tests/check"))

import files  # noqa: E402
import house  # noqa: E402

# What an operator is promised, beside what the alerts and the board ask for.
PROMISED = """saving rooms_open rooms_damaged people_connected commit_seconds commit_steps command_answer_seconds
loop_lag_seconds help_waiting help_oldest_wait_seconds review_held review_oldest_seconds certificate_not_after_seconds
data_free_bytes data_used_bytes backup_last_success_timestamp_seconds mail_waiting mail_failed_total
sign_in_refused_total guesses_limited_total resume_total build_info requests_seconds trouble""".split()
OF_PROCESS = """process_cpu_seconds_total process_resident_memory_bytes process_virtual_memory_bytes process_open_fds
process_max_fds process_start_time_seconds""".split()


def promtool(*words, given=None):
    ran = subprocess.run(["promtool", *words], input=given, capture_output=True, text=True, check=False)
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, f"promtool {' '.join(map(str, words))}:\n{said}"
    return said


def alerts():
    """Each alert's name, and the lines of it."""
    parts = re.split(r"^ +- alert: (\w+)$", RULES.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def board_expressions():
    board = json.loads((MONITORING / "grafana-board.json").read_text())
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)), "two panels have one id"
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"].replace("$instance", "kahvila:9464")


def metrics_asked_for():
    """The names in the rules and on the board, without what a histogram adds to its own."""
    asked = " ".join([*(lines for lines in alerts().values()), *(expression for _, expression in board_expressions())])
    asked = re.sub(r"^ +(summary|runbook):.*$", "", asked, flags=re.MULTILINE)
    names = re.findall(r"\b(?:etakahvila|process)_\w+", asked)
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in names}


def the_rules_hold():
    promtool("check", "config", MONITORING / "prometheus.yml")
    promtool("check", "rules", RULES)
    promtool("test", "rules", TRIED)
    tried = re.findall(r"alertname: (\w+)\n +exp_alerts:( \[\])?", TRIED.read_text())
    for alert, lines in alerts().items():
        assert re.search(r"^ +severity: (critical|warning)$", lines, re.MULTILINE), f"{alert} has no severity"
        assert re.search(r"^ +summary: \S", lines, re.MULTILINE), f"{alert} has no summary"
        page = re.search(r"^ +runbook: (runbook/\S+)$", lines, re.MULTILINE)
        assert page, f"{alert} names no page of the runbook"
        assert (PROJECT / "deploy" / page[1]).exists(), f"{alert}: there is no deploy/{page[1]}"
        assert (alert, "") in tried, f"no test sees {alert} fire"
        assert (alert, " []") in tried, f"no test sees {alert} be quiet"


def the_board_holds():
    lines = ["groups:", "  - name: board", "    rules:"]
    for number, (_, expression) in enumerate(board_expressions()):
        lines += [f"      - record: board:panel:{number}", f"        expr: {json.dumps(expression)}"]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as rules:
        rules.write("\n".join(lines) + "\n")
        rules.flush()
        said = promtool("check", "rules", rules.name)
    assert f"{number + 1} rules found" in said, said


def logged_events():
    """Each word that the server's source hands to its log."""
    event = re.compile(r'\blog_?(?:\(\))?\.(?:debug|info|warning|error)\(\s*"([a-z_0-9]+)"')
    look = re.compile(r'\{"([a-z_]+_failed)",\s*\[')
    found = set()
    for name in files.names("server/*.cpp", "server/*.hpp"):
        text = (PROJECT / name).read_text()
        found |= set(event.findall(text)) | set(look.findall(text))
    return found


def the_log_is_described():
    page = (PROJECT / "deploy/runbook/log-events.md").read_text()
    told = re.findall(r"^\| `([a-z_0-9]+)` \|", page, re.MULTILINE)
    assert len(told) == len(set(told)), "an event has two rows"
    logged = logged_events()
    assert len(logged) > 50, "the source was not read"
    missing, gone = sorted(logged - set(told)), sorted(set(told) - logged)
    assert not missing, f"deploy/runbook/log-events.md has no row for: {' '.join(missing)}"
    assert not gone, f"deploy/runbook/log-events.md has a row for what nobody logs: {' '.join(gone)}"


def ask(address, fields=None, body=None):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(address, data=body, headers=fields or {})
    try:
        with urllib.request.urlopen(request, context=context) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def the_figures_hold(program):
    """Of a server that runs: with all that may be there, there."""
    with tempfile.TemporaryDirectory() as folder:
        site = house.House(program, folder, has_figures=True)
        site.run("backup", "--to", folder + "/backups")
        site.start()
        try:
            status, health = ask(site.origin + "/api/health", {"Authorization": f"Bearer {site.coordinator}"})
            # Its certificate ends in two days.
            assert status == 200 and '"what":"certificate_ends","severity":"soon"' in health, health
            assert "certificate_ends since 20" in ask(site.origin + "/readyz")[1]
            assert ask(site.origin + "/api/look", body=b"{}")[0] == 400
            assert ask(site.origin + "/metrics")[0] == 404, "the figures are on the site's listener"
            status, figures = ask(site.figures)
            assert status == 200, figures
        finally:
            code = site.stop()
    assert code == 0, f"the server ended with {code}"
    said = promtool("check", "metrics", given=figures)
    assert not said.strip(), said
    there = set(re.findall(r"^# TYPE (\S+) ", figures, re.MULTILINE))
    wanted = metrics_asked_for() | {f"etakahvila_{name}" for name in PROMISED} | set(OF_PROCESS)
    assert wanted <= there, f"no such figures: {' '.join(sorted(wanted - there))}\n{figures}"
    for secret in (*site.links.values(), *site.codes.values(), site.coordinator, "Ohjaaja", "Koe", "Uni"):
        assert secret not in figures, "a name or a secret is in the figures"


def main():
    done = []
    checks = [the_rules_hold, the_board_holds, the_log_is_described]
    for check in checks:
        check()
        done.append(check.__name__)
    if len(sys.argv) > 1:
        the_figures_hold(sys.argv[1])
        done.append("the_figures_hold")
    print("ok " + ", ".join(name.replace("_", " ") for name in done))


if __name__ == "__main__":
    main()
