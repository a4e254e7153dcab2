// Lints the Python files that are named, and says whether they are formatted. With --mend it writes their format.
// Ruff is in no package of Debian; npm has it as WebAssembly, for this folder's Node.

import { readFileSync, writeFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";

const settings = {
  "target-version": "py311",
  "line-length": 120,
  lint: { select: ["E", "F", "B", "UP"] },
};

const ruff = new Workspace(settings, PositionEncoding.UTF8);
const names = process.argv.slice(2);
const mends = names[0] === "--mend";
if (mends) names.shift();

let faults = 0;
const tell = (name, line, words) => {
  faults += 1;
  console.log(`${name}:${line}: ${words}`);
};

for (const name of names) {
  const text = readFileSync(name, "utf8");
  const formatted = ruff.format(text);
  if (mends) writeFileSync(name, formatted);
  else if (formatted !== text) tell(name, 1, "is not formatted");
  for (const { code, message, start_location } of ruff.check(mends ? formatted : text)) {
    tell(name, start_location.row, `${code} ${message}`);
  }
}
process.exit(faults > 0 && !mends ? 1 : 0);
