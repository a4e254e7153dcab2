import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The tests in pages are with the other tests; their tools are the client's own.
const tool = (name: string) => fileURLToPath(new URL(`./node_modules/${name}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL("../tests/browser", import.meta.url)),
  resolve: {
    alias: {
      vitest: tool("vitest"),
      "playwright-core": tool("playwright-core"),
    },
  },
  test: {
    include: ["*.test.ts"],
    // One server and one browser at a time: two cores carry no more.
    fileParallelism: false,
    // No measures, any of them: a busy machine may take its time.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
