import type { HealthShown, Trouble } from "@protocol/api";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { FakeEntrance } from "../testing/fakes";
import { fakeProgramme, ofSomeSeries } from "../testing/programme_fixtures";
import { fakeOffice } from "../testing/staff_fixtures";
import { CoordinatorConsole, healthNotes } from "./console";
import { HealthNotes } from "./health_notes";
import { en } from "./text/health_en";
import { fi } from "./text/health_fi";

/** 3.12.2026 at 9.00 in Helsinki. */
const NOW = 1_796_281_200_000;
const ALL = Object.keys(fi.troubles) as Trouble[];

async function desk(health: HealthShown, programme = fakeProgramme()) {
  await healthNotes.bring();
  const asked = vi.fn(() => Promise.resolve({ kind: "ok" as const, value: health }));
  const drawn = await draw((app) => (
    <CoordinatorConsole
      page={{ app, keep: app.keep, entrance: new FakeEntrance() }}
      pass={{ secret: "s3cret" }}
      link={{ role: "coordinator", entered: false }}
      line={null}
      office={fakeOffice({ health: asked })}
      programme={programme}
    />
  ));
  return { drawn, asked };
}

beforeEach(() => {
  location.hash = "";
});

describe("what is wrong with the server", () => {
  it("stands on the first page of who coordinates all, with what it means and whom to call", async () => {
    const { drawn } = await desk({
      troubles: [
        { what: "disk_full", severity: "urgent", since: NOW },
        { what: "backup_old", severity: "soon", since: NOW, at: NOW - 172_800_000 },
      ],
    });
    expect(drawn.words(".note.stop")).toBe(
      "Palvelimen levy on täynnä. Avunpyynnöt ja läsnäolo tallentuvat vielä. Viestit ja tehtävät eivät tallennu. " +
        "Soita heti palvelimen ylläpitoon. Lue heille tämä teksti. Huomattu: 3.12. kello 9.00.",
    );
    expect(drawn.words(".note:not(.stop)")).toContain("Varmuuskopio on vanha. Viimeisin: 1.12. kello 9.00.");
  });

  it("names the number to call, which a press calls", async () => {
    const { drawn } = await desk({
      troubles: [
        { what: "disk_full", severity: "urgent", since: NOW },
        { what: "backup_old", severity: "soon", since: NOW },
      ],
      operator_phone: "09 000 0000",
    });
    expect(drawn.words(".note.stop")).toContain("Soita heti palvelimen ylläpitoon: 09 000 0000. Lue heille");
    expect(drawn.words(".note:not(.stop)")).toContain("ylläpidolle tänään: 09 000 0000. Lue heille");
    expect(drawn.root.querySelectorAll(".note a[href='tel:090000000']")).toHaveLength(2);
  });

  it("is nothing at all when all is well", async () => {
    const { drawn, asked } = await desk({ troubles: [] });
    expect(asked).toHaveBeenCalledOnce();
    expect(drawn.root.querySelector(".note")).toBeNull();
  });

  it("is not asked for by who coordinates some series", async () => {
    const { asked } = await desk({ troubles: [] }, ofSomeSeries());
    expect(asked).not.toHaveBeenCalled();
  });

  it("says of a backup that was never made that there is none", async () => {
    const drawn = await draw(() => (
      <HealthNotes health={{ troubles: [{ what: "backup_old", severity: "soon", since: NOW }] }} />
    ));
    expect(drawn.words(".note b")).toBe("Varmuuskopiota ei ole tehty.");
  });

  it("has words for each trouble, in Finnish and in English", () => {
    for (const { troubles } of [fi, en]) {
      expect(Object.keys(troubles)).toEqual(ALL);
      for (const what of ALL) {
        expect(troubles[what].title("torstaina")).toMatch(/\.$/);
        expect(troubles[what].means).toMatch(/\.$/);
      }
    }
  });
});
