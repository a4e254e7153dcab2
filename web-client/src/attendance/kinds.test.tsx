import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { fakeDays } from "../testing/staff_fixtures";
import type { Language } from "../text/language";
import { KnowKinds, useKindName } from "./kinds";

type Told = Parameters<ReturnType<typeof useKindName>>[0];

function Named({ of }: { of: Told }) {
  return <p>{useKindName()(of)}</p>;
}

const named = async (of: Told, language: Language = "fi", ask = fakeDays().kinds) =>
  (
    await draw(
      () => (
        <KnowKinds ask={ask}>
          <Named of={of} />
        </KnowKinds>
      ),
      { language },
    )
  ).words("p");

describe("the name of a kind", () => {
  const work = { decision_type: "work_activity" };

  it("is the site's, in Finnish or English", async () => {
    expect(await named(work)).toBe("Kuntouttava työtoiminta");
    // The consoles of the staff are in Finnish for who has chosen Swedish.
    expect(await named(work, "sv")).toBe("Kuntouttava työtoiminta");
    expect(await named(work, "en")).toBe("Rehabilitative work activity");
    expect(await named({ decision_type: null })).toBe("");
  });

  it("of a kept day is what it was called then; in English as it is called now", async () => {
    const then = { ...work, decision_name: "Työtoiminta (vanha laki)" };
    expect(await named(then)).toBe("Työtoiminta (vanha laki)");
    expect(await named(then, "en")).toBe("Rehabilitative work activity");
    expect(await named({ decision_type: "removed", decision_name: "Poistettu laji" }, "en")).toBe(
      "Poistettu laji",
    );
  });

  it("is the key of a kind that is not known, or while the server has not told", async () => {
    expect(await named({ decision_type: "unheard_of" })).toBe("unheard_of");
    expect(await named(work, "fi", () => Promise.resolve({ kind: "unreachable" }))).toBe("work_activity");
  });
});
