// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as api from "@protocol/api";
import * as absences from "@protocol/api_absences";
import * as appointments from "@protocol/api_appointments";
import * as feedback from "@protocol/api_feedback";
import * as keeping from "@protocol/api_keeping";
import * as own_account from "@protocol/api_own_account";
import * as own_page from "@protocol/api_own_page";
import * as phone_days from "@protocol/api_phone_days";
import * as provider from "@protocol/api_provider";
import * as work from "@protocol/api_work";
import { describe, expect, it } from "vitest";
import { ask } from "./entrance";

// The golden requests that the server's tests read too (protocol/examples/README.md).

interface Example {
  name: string;
  route: string;
  path?: Record<string, number | string>;
  query?: object;
  address?: string;
  body?: object;
  answer?: object;
  ok?: boolean;
}

const folder = fileURLToPath(new URL("../../../protocol/examples/api", import.meta.url));
const examples: Example[] = readdirSync(folder)
  .flatMap((file): Example[] => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")))
  .filter(({ ok }) => ok !== false);
const csv = new Blob(["Nimi"]);
const functions: Record<string, unknown> = {
  ...api,
  ...absences,
  ...appointments,
  ...feedback,
  ...own_account,
  ...keeping,
  ...own_page,
  ...phone_days,
  ...provider,
  ...work,
};

/** The function of the route, given what stands in the path, the body and the query as the example has them. */
function questionOf({ route, path, query, address, body }: Example): api.Question<object> {
  const name = route.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const make = functions[name] as ((...parts: unknown[]) => api.Question<object>) | undefined;
  if (!make) throw new Error(`there is no function ${name}`);
  const is_post = address?.startsWith("POST") ?? false;
  const takes_body = is_post && make.length > Object.keys(path ?? {}).length;
  return make(...Object.values(path ?? {}), ...(takes_body ? [body ?? csv] : []), ...(query ? [query] : []));
}

describe("a golden request", () => {
  it.each(examples.map((example) => [example.name, example] as const))(
    "is asked as %s",
    async (_, example) => {
      const question = questionOf(example);
      const is_file = example.answer === undefined;
      let sent: RequestInit = {};
      let address = "";
      const fetch = (path: unknown, init?: RequestInit) => {
        sent = init ?? {};
        address = `${init?.method ?? "GET"} ${path}`;
        const headers: Record<string, string> = is_file ? { "Content-Disposition": "attachment" } : {};
        return Promise.resolve(new Response(JSON.stringify(example.answer ?? {}), { headers }));
      };
      const answer = await ask(fetch, null, question);
      expect(address).toBe(example.address);
      if (example.body) expect(sent.body).toBe(JSON.stringify(example.body));
      else expect(sent.body).toBe(example.address?.startsWith("POST") ? csv : undefined);
      expect(answer).toEqual({ kind: "ok", value: is_file ? expect.any(Blob) : example.answer });
    },
  );

  it("is there for each route", () => {
    const routes = new Set(
      examples.map(({ route }) => route.replace(/_(.)/g, (_, each: string) => each.toUpperCase())),
    );
    // What puts a query together is no route.
    const asked = Object.entries(functions).flatMap(([name, value]) =>
      typeof value === "function" && value !== functions.queryText ? [name] : [],
    );
    expect([...routes].sort()).toEqual(asked.sort());
  });

  it("that is answered by somebody between us and the server is no connection", async () => {
    const between = () => Promise.resolve(new Response('{"hello":"captive net"}'));
    expect(await ask(between, null, api.listSessions())).toEqual({ kind: "unreachable" });
  });
});
