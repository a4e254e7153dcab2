import type { FaultReason } from "@protocol/api";
import { generate } from "lean-qr";
import { describe, expect, it, vi } from "vitest";
import { fileName } from "../page/save_file";
import { draw } from "../testing/draw";
import { dateText, fullDate, isoClock, isoDate, shortDate, utcOfLocal } from "./dates";
import { faultSentence } from "./faults";
import { httpOffice } from "./office";
import { Qr } from "./qr";
import { codeText, spokenCode } from "./spoken_code";
import { officeTexts } from "./text";

describe("a code read aloud", () => {
  it("is in two groups, each letter by its name", () => {
    expect(codeText("k7pm4rxt")).toBe("K7PM 4RXT");
    expect(spokenCode("K7PM4RXT", "fi")).toBe("Kalle, seitsemän, Paavo, Matti. Neljä, Risto, Äksä, Tyyne.");
    expect(spokenCode("K7PM-4RXT", "en")).toBe("Kilo, seven, Papa, Mike. Four, Romeo, X-ray, Tango.");
  });
});

describe("a file", () => {
  it("is named so that every system takes it", () => {
    expect(fileName(["läsnäolo", "Opiskelu ja työelämä", "2026-11-26"], "csv")).toBe(
      "lasnaolo-opiskelu-ja-tyoelama-2026-11-26.csv",
    );
  });
});

describe("dates", () => {
  it("are Helsinki's", () => {
    const late = Date.UTC(2026, 11, 2, 22, 30);
    expect(shortDate(late)).toBe("3.12.");
    expect(isoDate(late)).toBe("2026-12-03");
    expect(fullDate(late)).toBe("3.12.2026");
    expect(dateText("2026-12-03")).toBe("3.12.2026");
  });

  it("are read as Helsinki's, in winter, in summer, and over the nights when the clocks change", () => {
    expect(utcOfLocal("2026-12-03T09:00")).toBe(Date.UTC(2026, 11, 3, 7));
    expect(utcOfLocal("2026-07-03T09:00")).toBe(Date.UTC(2026, 6, 3, 6));
    // In the spring 3.30 is not there; in the autumn it comes twice, and the first is meant.
    expect(utcOfLocal("2026-03-29T03:30")).toBeNull();
    expect(utcOfLocal("2026-10-25T03:30")).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(utcOfLocal("")).toBeNull();
    expect(utcOfLocal("huomenna")).toBeNull();
  });
});

describe("a fault", () => {
  it("is a sentence, with the field called as the screen calls it", () => {
    const t = officeTexts.fi;
    expect(faultSentence({ reason: "duplicate_of_line", value: "12" }, t)).toBe(
      "Sama ihminen on jo rivillä 12.",
    );
    expect(faultSentence({ reason: "heading_missing", value: "name" }, t)).toBe("Sarake puuttuu: Nimi.");
    expect(faultSentence({ reason: "of_a_later_version" as FaultReason, value: "x" }, t)).toBe(
      "Tarkista tämä: x.",
    );
  });
});

describe("Helsinki's dates and times", () => {
  it("are shown as a form's fields take them, on both sides of a change of clocks", () => {
    const winter = Date.UTC(2026, 9, 25, 7, 0);
    const summer = Date.UTC(2027, 2, 28, 6, 0);
    expect([isoDate(winter), isoClock(winter)]).toEqual(["2026-10-25", "09:00"]);
    expect([isoDate(summer), isoClock(summer)]).toEqual(["2027-03-28", "09:00"]);
    expect(isoClock(Date.UTC(2026, 11, 2, 22, 0))).toBe("00:00");
  });
});

describe("the QR code", () => {
  it("has the modules of the link, and light ones around", async () => {
    const link = "https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA";
    const drawn = await draw(() => <Qr link={link} label="Linkki" />);
    const code = generate(link);
    let dark = 0;
    for (let y = 0; y < code.size; y += 1)
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) dark += 1;
    const path = drawn.root.querySelector("path")?.getAttribute("d") ?? "";
    expect(path.match(/M/g)).toHaveLength(dark);
    expect(drawn.root.querySelector("svg")?.getAttribute("viewBox")).toBe(
      `-4 -4 ${code.size + 8} ${code.size + 8}`,
    );
  });
});

