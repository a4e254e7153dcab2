"""Reads lcov, prints how many lines of each file are reached, by part; fails below the bound."""

import collections
import pathlib
import sys

LEAST_PERCENT = 95
PARTS = {
    "codec": ("base/", "journal/step_codec"),
    "journal": ("journal/", "records/"),
    "parser": ("people/", "config/", "net/", "api/", "house/", "voice/"),
}


def part_of(file):
    return next(part for part, prefixes in PARTS.items() if file.startswith(prefixes))


def main():
    server, lcov = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    reached = collections.defaultdict(dict)
    file = None
    for line in lcov.read_text().splitlines():
        if line.startswith("SF:"):
            file = str(pathlib.Path(line[3:]).relative_to(server))
        elif line.startswith("DA:"):
            number, count = line[3:].split(",")[:2]
            reached[file][int(number)] = max(reached[file].get(int(number), 0), int(count))
    sums = collections.Counter()
    print("| file | lines | reached | % |\n|---|---|---|---|")
    for file, lines in sorted(reached.items(), key=lambda entry: (part_of(entry[0]), entry[0])):
        hit = sum(count > 0 for count in lines.values())
        sums[part_of(file), "lines"] += len(lines)
        sums[part_of(file), "hit"] += hit
        print(f"| {file} | {len(lines)} | {hit} | {100 * hit / len(lines):.1f} |")
        if "--lines" in sys.argv:
            text = (server / file).read_text().splitlines()
            for number, count in sorted(lines.items()):
                if count == 0:
                    print(f"    {file}:{number}: {text[number - 1].strip()}", file=sys.stderr)
    is_enough = True
    for part in PARTS:
        percent = 100 * sums[part, "hit"] / sums[part, "lines"]
        is_enough = is_enough and percent >= LEAST_PERCENT
        print(f"| **{part}** | {sums[part, 'lines']} | {sums[part, 'hit']} | {percent:.1f} |")
    sys.exit(0 if is_enough else 1)


main()
