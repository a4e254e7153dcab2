import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import browser from "./vitest.browser.config";

// Figures in pages, by the tools of the tests in pages.
export default defineConfig({
  ...browser,
  root: fileURLToPath(new URL("../tests/bench", import.meta.url)),
  test: { include: ["*_figures.ts"], fileParallelism: false, testTimeout: 300_000, hookTimeout: 90_000 },
});
