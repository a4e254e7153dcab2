import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { FakeMeetings, PHONE_NOW } from "../testing/phone_day_fixtures";
import { MeetingsPage } from "./meetings_page";

async function page(server = new FakeMeetings()) {
  const drawn = await draw(() => <MeetingsPage requests={server.requests} now={() => PHONE_NOW} />);
  const choose = (label: string) =>
    drawn.does(() => {
      const found = [...drawn.root.querySelectorAll("label")].find((one) => one.textContent?.includes(label));
      if (!found) throw new Error(`no ${label} in: ${drawn.words()}`);
      found.querySelector("input")?.click();
    });
  const submit = (form: string) =>
    drawn.does(() => {
      drawn.root.querySelector(form)?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
  const asked = () => server.asked.map((body) => ({ ...(body as object), once: undefined }));
  const onces = () => server.asked.map((body) => (body as { once?: string }).once);
  return { ...drawn, server, choose, submit, asked, onces };
}

describe("a meeting", () => {
  it("is saved in three presses: who, how long, save", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    await drawn.choose("45 min");
    expect(drawn.words(".lead")).toBe("3. Kanerva, kasvokkain, 45 min. Merkintä: läsnä.");
    await drawn.submit("form.sheet");
    expect(drawn.asked()).toEqual([
      { person: 151, session: 51, kind: "face_to_face", minutes: 45, mark: "present", once: undefined },
    ]);
    expect(drawn.app.announcer.polite.value).toBe("Tallennettu: Kanerva, 45 min.");
  });

  it("takes the length that was agreed, and shows those of today alone", async () => {
    const drawn = await page();
    await drawn.choose("Käpy");
    expect(drawn.root.querySelector<HTMLInputElement>("#meeting-written")?.value).toBe("25");
    expect(drawn.words(".picks")).toContain("Puhelimella kello 11.30, sovittu");
    expect(drawn.words(".picks")).not.toContain("Saukko");
    expect(drawn.words("[aria-labelledby=coming-title]")).toContain(
      "Saukko Kotikäynti pe 18.12. kello 13.00",
    );
  });

  it("is with anybody who is found by name, of another kind and mark", async () => {
    const drawn = await page();
    await drawn.press("Joku muu");
    await drawn.press("Valitse : Poro");
    await drawn.choose("Kotikäynti");
    await drawn.choose("Osan aikaa");
    await drawn.submit("form.sheet");
    expect(drawn.words("form .note")).toContain("Kirjoita minuutit numeroina");
    await drawn.write("#meeting-partial", "20");
    await drawn.write("#meeting-note", " Oven koodi vaihtuu ");
    await drawn.submit("form.sheet");
    expect(drawn.asked()).toEqual([
      {
        person: 8,
        kind: "home",
        minutes: 60,
        mark: "partial",
        mark_minutes: 20,
        note: "Oven koodi vaihtuu",
        once: undefined,
      },
    ]);
  });

  it("is sent again under the same name, and keeps what was chosen", async () => {
    const drawn = await page();
    await drawn.submit("form.sheet");
    expect(drawn.words("form .note")).toContain("Valitse, kenen kanssa tapaaminen oli.");
    await drawn.choose("Kanerva");
    drawn.server.is_away = true;
    await drawn.submit("form.sheet");
    expect(drawn.words("form .note")).toContain("Ei tallentunut. Valinnat ovat tallella.");
    drawn.server.is_away = false;
    await drawn.submit("form.sheet");
    await drawn.choose("Käpy");
    await drawn.submit("form.sheet");
    const [first, again, another] = drawn.onces();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(first);
    expect(another).not.toBe(first);
  });

  it("is with whom is found last, though an agreed one was chosen before", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    await drawn.press("Joku muu");
    await drawn.press("Valitse : Poro");
    expect(drawn.words(".lead")).toContain("Poro");
    await drawn.submit("form.sheet");
    expect(drawn.asked()).toEqual([
      { person: 8, kind: "face_to_face", minutes: 60, mark: "present", once: undefined },
    ]);
  });

  it("sends no day and no start with an agreed one", async () => {
    const drawn = await page();
    await drawn.write("form input[type=date]", "2020-12-16");
    await drawn.write("#meeting-start", "9.30");
    await drawn.choose("Kanerva");
    await drawn.submit("form.sheet");
    expect(drawn.asked()).toEqual([
      { person: 151, session: 51, kind: "face_to_face", minutes: 60, mark: "present", once: undefined },
    ]);
  });

  /** What was said before has been heard. */
  const ANNOUNCED_MS = 3_000;
  const FIRST = "Ensimmäinen yritys oli tallentunut. Tarkista, ja peru se, jos se on väärin.";

  it("does not say that corrected words were saved, when the first try had been", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    drawn.server.loses_answer = true;
    await drawn.submit("form.sheet");
    drawn.server.loses_answer = false;
    await drawn.choose("45 min");
    await drawn.write("#meeting-note", "Ovi oli lukossa");
    await drawn.submit("form.sheet");
    expect(drawn.words("form .note")).toContain(FIRST);
    await drawn.pass(ANNOUNCED_MS);
    expect(drawn.app.announcer.polite.value).toBe(FIRST);
    expect(drawn.words("[aria-labelledby=held-title]")).toContain("Kanerva, 60 min");
    expect(drawn.root.querySelector<HTMLInputElement>("#meeting-note")?.value).toBe("Ovi oli lukossa");
    await drawn.choose("Käpy");
    expect(drawn.words(".lead")).toContain("Käpy, kasvokkain, 45 min");
    await drawn.submit("form.sheet");
    await drawn.pass(ANNOUNCED_MS);
    expect(drawn.app.announcer.polite.value).toBe("Tallennettu: Käpy, 45 min.");
    const [first, again, another] = drawn.onces();
    expect(again).toBe(first);
    expect(another).not.toBe(first);
  });

  it("does not say that somebody else's was saved, when the first try had been", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    drawn.server.loses_answer = true;
    await drawn.submit("form.sheet");
    drawn.server.loses_answer = false;
    await drawn.choose("Käpy");
    await drawn.submit("form.sheet");
    expect(drawn.words("form .note")).toContain(FIRST);
  });

  it("says that corrected words were saved, when they were", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    drawn.server.is_away = true;
    await drawn.submit("form.sheet");
    drawn.server.is_away = false;
    await drawn.choose("Osan aikaa");
    await drawn.write("#meeting-partial", "20");
    await drawn.submit("form.sheet");
    expect(drawn.root.querySelector("form .note")).toBeNull();
    await drawn.pass(ANNOUNCED_MS);
    expect(drawn.app.announcer.polite.value).toBe("Tallennettu: Kanerva, 60 min.");
  });

  it("shows the first try when corrected words are refused because of it", async () => {
    const drawn = await page();
    await drawn.choose("Kanerva");
    drawn.server.loses_answer = true;
    await drawn.submit("form.sheet");
    drawn.server.loses_answer = false;
    drawn.server.has_another = true;
    await drawn.choose("45 min");
    await drawn.submit("form.sheet");
    expect(drawn.root.querySelector("form .note")).not.toBeNull();
    expect(drawn.words("[aria-labelledby=held-title]")).toContain("Kanerva, 60 min");
    drawn.server.has_another = false;
    await drawn.choose("Käpy");
    await drawn.submit("form.sheet");
    expect(new Set(drawn.onces()).size).toBe(2);
  });

  it("is taken back, dropped, and sealed with the others of the day", async () => {
    const drawn = await page();
    await drawn.press("Peru: Vanamo, 30 min");
    await drawn.press("Ei pidetty: Käpy");
    await drawn.press("Vahvista 1 tapaaminen");
    expect(drawn.asked()).toEqual([
      { session: 54, once: undefined },
      { session: 52, once: undefined },
      { sessions: [54], once: undefined },
    ]);
  });

  it("is agreed on for a day and a time", async () => {
    const drawn = await page();
    await drawn.press("Sovi tapaaminen");
    await drawn.press("Valitse : Mustikka");
    await drawn.write("dialog input[type=date]", "2020-12-21");
    await drawn.write("#plan-start", "9.30");
    await drawn.write("#plan-minutes", "45");
    await drawn.write("#plan-place", "Kirjasto");
    await drawn.submit("dialog form");
    expect(drawn.asked()).toEqual([
      {
        person: 7,
        kind: "face_to_face",
        date: "2020-12-21",
        start: "9.30",
        minutes: 45,
        place: "Kirjasto",
        once: undefined,
      },
    ]);
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });
});
