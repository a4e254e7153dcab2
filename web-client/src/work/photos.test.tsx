import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { assignment, FakeWork, fetchOf, submission, WRITTEN } from "../testing/work_fixtures";
import { photos } from "./use_photos";
import { bringWorkTexts, WorkOnOwnPage } from "./work";

const SECRET = { secret: "s".repeat(22) };
const with_photos = assignment({ ways: ["text", "photo"], questions: ["Mikä paikka?"] });
const photo = (bytes = "kuva") => new File([bytes], "IMG_0001.jpg", { type: "image/jpeg" });

/** Answers over HTTP come by the real `ask`, which takes a few more turns. */
const settle = async (page: { does(step: () => Promise<void>): Promise<void> }) => {
  for (let turn = 0; turn < 8; turn += 1) await page.does(() => new Promise((done) => setTimeout(done)));
};

async function ownPage(work: FakeWork) {
  vi.stubGlobal("fetch", fetchOf(work));
  const page = await draw(() => <WorkOnOwnPage pass={SECRET} phone="" />);
  await settle(page);
  return {
    ...page,
    async choose(file: File) {
      const input = page.root.querySelector<HTMLInputElement>("input[type=file]");
      if (!input) throw new Error("there is no field for a photo");
      Object.defineProperty(input, "files", { value: [file], configurable: true });
      Object.defineProperty(input, "value", { value: "", writable: true, configurable: true });
      await page.does(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
      await settle(page);
    },
  };
}

function workWithPhotos(mine?: Parameters<typeof submission>[0]): FakeWork {
  const work = new FakeWork(mine && submission(mine), [with_photos]);
  work.takes_photos = true;
  return work;
}

beforeAll(() => Promise.all([bringWorkTexts(), photos.bring()]));
beforeEach(() => {
  vi.stubGlobal("indexedDB", undefined);
  // Nothing is drawn here: a picture goes as it was chosen.
  vi.stubGlobal("CSS", undefined);
  URL.createObjectURL = () => "blob:picture";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => vi.unstubAllGlobals());

describe("a photo", () => {
  it("is added, described and removed, and returned without a word", async () => {
    const work = workWithPhotos();
    const page = await ownPage(work);
    await page.press("Tee päivän tehtävä");
    expect(page.words()).toContain("Kuvan näkee vain ohjaaja tai moderaattori.");
    await page.choose(photo());
    expect(work.mine?.photos).toEqual([{ id: 1, description: "" }]);
    expect(page.root.querySelector("img")?.alt).toBe("Kuva 1");
    await page.write("#work-photo-1", "Kissa ikkunalla");
    await page.does(() => void page.root.querySelector("#work-photo-1")?.dispatchEvent(new Event("blur")));
    await settle(page);
    expect(work.mine?.photos).toEqual([{ id: 1, description: "Kissa ikkunalla" }]);
    expect(page.root.querySelector("img")?.alt).toBe("Kissa ikkunalla");
    await page.choose(photo("toinen"));
    await page.press("Poista kuva 2");
    await settle(page);
    expect(work.mine?.photos).toHaveLength(1);
    await page.press("Seuraava");
    await page.press("Palauta tehtävä");
    await settle(page);
    expect(work.mine?.state).toBe("returned");
    expect(work.mine?.fields.join("")).toBe("");
  });

  it("that could not be sent stays chosen, and goes when it is tried again", async () => {
    const work = workWithPhotos();
    const page = await ownPage(work);
    await page.press("Tee päivän tehtävä");
    work.next.push("unreachable");
    await page.choose(photo());
    expect(page.words()).toContain("Yhteys on poikki.");
    expect(work.mine?.photos).toBeUndefined();
    await page.press("Yritä nyt");
    await settle(page);
    expect(work.mine?.photos).toHaveLength(1);
    expect(page.root.querySelector(".note.stop")).toBeNull();
  });

  it("that could not be sent is not left behind: reading through has it, and so has returning", async () => {
    const work = workWithPhotos();
    const page = await ownPage(work);
    await page.press("Tee päivän tehtävä");
    work.next.push("unreachable");
    await page.choose(photo());
    await page.press("Seuraava");
    expect(page.words()).toContain("Yhteys on poikki.");
    expect(page.words()).toContain("Kuvasi ei ole vielä perillä.");
    expect(page.button("Palauta tehtävä").getAttribute("aria-disabled")).toBe("true");
    await page.press("Yritä nyt");
    await settle(page);
    await page.press("Palauta tehtävä");
    await settle(page);
    expect(work.mine?.state).toBe("returned");
    expect(work.mine?.photos).toHaveLength(1);
  });

  it("that waits can be given up where photos are taken no more, and the work returned", async () => {
    const work = workWithPhotos();
    const page = await ownPage(work);
    await page.press("Tee päivän tehtävä");
    await page.write("#work-field", "Mökki");
    work.next.push({ word: "busy" });
    work.takes_photos = false;
    await page.choose(photo());
    await page.press("Seuraava");
    expect(page.words()).toContain("Kuvasi ei ole vielä perillä.");
    await page.press("Peru");
    await page.press("Palauta tehtävä");
    await settle(page);
    expect(work.mine?.state).toBe("returned");
  });

  it("that the server does not take is refused in words of its own, and what is written stays", async () => {
    const work = workWithPhotos();
    const page = await ownPage(work);
    await page.press("Tee päivän tehtävä");
    await page.write("#work-field", "Mökki");
    for (const [word, said] of [
      ["not_a_picture", "Tiedosto ei ole kuva. Valitse toinen."],
      ["picture_too_large", "Kuva on liian suuri."],
      ["picture_cut_off", "Kuva jäi vajaaksi."],
      ["picture_not_read", "Tällaista kuvaa emme voi avata."],
      ["photos_off", "Kuvia ei voi nyt lisätä."],
    ] as const) {
      work.next.push({ word });
      await page.choose(photo());
      expect(page.words()).toContain(said);
    }
    expect(page.root.querySelector<HTMLTextAreaElement>("#work-field")?.value).toBe("Mökki");
    const asked = work.count("addPhoto");
    // Larger than the server takes: not sent at all.
    await page.choose(photo("x".repeat(1024 * 1024 + 1)));
    expect(page.words()).toContain("Kuva on liian suuri.");
    expect(work.count("addPhoto")).toBe(asked);
  });

  it("is offered while there are fewer than three, where photos are a way and can be read", async () => {
    const three = [1, 2, 3].map((id) => ({ id, description: `Kuva numero ${id}` }));
    const page = await ownPage(workWithPhotos({ photos: three }));
    await page.press("Tee päivän tehtävä");
    expect(page.words()).toContain("Kuvia on jo kolme.");
    expect(() => page.button("Lisää kuva")).toThrow();

    const without = await ownPage(new FakeWork(undefined, [with_photos]));
    await without.press("Tee päivän tehtävä");
    expect(() => without.button("Lisää kuva")).toThrow();

    const words = new FakeWork();
    words.takes_photos = true;
    const of_words = await ownPage(words);
    await of_words.press("Tee päivän tehtävä");
    expect(() => of_words.button("Lisää kuva")).toThrow();
  });

  it("that was returned is seen by its author, with what was said of it", async () => {
    const work = workWithPhotos({
      state: "returned",
      fields: [WRITTEN[0] ?? ""],
      photos: [{ id: 7, description: "Teekuppi yöllä" }],
    });
    const page = await ownPage(work);
    await page.press("Päivän tehtävä");
    await page.does(() => {
      const fold = page.root.querySelector<HTMLDetailsElement>("details.fold");
      if (fold) fold.open = true;
      fold?.dispatchEvent(new Event("toggle"));
    });
    await settle(page);
    expect(page.root.querySelector("img")?.alt).toBe("Teekuppi yöllä");
    expect(page.root.querySelector("input[type=file]")).toBeNull();
  });
});
