#!/usr/bin/env python3
"""Reads off a program what was asked of compiler and linker (deploy/package/hardening.cmake).

hardening.py PROGRAM …: one line for each thing that is not so, and 1 at the end.
"""

import re
import subprocess
import sys


def read(program: str, *what: str) -> str:
    return subprocess.run(["readelf", "--wide", *what, program], check=True, capture_output=True, text=True).stdout


def code_of(program: str) -> str:
    command = ["objdump", "--disassemble", "--no-show-raw-insn", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def missing_in(program: str) -> list[str]:
    head = read(program, "--file-header")
    segments = read(program, "--segments")
    dynamic = read(program, "--dynamic")
    notes = read(program, "--notes")
    symbols = set(re.findall(r"UND (\w+)", read(program, "--dyn-syms")))
    flags = " ".join(re.findall(r"\(FLAGS(?:_1)?\)\s+(?:Flags: )?(.+)", dynamic))
    stack = re.search(r"GNU_STACK.*?\s(R\w?E?)\s", segments)
    found = {
        "it can lie at any address (PIE)": "DYN " in head and "PIE" in flags,
        "the tables of the linker are read-only (RELRO)": "GNU_RELRO" in segments,
        "all is bound at the start (now)": "NOW" in flags,
        "the stack does not run": stack is not None and "E" not in stack[1],
        "nothing is writable and runs": not re.search(r"LOAD.*\sRWE\s", segments),
        "returns are watched by a canary": "__stack_chk_fail" in symbols,
        "the C library checks sizes (FORTIFY)": any(re.search(r"^__\w+_chk$", name) for name in symbols - CANARY),
        "it looks for libraries in no folder of its own": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
    }
    if "X86-64" in head:
        found["jumps land where they may (IBT, SHSTK)"] = "IBT" in notes and "SHSTK" in notes
        found["a large frame touches each of its pages (stack clash)"] = PROBE.search(code_of(program)) is not None
    return [what for what, is_so in found.items() if not is_so]


CANARY = {"__stack_chk_fail"}
# Changes nothing: whoever writes it wants to have been there. A compiler that was not asked for it writes none.
PROBE = re.compile(r"\bor[bwlq]\s+\$0x0,(?:0x[0-9a-f]+)?\(%rsp\)")

is_good = True
for name in sys.argv[1:]:
    for what in missing_in(name):
        is_good = False
        print(f"{name}: not so: {what}")
sys.exit(0 if is_good else 1)
