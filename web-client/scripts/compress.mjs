// Lays a .br and a .gz beside every text file of dist/, so that the server sends them as they are.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = resolve(import.meta.dirname, "../dist");
const text = new Set([".html", ".js", ".css", ".svg", ".json", ".txt"]);

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !text.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  // The server fills their places first.
  if (entry.parentPath === join(dist, "pages")) continue;
  const bytes = readFileSync(path);
  // Which mode, window and distances make a file smaller differs from file to file.
  const [brotli] = [constants.BROTLI_MODE_TEXT, constants.BROTLI_MODE_GENERIC]
    .flatMap((mode) => [16, 17, 22].map((window) => ({ mode, window, distances: [0, 0] })))
    .concat(
      [
        [0, 4],
        [1, 12],
        [2, 4],
      ].map((distances) => ({ mode: constants.BROTLI_MODE_GENERIC, window: 16, distances })),
    )
    .map(({ mode, window, distances: [postfix, direct] }) =>
      brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          [constants.BROTLI_PARAM_MODE]: mode,
          [constants.BROTLI_PARAM_LGWIN]: window,
          [constants.BROTLI_PARAM_LGBLOCK]: direct > 0 ? 16 : 0,
          [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
          [constants.BROTLI_PARAM_NDIRECT]: direct,
        },
      }),
    )
    .sort((a, b) => a.length - b.length);
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}
