import type { Role } from "@protocol";
import type { NeedsAnswer } from "@protocol/api";
import { describe, expect, it, vi } from "vitest";
import { DayRequestsContext } from "../attendance/requests";
import type { Answer } from "../connection/entrance";
import { openPreferences, PreferencesContext } from "../staff/preferences";
import { drawForStaff } from "../testing/draw_staff";
import { CLOCK, FakeKeep } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { fakeDays, HAUKI, MUSTIKKA, SAMMAL } from "../testing/staff_fixtures";
import { MessagesPage } from "./page";

const HEAR = "Tarvitsee apua ääneen";
const ok = (...people: NeedsAnswer["people"]): Answer<NeedsAnswer> => ({ kind: "ok", value: { people } });

async function page(answer: Answer<NeedsAnswer>, role: Role = "moderator") {
  const needs = vi.fn(() => Promise.resolve(answer));
  const drawn = await drawForStaff(
    <PreferencesContext.Provider value={openPreferences(new FakeKeep(), role)}>
      <DayRequestsContext.Provider value={fakeDays({ needs })}>
        <MessagesPage />
      </DayRequestsContext.Provider>
    </PreferencesContext.Provider>,
    { role },
  );
  return { drawn, needs };
}

describe("what help people need", () => {
  it("stands beside their request for help, and in the list of people, of those who let it be seen", async () => {
    const { drawn, needs } = await page(
      ok({ person: SAMMAL, needs: HEAR }, { person: HAUKI, needs: "Suuri teksti" }),
    );
    expect(needs).toHaveBeenCalledWith(1);
    expect(drawn.words(".in-help .item")).toContain(`Avun tarve: ${HEAR}`);
    expect(drawn.words(".folk")).toContain(`Avun tarve: ${HEAR}`);
    expect(drawn.words(".folk")).toContain("Avun tarve: Suuri teksti");
    expect(drawn.words().match(/Avun tarve/g)).toHaveLength(3);
  });

  it("is asked for anew when somebody comes or asks for help, not at each step; taken back it is gone", async () => {
    const { drawn, needs } = await page(ok({ person: SAMMAL, needs: HEAR }));
    await drawn.step(make.person(MUSTIKKA, "Mustikka", { presence: "away" }));
    await drawn.pass(40_000);
    expect(needs).toHaveBeenCalledTimes(1);

    needs.mockResolvedValue(ok());
    await drawn.step(make.person(95, "Tulija"));
    expect(needs).toHaveBeenCalledTimes(2);
    expect(drawn.words()).not.toContain("Avun tarve");

    // Many who come at once are one question more.
    needs.mockResolvedValue(ok({ person: 96, needs: "Selkokieli" }));
    await drawn.step(make.person(96, "Toinen"));
    await drawn.step(make.person(97, "Kolmas"));
    await drawn.step(
      make.help({ id: 77, person: 96, kind: "cannot_find", since: CLOCK.room, state: "open" }),
    );
    expect(needs).toHaveBeenCalledTimes(2);
    await drawn.pass(30_000);
    expect(needs).toHaveBeenCalledTimes(3);
    expect(drawn.words(".in-help")).toContain("Avun tarve: Selkokieli");
  });

  it("stays while the line is lost, and goes with the right to see it", async () => {
    const { drawn, needs } = await page(ok({ person: SAMMAL, needs: HEAR }));
    needs.mockResolvedValue({ kind: "unreachable" });
    await drawn.pass(30_000);
    await drawn.step(make.person(95, "Tulija"));
    expect(drawn.words(".in-help")).toContain(HEAR);
    needs.mockResolvedValue({ kind: "refused", refusal: { word: "not_permitted" } });
    await drawn.pass(30_000);
    await drawn.step(make.person(96, "Toinen"));
    expect(drawn.words(".in-help")).not.toContain(HEAR);
  });

  it("is not asked for by a facilitator", async () => {
    const { drawn, needs } = await page(ok({ person: SAMMAL, needs: HEAR }), "facilitator");
    expect(needs).not.toHaveBeenCalled();
    expect(drawn.words()).not.toContain("Avun tarve");
  });
});
