import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { fakeAccountRequests } from "../testing/staff_fixtures";
import { type AccountRequests, takeProviderOutcome } from "./account";
import { SignIn } from "./sign_in";

const site: AccountRequests["site"] = () =>
  Promise.resolve({ kind: "ok", value: { now: 0, provider: "Kirjaudu Helsingin tunnuksella" } });

async function page(
  outcome: Parameters<typeof SignIn>[0]["outcome"],
  change: Partial<AccountRequests> = { site },
) {
  return draw(() => (
    <SignIn requests={fakeAccountRequests(change)} outcome={outcome} onIn={() => undefined} />
  ));
}

describe("the city's own sign-in", () => {
  it("is a link of its own name, only where there is one", async () => {
    const with_it = await page(null);
    const link = with_it.root.querySelector<HTMLAnchorElement>('a[href="/api/sign-in/provider"]');
    expect(link?.textContent).toBe("Kirjaudu Helsingin tunnuksella");
    const without = await page(null, {});
    expect(without.root.querySelector('a[href="/api/sign-in/provider"]')).toBeNull();
  });

  it("says in a sentence what was in the way, and lets one go on by name and password", async () => {
    for (const [outcome, words] of [
      ["cancelled", "jäi kesken"],
      ["again", "Aloita alusta"],
      ["down", "ei vastaa"],
      ["locked", "lukittu"],
      ["wrong", "ei toimi nyt"],
    ] as const) {
      const drawn = await page(outcome);
      expect(drawn.words(".note")).toContain(words);
      expect(drawn.root.querySelector("#sign-in-password")).toBeTruthy();
    }
  });

  it("shows whoever is bound to nobody a code for the coordinator", async () => {
    const drawn = await page("unbound", {
      site,
      bindingCode: () =>
        Promise.resolve({ kind: "ok", value: { code: "K7PM 4RXT", until: 1_796_282_100_000 } }),
    });
    expect(drawn.words("main h1")).toBe("Kerro tämä koodi koordinaattorille");
    expect(drawn.words(".secret")).toBe("K7PM 4RXT");
    await drawn.press("Takaisin kirjautumiseen");
    expect(drawn.words("main h1")).toBe("Kirjaudu sisään");
  });

  it("says when the code is too old", async () => {
    const drawn = await page("unbound");
    expect(drawn.words(".note.stop")).toContain("Aloita alusta");
  });
});

describe("what was in the way", () => {
  const at = (hash: string, replaceState = vi.fn()) => ({
    word: takeProviderOutcome(
      { hash, pathname: "/staff", search: "" } as Location,
      { replaceState } as unknown as History,
    ),
    replaceState,
  });

  it("leaves the address bar, and is one of the words that are known", () => {
    const { word, replaceState } = at("#provider=cancelled");
    expect(word).toBe("cancelled");
    expect(replaceState).toHaveBeenCalledWith(null, "", "/staff");
    expect(at("#provider=anything").word).toBe("wrong");
    expect(at("#Fh6NGzko8IdmxNKFvUsrVA").word).toBeNull();
  });
});
