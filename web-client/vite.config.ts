import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

/** The server that `npm run dev` hands the API and the room to. */
const server = process.env["ETAKAHVILA_SERVER"] ?? "http://127.0.0.1:8080";

/** Where what is said over the wire is typed, and what is asked over HTTP is made. */
export const protocol = {
  "@protocol/api_absences": resolve(here, "../protocol/ts/api_absences.ts"),
  "@protocol/api_appointments": resolve(here, "../protocol/ts/api_appointments.ts"),
  "@protocol/api_feedback": resolve(here, "../protocol/ts/api_feedback.ts"),
  "@protocol/api_own_account": resolve(here, "../protocol/ts/api_own_account.ts"),
  "@protocol/api_keeping": resolve(here, "../protocol/ts/api_keeping.ts"),
  "@protocol/api_provider": resolve(here, "../protocol/ts/api_provider.ts"),
  "@protocol/api_own_page": resolve(here, "../protocol/ts/api_own_page.ts"),
  "@protocol/api_phone_days": resolve(here, "../protocol/ts/api_phone_days.ts"),
  "@protocol/api_work": resolve(here, "../protocol/ts/api_work.ts"),
  "@protocol/api": resolve(here, "../protocol/ts/api.ts"),
  "@protocol": resolve(here, "../protocol/ts/protocol.ts"),
};

/** Each page is built by itself, so that what only the staff's needs is in no chunk of the participant's. */
const pages: Record<string, string> = {
  participant: "index.html",
  staff: "staff.html",
  netiquette: "netiquette.html",
  pages: "pages.html",
};

interface Modules {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Small, and common to files that come later: with the page it weighs less than as a file of its own. */
const COMMON = /\/src\/(text\/(on_demand|sentence)|participant\/text\/aside)\.ts$/;

/** What the pages of the programme share, which come one by one: by its name it is weighed with them. */
const PROGRAMME =
  /\/src\/(programme\/(season_strip|days|icons|link_button|base64|text\/(index|programme_..))|style\/programme)\.\w+$/;

/** Of all that a page brings at once, whoever brings it too. */
function nameOfFirst(id: string, modules: Modules): string | null {
  if (COMMON.test(id)) return "page";
  if (PROGRAMME.test(id)) return "programme";
  const seen = new Set<string>();
  const wait = [id];
  for (let one = wait.pop(); one !== undefined; one = wait.pop()) {
    const info = modules.getModuleInfo(one);
    if (!info || seen.has(one)) continue;
    if (info.isEntry) return "page";
    seen.add(one);
    wait.push(...info.importers);
  }
  return null;
}

export default defineConfig(({ mode }) => {
  // The first page empties the folder, the others come beside it.
  const is_first = mode !== "staff" && mode !== "netiquette" && mode !== "pages";
  return {
    resolve: {
      alias: protocol,
    },
    build: {
      // Chrome 90 has all that 91 has, but for one fault: arguments that follow a spread one in a call behind ?. are
      // lost. Nothing of ours makes such a call, and to be spared of it every ?. would be written out at length.
      target: ["chrome91", "firefox90", "safari15"],
      // The polyfill is of no use to these browsers, and data: addresses would not pass the policy.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      emptyOutDir: is_first,
      copyPublicDir: is_first,
      rolldownOptions: {
        input: resolve(here, pages[mode] ?? "index.html"),
        // What a page names at once is one file: left alone, what later files share with it is cut into pieces, which
        // weigh more than the whole.
        output: { codeSplitting: { groups: [{ name: nameOfFirst }] } },
      },
    },
    server: {
      host: "127.0.0.1",
      fs: { allow: [resolve(here, "..")] },
      proxy: { "/api": server, "/room": { target: server, ws: true } },
    },
    test: {
      environment: "happy-dom",
      setupFiles: ["src/testing/every_language.ts"],
      include: ["src/**/*.test.{ts,tsx}"],
      restoreMocks: true,
      // Not a measure: a busy machine takes its time over a page of two hundred messages.
      testTimeout: 30_000,
    },
  };
});
