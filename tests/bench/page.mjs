// Runs page.ts. The browser's tools are the web client's own.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const client = new URL("../../web-client/", import.meta.url);
const { runnerImport } = await import(createRequire(new URL("package.json", client)).resolve("vite"));
const { module } = await runnerImport(fileURLToPath(new URL("page.ts", import.meta.url)), {
  configFile: false,
  logLevel: "error",
  root: fileURLToPath(client),
  resolve: { alias: { "playwright-core": fileURLToPath(new URL("node_modules/playwright-core/index.mjs", client)) } },
});
await module.run();
