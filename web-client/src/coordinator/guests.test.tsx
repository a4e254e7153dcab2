import type { Invitation, SessionShown } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { type Drawn, draw } from "../testing/draw";
import { fakeOffice } from "../testing/staff_fixtures";
import { Guests } from "./guests";
import type { Office } from "./office";

const AINO: Invitation = {
  person: 15,
  name: "Kirjailija Aino",
  role: "guest",
  link: "https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA15",
  code: "K7PM4RXT",
};

async function guests(
  change: Partial<Office> = {},
  session: Partial<SessionShown> = {},
  parts: { has_mail?: boolean } = {},
) {
  const office = fakeOffice({
    invite: vi.fn<Office["invite"]>(() => Promise.resolve({ kind: "ok", value: { invitations: [AINO] } })),
    addStaff: vi.fn(fakeOffice().addStaff),
    sendMail: vi.fn(fakeOffice().sendMail),
    removePerson: vi.fn(fakeOffice().removePerson),
    ...change,
  });
  const shown = await office.session(3);
  if (shown.kind !== "ok") throw new Error("no session");
  const onMade = vi.fn();
  const onChange = vi.fn();
  const onRenew = vi.fn();
  const drawn = await draw(() => (
    <Guests
      office={office}
      session={{ ...shown.value, ...session }}
      has_mail={parts.has_mail ?? false}
      onChange={onChange}
      onMade={onMade}
      onRenew={onRenew}
    />
  ));
  return { drawn, office, onMade, onChange, onRenew };
}

async function add(drawn: Drawn, name: string, email?: string) {
  await drawn.write("[name=guest-name]", name);
  if (email !== undefined) await drawn.write("[name=guest-email]", email);
  await drawn.does(() => {
    drawn.root.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
}
const nameIn = (drawn: Drawn) => drawn.root.querySelector<HTMLInputElement>("[name=guest-name]")?.value;
const AS_GUEST = [{ person: 15, name: "Kirjailija Aino", role: "guest" as const, invited: true }];

describe("guests of a session", () => {
  it("are added by name, and have their link and code at once", async () => {
    const { drawn, office, onMade } = await guests();
    expect(drawn.words()).toContain("Kerralla ei ole vieraita.");
    await add(drawn, " Kirjailija Aino ");
    expect(office.addStaff).toHaveBeenCalledWith(3, { role: "guest", name: "Kirjailija Aino" });
    expect(office.invite).toHaveBeenCalledWith(3, [15], false);
    expect(onMade).toHaveBeenCalledWith([AINO]);
    expect(nameIn(drawn)).toBe("");
  });

  it("without a name are not added, and a refused one stays in the field with the reason", async () => {
    const addStaff = vi.fn<Office["addStaff"]>(() =>
      Promise.resolve({ kind: "refused", refusal: { word: "name_not_allowed" } }),
    );
    const { drawn, onMade } = await guests({ addStaff });
    await add(drawn, "  ");
    expect(addStaff).not.toHaveBeenCalled();
    expect(drawn.words()).toContain("Nimi puuttuu.");
    await add(drawn, "Aino\u202e");
    expect(drawn.words()).toContain("Nimessä on merkkejä, joita ei voi käyttää.");
    expect(nameIn(drawn)).toBe("Aino\u202e");
    expect(onMade).not.toHaveBeenCalled();
  });

  it("have a letter where there is an address, and no link is shown that the letter would end", async () => {
    const { drawn, office, onMade, onChange } = await guests({}, {}, { has_mail: true });
    await add(drawn, "Kirjailija Aino", "aino@esimerkki.fi");
    expect(office.addStaff).toHaveBeenCalledWith(3, {
      role: "guest",
      name: "Kirjailija Aino",
      email: "aino@esimerkki.fi",
    });
    expect(office.sendMail).toHaveBeenCalledWith(3, [15]);
    expect(office.invite).not.toHaveBeenCalled();
    expect(onMade).not.toHaveBeenCalled();
    expect(onChange).toHaveBeenCalled();
    expect(drawn.words()).toContain("Kutsu lähtee sähköpostilla.");
  });

  it("have their link shown when the letter cannot go", async () => {
    const sendMail: Office["sendMail"] = () =>
      Promise.resolve({ kind: "refused", refusal: { word: "not_now" } });
    const { drawn, onMade } = await guests({ sendMail }, {}, { has_mail: true });
    await add(drawn, "Kirjailija Aino", "aino@esimerkki.fi");
    expect(onMade).toHaveBeenCalledWith([AINO]);
  });

  it("with an address that is none are not added", async () => {
    const addStaff: Office["addStaff"] = () =>
      Promise.resolve({
        kind: "refused",
        refusal: { word: "invalid" },
        errors: [{ reason: "email_unclear", value: "aino@" }],
      });
    const { drawn, office } = await guests({ addStaff }, {}, { has_mail: true });
    await add(drawn, "Aino", "aino@");
    expect(drawn.words()).toContain("”aino@”");
    expect(office.invite).not.toHaveBeenCalled();
  });

  it("that are invited already keep their link, and a new one is the coordinator's to make", async () => {
    const invite: Office["invite"] = () => Promise.resolve({ kind: "ok", value: { invitations: [] } });
    const { drawn, onMade, onRenew } = await guests({ invite }, { people: AS_GUEST });
    await add(drawn, "Kirjailija Aino");
    expect(drawn.words()).toContain("Kirjailija Aino on jo kutsuttu.");
    expect(onMade).not.toHaveBeenCalled();
    await drawn.press("Tee uusiTee uusi kutsu: Kirjailija Aino");
    expect(onRenew).toHaveBeenCalledWith(AS_GUEST[0]);
  });

  it("are taken out after a question, but not when they have been in the room", async () => {
    const { drawn, office, onChange } = await guests({}, { people: AS_GUEST });
    await drawn.press("PoistaPoista vieras: Kirjailija Aino");
    expect(office.removePerson).not.toHaveBeenCalled();
    await drawn.press("Poista");
    expect(office.removePerson).toHaveBeenCalledWith(3, 15);
    expect(onChange).toHaveBeenCalled();

    const removePerson: Office["removePerson"] = () =>
      Promise.resolve({ kind: "refused", refusal: { word: "not_now" } });
    const there = await guests({ removePerson }, { people: AS_GUEST });
    await there.drawn.press("PoistaPoista vieras: Kirjailija Aino");
    await there.drawn.press("Poista");
    expect(there.drawn.words()).toContain("Vieras on jo ollut huoneessa.");
  });

  it("are neither added nor taken out when the day is over", async () => {
    const { drawn } = await guests({}, { phase: "sealed", people: AS_GUEST });
    expect(drawn.root.querySelector("form")).toBeNull();
    expect(() => drawn.button("PoistaPoista vieras: Kirjailija Aino")).toThrow();
    expect(drawn.words()).toContain("Kirjailija Aino");
  });
});
