#!/usr/bin/env python3
"""No file of the web client imports itself by way of others. Types count: a circle of types is a circle to a reader."""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "web-client" / "src"
IMPORT = re.compile(r"""(?:from|import\(|import)\s*["'](\.{1,2}/[^"']+)["']""")


def target_of(source, named):
    base = (source.parent / named).resolve()
    for candidate in (base.with_name(base.name + ".ts"), base.with_name(base.name + ".tsx"), base / "index.ts", base):
        if candidate.is_file():
            return candidate
    return None


def circles_of(graph):
    """Strongly connected groups of more than one file (Tarjan)."""
    index, low, stack, on_stack, found = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on_stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = []
            while True:
                other = stack.pop()
                on_stack.discard(other)
                group.append(other)
                if other == node:
                    break
            if len(group) > 1:
                found.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return found


def main():
    sys.setrecursionlimit(10_000)
    sources = [path for path in SOURCE.rglob("*.ts*") if not path.name.endswith(".d.ts")]
    if not sources:
        sys.exit("circles: there is no file to look at")
    graph = {}
    for source in sources:
        named = IMPORT.findall(source.read_text())
        graph[source.resolve()] = [
            t for t in (target_of(source, n) for n in named) if t and t.suffix in (".ts", ".tsx")
        ]
    for targets in graph.values():
        targets[:] = [t for t in targets if t in graph]
    circles = circles_of(graph)
    for circle in circles:
        print("circle: " + ", ".join(str(path.relative_to(SOURCE.resolve())) for path in circle))
    if not circles:
        print(f"circles: none among {len(graph)} files of the web client")
    return 1 if circles else 0


if __name__ == "__main__":
    sys.exit(main())
