import { describe, expect, it } from "vitest";
import type { Key, LinkAnswer } from "../connection/entrance";
import { draw } from "../testing/draw";
import { FakeEntrance, FakeKeep } from "../testing/fakes";
import { Door } from "./door";

const SECRET: Key = { secret: "s".repeat(22) };

const link = (
  change: Partial<LinkAnswer> = {},
  session: Partial<NonNullable<LinkAnswer["session"]>> = {},
) => ({
  kind: "ok" as const,
  value: {
    role: "participant" as const,
    session: {
      id: 1,
      theme: "Uni",
      series: "Etäkahvila",
      starts_at: Date.UTC(2026, 11, 3, 7),
      ends_at: Date.UTC(2026, 11, 3, 11),
      phase: "doors_open" as const,
      help_phone: "09 000 0000",
      ...session,
    },
    entered: false,
    ...change,
  },
});

async function door(entrance: FakeEntrance, pass: Key | null = SECRET) {
  const keep = new FakeKeep();
  const page = await draw((app) => <Door page={{ app, keep, entrance }} pass={pass} />, { keep });
  return { ...page, keep };
}

describe("the door", () => {
  it("greets: the right place, the theme, the time, five manners, one big button", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const page = await door(entrance);
    expect(page.words(".theme")).toContain(
      "Tervetuloa. Olet oikeassa paikassa. Uni Torstaina 3.12. kello 9–13",
    );
    expect(page.root.querySelectorAll(".manners li")).toHaveLength(5);
    expect(page.words(".dock")).toBe("Kun tulet mukaan, lupaat toimia näin. Tule kahvilaan");
    expect(page.root.querySelector("a[href='tel:090000000']")).not.toBeNull();
  });

  it("asks for a name before it asks the server", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    const page = await door(entrance);
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(entrance.entered).toEqual([]);
    expect(page.words("#name-trouble")).toBe("Nimi puuttuu. Kirjoita nimi. Lempinimi käy hyvin.");
    expect(page.root.querySelector("#name")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("says why a name will not do, beside the field, and lets it be mended", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "refused", refusal: { word: "name_like_staff" } }];
    const page = await door(entrance);
    await page.write("#name", "Ohjaaja 1");
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words("#name-trouble")).toContain("Se muistuttaa ohjaajan nimeä. Valitse toinen nimi.");
    await page.write("#name", "Mustikka");
    expect(page.root.querySelector("#name-trouble")).toBeNull();
  });

  it("waits calmly while the doors are closed, and opens by itself", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({}, { phase: "planned" });
    const page = await door(entrance);
    expect(page.words("main")).toContain("Ovet eivät ole vielä auki.");
    expect(page.root.querySelector(".dock button")?.getAttribute("aria-disabled")).toBe("true");
    entrance.link = link();
    await page.pass(20_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
  });

  it("keeps what is written, the focus and the help while it waits, though a look fails", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ name: "Maija Meikäläinen" }, { phase: "planned" });
    const page = await door(entrance);
    const field = () => page.root.querySelector<HTMLInputElement>("#name");
    await page.write("#name", "Mustikka");
    field()?.focus();
    await page.press("Pyydä apua");
    for (const failed of [
      { kind: "unreachable" },
      { kind: "unknown" },
      { kind: "refused", refusal: { word: "too_fast" } },
    ] as const) {
      entrance.link = failed;
      await page.pass(20_000);
      expect(page.words("main")).toContain("Ovet eivät ole vielä auki.");
    }
    entrance.link = link({ name: "Maija Meikäläinen" });
    await page.pass(20_000);
    expect(page.words(".dock")).toContain("Tule kahvilaan");
    expect(field()?.value).toBe("Mustikka");
    expect(document.activeElement).toBe(field());
    expect(page.root.querySelector("dialog[open]")).not.toBeNull();
  });

  it("says that the link is bad when it has been taken back while somebody reads", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link();
    entrance.tickets = [{ kind: "unknown" }];
    const page = await door(entrance);
    await page.write("#name", "Mustikka");
    entrance.link = { kind: "unknown" };
    await page.does(() => page.root.querySelector<HTMLFormElement>("#join")?.requestSubmit());
    expect(page.words("h1")).toBe("Tämä linkki ei toimi");
  });

  it("does not ask for the manners twice", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({ entered: true, name: "Mustikka" });
    const page = await door(entrance);
    expect(page.words(".theme")).toContain("Tervetuloa takaisin, Mustikka.");
    expect(page.root.querySelector(".manners")).toBeNull();
    expect(page.root.querySelector<HTMLInputElement>("#name")?.value).toBe("Mustikka");
  });

  it("says in plain words whom to ask when the link is bad, and takes a code instead", async () => {
    const entrance = new FakeEntrance();
    const page = await door(entrance);
    expect(page.words("h1")).toBe("Tämä linkki ei toimi");
    expect(page.words("main")).toContain("Kysy uusi linkki siltä, joka lähetti kutsun sinulle.");

    await page.write(".boxes input", "abc");
    await page.does(() => page.root.querySelector<HTMLFormElement>("form")?.requestSubmit());
    expect(page.words("#code-trouble")).toBe("Koodista puuttuu merkkejä. Siinä on 8 merkkiä.");

    entrance.link = link();
    await page.write(".boxes input", "abcd 2345");
    await page.does(() => page.root.querySelector<HTMLFormElement>("form")?.requestSubmit());
    expect(page.words(".theme")).toContain("Uni");
    expect(page.keep.get("key")).toBe('{"code":"ABCD2345"}');
  });

  it("asks for the link or the code when there is neither", async () => {
    const page = await door(new FakeEntrance(), null);
    expect(page.words("h1")).toBe("Tervetuloa Etäkahvilaan");
  });

  it("says that there is no line, and tries again when asked", async () => {
    const entrance = new FakeEntrance();
    entrance.link = { kind: "unreachable" };
    const page = await door(entrance);
    expect(page.words("h1")).toBe("Emme saa yhteyttä");
    entrance.link = link();
    await page.press("Yritä nyt");
    expect(page.words(".theme")).toContain("Uni");
  });

  it("says that the session is over", async () => {
    const entrance = new FakeEntrance();
    entrance.link = link({}, { phase: "closed" });
    expect((await door(entrance)).words("h1")).toBe("Tämä kerta on päättynyt");
  });
});
