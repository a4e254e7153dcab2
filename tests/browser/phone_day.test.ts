import { describe, expect, test } from "vitest";
import { DESK, PHONE } from "./running_site";
import { look, nth, openStage, signIn } from "./story";

// A day by phone, from the package that makes it to the seal; and a meeting in three presses.

interface PeriodShown {
  days: { day: string; session?: number }[];
  packages: { id: number }[];
}

const PEOPLE = ["Osallistuja 1", "Osallistuja 2", "Osallistuja 3"];

describe("a day without a room", () => {
  // The day has come, and it is morning.
  const stage = openStage([], "08:40");

  /** A season whose one day is today: by phone for everybody. */
  async function planDay(): Promise<string> {
    const { site } = stage;
    const today = site.clock?.date(0) ?? "";
    const hours = { start: "09:00", end: "13:00" };
    const { series } = await site.api<{ series: { id: number }[] }>("POST", "/api/series", {
      name: "Etätyövalmennus",
      is_for_all: true,
      kinds: [],
      ...hours,
    });
    const of_series = nth(series).id;
    const { id } = await site.api<{ id: number }>("POST", "/api/periods", {
      name: "Tämä jakso",
      first_day: today,
      last_day: today,
      weekday: new Date(today).getUTCDay() || 7,
      ...hours,
      doors_minutes: 0,
      series: [of_series],
      skipped: [],
      skip_moves_turn: true,
    });
    const period = `/api/periods/${id}`;
    await site.api("POST", `${period}/make`, {});
    const { packages } = await site.api<PeriodShown>("POST", `${period}/packages`, {
      name: "Etäpaja",
      parts: [{ series: of_series, way: "phone_day", instead: false }],
    });
    for (const [index, name] of PEOPLE.entries())
      await site.api("POST", `${period}/people`, {
        name,
        decision_type: "work_activity",
        supervisor: "Työnjohtaja 7",
        phone: `040 123 450${index}`,
        package: nth(packages).id,
        choices: [],
      });
    return today;
  }

  test("calls, a task and a check at 360 px; the day is ended, and nobody is proposed absent", async () => {
    const { site, devices } = stage;
    await planDay();
    const supervisor = await signIn(
      stage,
      {
        name: "Päivi Työnjohtaja",
        roles: [{ role: "supervisor" }, { role: "moderator" }],
        supervises: ["Työnjohtaja 7"],
      },
      PHONE,
    );
    // The coordinator places her in the day, so that she ends and seals it.
    const coordinator = await devices.open(site.coordinator, DESK);
    await coordinator.goto(`${site.origin}/staff#phone_days`);
    await coordinator.getByRole("heading", { name: "Etäpajapäivä", level: 1 }).waitFor();
    await coordinator.getByRole("button", { name: "Päivi Työnjohtaja" }).click();
    await coordinator.getByRole("button", { name: "Ei tule: Päivi Työnjohtaja" }).waitFor();
    await look(coordinator, "phone-day-coordinator");

    await supervisor.reload();
    await supervisor.getByRole("button", { name: "Avaa soittolista" }).click();
    const card = supervisor.getByRole("region", { name: "Osallistuja" });
    const name = () => supervisor.locator("#phone-now").innerText();
    expect(await name()).toBe("Osallistuja 1");
    expect(await card.getByRole("link", { name: "040 123 4500" }).getAttribute("href")).toBe(
      "tel:0401234500",
    );
    await look(supervisor, "phone-day");

    // One answers, and has a task.
    await supervisor.getByRole("button", { name: "Vastasi" }).click();
    await supervisor.getByText("Mikä tehtävä?", { exact: true }).first().waitFor();
    await supervisor.getByLabel("Tehtävä", { exact: true }).fill("Lumityöt");
    await supervisor.getByLabel("Kuinka monta minuuttia?").fill("45");
    await look(supervisor, "phone-day-task");
    await supervisor.getByRole("button", { name: "Anna tehtävä" }).click();

    // The next one does not, and comes again later.
    await supervisor.locator("#phone-now", { hasText: "Osallistuja 2" }).waitFor();
    await supervisor.getByRole("button", { name: "Ei vastannut" }).click();
    await supervisor.locator("#phone-now", { hasText: "Osallistuja 3" }).waitFor();
    await supervisor.getByText("Ei vastannut kerran").waitFor();

    // The first one is ready sooner than agreed.
    await supervisor.getByRole("button", { name: "Avaa: Osallistuja 1" }).click();
    await supervisor.locator(".call label", { hasText: "60 min" }).click();
    await supervisor.getByLabel("Lyhyt huomio").fill("Auras pihan");
    await supervisor.getByLabel("Sovittu ensi kerraksi").fill("Kädentaitoja");
    await look(supervisor, "phone-day-check");
    await supervisor.getByRole("button", { name: "Valmis" }).click();
    await supervisor.getByText("Tarkistettu").first().waitFor();

    await supervisor.getByRole("button", { name: "Lopeta päivä" }).click();
    const ending = supervisor.getByRole("dialog");
    await ending.getByText("Läsnä oleviksi ehdotetaan: 1.", { exact: false }).waitFor();
    await ending.getByRole("button", { name: "Lopeta päivä" }).click();
    await supervisor.getByText("Päivä on lopetettu.", { exact: false }).first().waitFor();

    // The marks are those of any day. The software says of nobody that they were absent.
    const listed = await site.api<{ days: { session: number }[] }>("GET", "/api/phone-days");
    const session = nth(listed.days).session;
    const day = await site.api<{ lines: { name: string; proposal?: string }[] }>(
      "GET",
      `/api/sessions/${session}/attendance`,
    );
    expect(day.lines.map(({ name, proposal }) => [name, proposal])).toEqual([
      ["Osallistuja 1", "present"],
      ["Osallistuja 2", "not_seen"],
      ["Osallistuja 3", "not_seen"],
    ]);
  });

  test("a meeting: who, how long, save", async () => {
    const { site } = stage;
    const plan = await site.plan(["Osallistuja 9"]);
    await site.api("POST", `/api/sessions/${plan.id}/people/${nth(plan.people).person}`, {
      name: "Osallistuja 9",
      decision_type: "work_activity",
      supervisor: "Työnjohtaja 9",
    });
    const page = await signIn(stage, {
      name: "Pentti Työnjohtaja",
      roles: [{ role: "supervisor" }],
      supervises: ["Työnjohtaja 9"],
    });
    await page.getByRole("link", { name: "Tapaamiset" }).click();
    await page.getByRole("button", { name: "Joku muu" }).click();
    await page.getByLabel(/Hae/).fill("Osallistuja 9");
    await page.getByRole("button", { name: /^Valitse/ }).click();
    await page.locator("label", { hasText: "45 min" }).click();
    await page.getByText("Osallistuja 9, kasvokkain, 45 min.").waitFor();
    await look(page, "meeting");
    await page.getByRole("button", { name: "Tallenna" }).click();
    await page.getByRole("heading", { name: "Osallistuja 9, 45 min" }).waitFor();
    await page.getByRole("button", { name: "Vahvista 1 tapaaminen" }).click();
    await page.getByText("Vahvistettu").waitFor();
    await page.getByRole("link", { name: "Raportit" }).click();
    await page.getByText("Osallistuja 9").first().waitFor();
  });
});