describe("the office over HTTP", () => {
  const answering = (status: number, body: unknown) =>
    vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status })));

  it("shows its key with every request, and nothing else of itself", async () => {
    const fetch = answering(200, { sessions: [] });
    await httpOffice(fetch, { secret: "s3cret" }).sessions();
    expect(fetch).toHaveBeenCalledWith(
      "/api/sessions",
      expect.objectContaining({
        headers: { Authorization: "Bearer s3cret" },
        credentials: "omit",
        referrerPolicy: "no-referrer",
      }),
    );
  });

  it("shows the token of a sign-in, and lets the cookie go along", async () => {
    const fetch = answering(200, { sessions: [] });
    await httpOffice(fetch, { csrf_token: "t0ken" }).sessions();
    expect(fetch).toHaveBeenCalledWith(
      "/api/sessions",
      expect.objectContaining({ headers: { "X-CSRF-Token": "t0ken" }, credentials: "same-origin" }),
    );
  });

  it("sends a file as it is, first only to be looked at", async () => {
    const fetch = answering(200, { columns: [], rows: 0, errors: [], imported: 0 });
    const office = httpOffice(fetch, { secret: "s3cret" });
    const file = new Blob(["Nimi"]);
    await office.registrations(3, file, true);
    await office.registrations(3, file, false);
    await office.registrations(
      3,
      file,
      false,
      new Map([
        [3, 17],
        [5, null],
      ]),
    );
    expect(fetch.mock.calls.map(([path]) => path)).toEqual([
      "/api/sessions/3/registrations?dry_run=1",
      "/api/sessions/3/registrations",
      "/api/sessions/3/registrations?answers=3:17,5:0",
    ]);
    expect(fetch.mock.calls[0]?.[1]?.body).toBe(file);
  });

  it("makes invitations for those named, and anew only when told", async () => {
    const fetch = answering(200, { invitations: [] });
    const office = httpOffice(fetch, { secret: "s3cret" });
    await office.invite(3, [12], false);
    await office.invite(3, [12], true);
    expect(fetch.mock.calls.map((call) => call[1]?.body)).toEqual([
      '{"people":[12]}',
      '{"people":[12],"renew":true}',
    ]);
  });

  it("tells what is wrong in a form", async () => {
    const errors = [{ reason: "date_unclear", value: "31.2." }];
    const fetch = answering(400, { refusal: { word: "invalid" }, errors });
    const form = { theme: "Uni", series: "", date: "31.2.", start: "09:00", end: "13:00" };
    expect(await httpOffice(fetch, { secret: "s3cret" }).plan(form)).toEqual({
      kind: "refused",
      refusal: { word: "invalid" },
      errors,
    });
  });

  it("fetches the day's file with its key, and says when it cannot", async () => {
    const file = { "Content-Disposition": 'attachment; filename="lasnaolo.csv"' };
    const fetch = vi.fn<typeof globalThis.fetch>(() =>
      Promise.resolve(new Response("\uFEFFNimi", { headers: file })),
    );
    const answer = await httpOffice(fetch, { secret: "s3cret" }).days.file(2, "csv", "fi");
    expect(fetch.mock.calls[0]?.[0]).toBe("/api/sessions/2/attendance.csv?language=fi");
    expect(answer.kind).toBe("ok");
    fetch.mockRejectedValueOnce(new TypeError("no network"));
    expect((await httpOffice(fetch, { secret: "s3cret" }).days.file(2, "csv", "fi")).kind).toBe(
      "unreachable",
    );
    // A captive net's page is no file of ours.
    fetch.mockResolvedValueOnce(new Response("<html>Kirjaudu verkkoon</html>"));
    expect((await httpOffice(fetch, { secret: "s3cret" }).days.file(2, "csv", "fi")).kind).toBe(
      "unreachable",
    );
  });
});

describe("a file that is sent over a line that is half open", () => {
  it("is given a minute", async () => {
    vi.useFakeTimers();
    const silent = (_: unknown, init?: RequestInit) =>
      new Promise<never>((_, fail) =>
        init?.signal?.addEventListener("abort", () => fail(new Error("aborted"))),
      );
    const told = vi.fn();
    void httpOffice(silent, { csrf_token: "t" }).programme(new Blob(), true).then(told);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toHaveBeenCalledWith({ kind: "unreachable" });
    vi.useRealTimers();
  });
});
