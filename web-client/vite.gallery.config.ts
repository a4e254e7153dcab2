import { resolve } from "node:path";
import { defineConfig } from "vite";
import { protocol } from "./vite.config";

const here = import.meta.dirname;

/** The screens without a server: http://127.0.0.1:5180/?screen=waiting */
export default defineConfig({
  root: resolve(here, "src/testing/gallery"),
  publicDir: resolve(here, "public"),
  cacheDir: resolve(here, "node_modules/.vite-gallery"),
  resolve: { alias: protocol },
  server: { host: "127.0.0.1", port: 5180, strictPort: true, fs: { allow: [resolve(here, "..")] } },
});
