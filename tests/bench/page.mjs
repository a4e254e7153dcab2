// Runs page.ts. The browser's tools are the web client's own: page.ts stands elsewhere, so they are handed to it.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const client = new URL("../../web-client/", import.meta.url);
globalThis.browserTools = await import(new URL("node_modules/playwright-core/index.mjs", client));
const tools = {
  name: "browser-tools",
  enforce: "pre",
  resolveId: (id) => (id === "playwright-core" ? "\0browser-tools" : undefined),
  load: (id) =>
    id === "\0browser-tools" ? "export const { chromium } = globalThis.browserTools;" : undefined,
};
const { runnerImport } = await import(createRequire(new URL("package.json", client)).resolve("vite"));
const { module } = await runnerImport(fileURLToPath(new URL("page.ts", import.meta.url)), {
  configFile: false,
  logLevel: "error",
  root: fileURLToPath(client),
  plugins: [tools],
});
await module.run();
