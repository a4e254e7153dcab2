import type { KindBody } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { KnowKinds } from "../attendance/kinds";
import type { Office } from "../coordinator/office";
import { type Drawn, draw } from "../testing/draw";
import { fakeOffice } from "../testing/staff_fixtures";
import type { Language } from "../text/language";
import { KindsPage } from "./kinds";

const NOW = Date.UTC(2026, 11, 3, 7);

async function page(change: Partial<Office> = {}, language: Language = "fi"): Promise<Drawn> {
  const office = fakeOffice(change);
  return draw(
    () => (
      <KnowKinds ask={office.kinds}>
        <KindsPage office={office} now={NOW} />
      </KnowKinds>
    ),
    { language },
  );
}

const submit = (drawn: Drawn) =>
  drawn.does(() => {
    drawn.root.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
const field = (drawn: Drawn, name: string) => {
  const label = [...drawn.root.querySelectorAll("label")].find((one) => one.textContent?.includes(name));
  const found = label?.htmlFor ? document.getElementById(label.htmlFor) : label?.querySelector("input");
  if (!(found instanceof HTMLInputElement)) throw new Error(`no field ${name}`);
  return found;
};
const refused = (answer: object) => () => Promise.resolve({ kind: "refused" as const, ...answer } as never);

describe("the kinds of decision", () => {
  it("are listed with what they make of taking part, what is asked, and when they end", async () => {
    const drawn = await page();
    const rows = [...drawn.root.querySelectorAll(".roster > li")].map((row) => row.textContent ?? "");
    expect(rows).toHaveLength(4);
    expect(rows[0]).toContain("Sosiaalinen kuntoutus");
    expect(rows[0]).toContain("Oma tahto: ketään ei merkitä poissaolevaksi · syytä ei kysytä");
    expect(rows[2]).toContain("Sovittu yhdessä · poissaolon syyt: Oma sairaus, Muu syy");
    expect(rows[3]).toContain("Päättynyt 31.12.2020");
    // What is in use ends, and is not removed.
    expect(rows.map((row) => row.includes("Poista"))).toEqual([false, false, false, true]);
    expect((await page({}, "en")).words()).toContain("Rehabilitative work activity");
  });

  it("takes a new one, and asks for the list anew", async () => {
    const putKind = vi.fn(fakeOffice().putKind);
    const kinds = vi.fn(fakeOffice().kinds);
    const drawn = await page({ putKind, kinds });
    await drawn.press("Uusi laji");
    await drawn.write("#kind-fi", "Työpajatoiminta");
    await drawn.does(() => field(drawn, "Velvollisuus").click());
    await drawn.does(() => field(drawn, "Oma sairaus").click());
    await drawn.does(() => field(drawn, "Muu syy").click());
    await drawn.does(() => field(drawn, "Oma sairaus").click());
    await submit(drawn);
    expect(putKind.mock.calls).toEqual([[{ fi: "Työpajatoiminta", duty: "obligatory", reasons: ["other"] }]]);
    expect(drawn.root.querySelector("dialog")).toBeNull();
    expect(kinds).toHaveBeenCalledTimes(2);
  });

  it("changes one by its key, and sends nothing that is only told", async () => {
    const putKind = vi.fn((_: KindBody) => fakeOffice().putKind(_));
    const drawn = await page({ putKind });
    await drawn.press("Muokkaa : Päihdekuntoutus");
    await drawn.write("#kind-sv", "Missbrukarrehabilitering");
    await submit(drawn);
    expect(putKind.mock.calls[0]?.[0]).toEqual({
      key: "paihdekuntoutus",
      fi: "Päihdekuntoutus",
      sv: "Missbrukarrehabilitering",
      en: "Rehabilitation of substance use",
      duty: "agreed",
      reasons: [],
      last_day: "2020-12-31",
    });
  });

  it("gives a new Finnish name to the languages that had none of their own", async () => {
    const putKind = vi.fn((_: KindBody) => fakeOffice().putKind(_));
    const drawn = await page({ putKind });
    await drawn.press("Muokkaa : Kuntouttava työtoiminta");
    expect(field(drawn, "Nimi ruotsiksi").value).toBe("");
    await drawn.write("#kind-fi", "Työtoiminta");
    await submit(drawn);
    expect(putKind.mock.calls[0]?.[0]).toMatchObject({
      fi: "Työtoiminta",
      en: "Rehabilitative work activity",
    });
    expect(putKind.mock.calls[0]?.[0]).not.toHaveProperty("sv");
  });

  it("says what is wrong, and keeps what was written", async () => {
    const drawn = await page({
      putKind: refused({
        refusal: { word: "invalid" },
        errors: [
          { reason: "name_taken", value: "Sosiaalinen kuntoutus" },
          { reason: "end_before_start", value: "1.1.2026" },
        ],
      }),
    });
    await drawn.press("Uusi laji");
    await drawn.write("#kind-fi", "Sosiaalinen kuntoutus");
    await submit(drawn);
    expect(drawn.words("dialog")).toContain("Nimi ”Sosiaalinen kuntoutus” on jo käytössä.");
    expect(drawn.words("dialog")).toContain("Loppu on ennen alkua.");
    expect(field(drawn, "Nimi suomeksi").value).toBe("Sosiaalinen kuntoutus");
  });

  it("removes one that nobody has, when asked twice; one that somebody got meanwhile stays", async () => {
    const removeKind = vi.fn(refused({ refusal: { word: "not_now" } }));
    const drawn = await page({ removeKind });
    await drawn.press("Poista : Päihdekuntoutus");
    expect(removeKind).not.toHaveBeenCalled();
    await drawn.press("Poista");
    expect(removeKind).toHaveBeenCalledWith({ key: "paihdekuntoutus" });
    expect(drawn.words()).toContain("Laji on käytössä, eikä sitä voi poistaa.");
  });

  it("offers to try again when the server is not reached", async () => {
    const kinds = vi.fn(() => Promise.resolve({ kind: "unreachable" as const }));
    const drawn = await page({ kinds });
    await drawn.press("Yritä nyt");
    expect(kinds).toHaveBeenCalledTimes(2);
  });
});
