#!/usr/bin/env python3
"""No line of code is wider than 120 columns. Prose and data are not counted."""

import sys

import files

CODE = ("*.cpp", "*.hpp", "*.ts", "*.tsx", "*.mjs", "*.css", "*.py", "*.sh", "*CMakeLists.txt", "*.in")
COLUMNS_MAX = 120


def main():
    count, wide = 0, []
    for name in files.names(*CODE):
        for number, line in enumerate((files.PROJECT / name).read_text().splitlines(), 1):
            count += 1
            if len(line) > COLUMNS_MAX:
                wide.append(f"{name}:{number}: {len(line)} columns")
    print("\n".join(wide) if wide else f"lines: {count}, none wider than {COLUMNS_MAX} columns")
    return 1 if wide else 0


if __name__ == "__main__":
    sys.exit(main())
