import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeKeep, FakeTimers } from "../testing/fakes";
import { readClock, roomTimeAt, roomTimeOf, utcOf } from "./clock";
import { CLOSE, mayComeBack } from "./close_codes";
import { ask } from "./entrance";
import { forgetTab, takeKey } from "./key_keep";
import { Outbox, randomPrefix } from "./outbox";
import { readKept } from "./parts";
import { retryDelay } from "./retry";
import { SilenceWatch } from "./silence_watch";
import { openWebSocket, socketUrl } from "./socket";
import { staffEntrance } from "./staff_entrance";

describe("retry", () => {
  it("waits at random up to 0.25, 0.5, 1, 2, 4, then 5 s", () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 500].map((attempt) => retryDelay(attempt, () => 1));
    expect(longest).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
    expect(retryDelay(3, () => 0)).toBe(0);
    expect(retryDelay(3, () => 0.5)).toBe(1000);
  });
});

describe("close codes", () => {
  it("say whether to come back", () => {
    expect([1006, CLOSE.restart, CLOSE.flood].map(mayComeBack)).toEqual([true, true, true]);
    expect([CLOSE.removed, CLOSE.session_over, CLOSE.left].map(mayComeBack)).toEqual([false, false, false]);
  });
});

describe("the silence watch", () => {
  it("calls once when nothing has been heard for 10 s", () => {
    const timers = new FakeTimers();
    const called = vi.fn();
    const watch = new SilenceWatch(timers, called);
    timers.pass(9000);
    watch.heard();
    timers.pass(9999);
    expect(called).not.toHaveBeenCalled();
    timers.pass(1);
    expect(called).toHaveBeenCalledOnce();
    timers.pass(60_000);
    expect(called).toHaveBeenCalledOnce();
  });

  it("keeps one timer, however much is heard, and none when stopped", () => {
    const timers = new FakeTimers();
    const watch = new SilenceWatch(timers, () => undefined);
    for (let i = 0; i < 100; i += 1) watch.heard();
    expect(timers.waiting).toBe(1);
    watch.stop();
    expect(timers.waiting).toBe(0);
  });
});

describe("the clock", () => {
  it("ties the room's time, the wall's and the page's", () => {
    const reading = readClock(null, { room: 1000, utc: 50_000 }, 10);
    expect(roomTimeAt(reading, 260)).toBe(1250);
    expect(utcOf(reading, 1250)).toBe(50_250);
    expect(roomTimeOf(reading, 50_250)).toBe(1250);
  });

  it("is not put back by a frame that came slowly, but follows the wall", () => {
    const known = readClock(null, { room: 1000, utc: 50_000 }, 10);
    const slow = readClock(known, { room: 6000, utc: 58_000 }, 5510);
    expect(roomTimeAt(slow, 5510)).toBe(6500);
    // The wall was set 3 s forward meanwhile.
    expect(utcOf(slow, 6000)).toBe(58_000);
  });

  it("is put forward by a faster frame, and back when the page's clock has gone astray", () => {
    const known = readClock(null, { room: 1000, utc: 50_000 }, 10);
    expect(roomTimeAt(readClock(known, { room: 6000, utc: 55_000 }, 4900), 4900)).toBe(6000);
    expect(roomTimeAt(readClock(known, { room: 6000, utc: 55_000 }, 60_000), 60_000)).toBe(6000);
  });
});

describe("a reading of the clock", () => {
  it("stays the same object while what comes is hardly better", () => {
    const known = readClock(null, { room: 1000, utc: 50_000 }, 10);
    expect(readClock(known, { room: 6000, utc: 55_001 }, 5010)).toBe(known);
    expect(readClock(known, { room: 6000, utc: 55_500 }, 4960)).toBe(known);
    expect(readClock(known, { room: 6000, utc: 54_500 }, 7010)).toBe(known);
    expect(readClock(known, { room: 6000, utc: 55_000 }, 4959)).not.toBe(known);
    expect(readClock(known, { room: 6000, utc: 55_000 }, 7011)).not.toBe(known);
    expect(readClock(known, { room: 6000, utc: 55_501 }, 5010)).not.toBe(known);
  });
});

describe("the outbox", () => {
  const say = (text: string) => ({ type: "send_message" as const, channel: "room" as const, text });

  it("keeps commands in the order given, until their outcome", () => {
    const outbox = new Outbox(new FakeKeep(), "abcdef");
    const first = outbox.add(say("a"), 1);
    const second = outbox.add(say("b"), 2);
    expect([first.id, second.id]).toEqual(["abcdef-1", "abcdef-2"]);
    expect(outbox.take("abcdef-1")).toEqual(first);
    expect(outbox.pending).toEqual([second]);
    expect(outbox.take("abcdef-1")).toBeNull();
  });

  it("outlives a reload, and its twin in a duplicated tab does not count where it counts", () => {
    const keep = new FakeKeep();
    new Outbox(keep, "aaaaaa").add(say("a"), 1);
    const reloaded = new Outbox(keep, "bbbbbb");
    expect(reloaded.pending.map(({ id }) => id)).toEqual(["aaaaaa-1"]);
    expect(reloaded.add(say("b"), 2).id).toBe("bbbbbb-1");
    for (const { id } of reloaded.pending) reloaded.take(id);
    expect(keep.kept.size).toBe(0);
  });

  it("is empty when what was kept is not its own", () => {
    for (const junk of ["", "null", "[1]", '[{"id":1}]', "{"]) {
      const keep = new FakeKeep();
      keep.set("outbox", junk);
      expect(new Outbox(keep, "abcdef").pending).toEqual([]);
    }
  });

  it("has a prefix of 24 bits", () => {
    expect(randomPrefix()).toMatch(/^[0-9a-f]{6}$/);
  });
});

describe("what is kept", () => {
  it("is read only when it is right", () => {
    const keep = new FakeKeep();
    const isText = (value: unknown): value is string => typeof value === "string";
    expect(readKept(keep, "x", isText, "otherwise")).toBe("otherwise");
    keep.set("x", '"kept"');
    expect(readKept(keep, "x", isText, "otherwise")).toBe("kept");
    keep.set("x", "7");
    expect(readKept(keep, "x", isText, "otherwise")).toBe("otherwise");
  });
});

describe("the key", () => {
  const secret = "Zx9_q-7fLmN0pQrStUvWxY";
  const at = (hash: string) => ({ hash, pathname: "/", search: "" }) as Location;
  const history = () =>
    ({ replaceState: vi.fn() }) as unknown as History & { replaceState: ReturnType<typeof vi.fn> };

  it("is taken out of the address bar at once, and kept for this tab", () => {
    const keep = new FakeKeep();
    const past = history();
    expect(takeKey(keep, at(`#${secret}`), past)).toEqual({ secret });
    expect(past.replaceState).toHaveBeenCalledWith(null, "", "/");
    expect(takeKey(keep, at(""), history())).toEqual({ secret });
  });

  it("is not mistaken for a fragment of our own", () => {
    const past = history();
    expect(takeKey(new FakeKeep(), at("#messages"), past)).toBeNull();
    expect(past.replaceState).not.toHaveBeenCalled();
  });

  it("of another person forgets what was typed and not sent with the first", () => {
    const keep = new FakeKeep();
    takeKey(keep, at(`#${secret}`), history());
    keep.set("outbox", "[…]");
    keep.set("draft_message", '"hei"');
    takeKey(keep, at(`#${secret}`), history());
    expect(keep.get("outbox")).toBe("[…]");
    takeKey(keep, at(`#${[...secret].reverse().join("")}`), history());
    expect([keep.get("outbox"), keep.get("draft_message")]).toEqual([null, null]);
    forgetTab(keep);
    expect(takeKey(keep, at(""), history())).toBeNull();
  });
});

describe("the door", () => {
  const answering = (status: number, body: unknown) =>
    vi.fn(async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));

  it("asks with the key in the request and nothing of the browser's", async () => {
    const fetch = answering(200, { ticket: "t" });
    const answer = await staffEntrance(fetch).enter({ code: "ABCD2345" }, "Mustikka");
    expect(answer).toEqual({ kind: "ok", value: { ticket: "t" } });
    const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(path).toBe("/api/enter");
    expect(JSON.parse(String(init.body))).toEqual({ code: "ABCD2345", name: "Mustikka", netiquette: true });
    expect(init.credentials).toBe("omit");
  });

  it("asks for older messages with the secret as bearer", async () => {
    const fetch = answering(200, { messages: [] });
    await staffEntrance(fetch).messages({ secret: "s" }, 40);
    const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(path).toBe("/api/messages?before=40");
    expect(init.headers).toEqual({ Authorization: "Bearer s" });
  });

  it("asks for those who have not come into a session", async () => {
    const people = [{ person: 9, name: "Osallistuja 9" }];
    const fetch = answering(200, { people });
    expect(await staffEntrance(fetch).expected({ secret: "s" }, 3)).toEqual({
      kind: "ok",
      value: { people },
    });
    const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(path).toBe("/api/sessions/3/expected");
    expect(init.headers).toEqual({ Authorization: "Bearer s" });
  });

  it("tells apart no, unknown, and no answer", async () => {
    const at = (status: number, body: unknown) => ask(answering(status, body), null, { path: "/" });
    expect(await at(404, { refusal: { word: "not_found" } })).toEqual({ kind: "unknown" });
    expect(await at(409, { refusal: { word: "too_early" } })).toEqual({
      kind: "refused",
      refusal: { word: "too_early" },
    });
    expect(await at(409, { refusal: { word: "name_like_staff" } })).toEqual({
      kind: "refused",
      refusal: { word: "name_like_staff" },
    });
    expect(await at(502, "bad gateway")).toEqual({ kind: "unreachable" });
    expect(await at(200, "<html>")).toEqual({ kind: "unreachable" });
    expect(await at(400, "<html>")).toEqual({ kind: "unreachable" });
    const failing = () => Promise.reject(new TypeError("no network"));
    expect(await ask(failing, null, { path: "/" })).toEqual({ kind: "unreachable" });
  });

  /** What stands between a page and its server says, by status: proxies, gateways, captive nets. */
  const OF_OTHERS: readonly [number, string][] = [
    [404, "404 page not found\n"],
    [404, "<html><head><title>404 Not Found</title></head></html>"],
    [404, '{"message":"no Route matched with those values"}'],
    [404, '{"error":"not_found"}'],
    [404, '{"refusal":"not_found"}'],
    [404, "null"],
    [404, ""],
    [403, "<html>Access denied by policy</html>"],
    [403, '{"code":403}'],
    [401, '{"error":"login"}'],
    [407, "Proxy Authentication Required"],
    [429, "slow down"],
    [500, '{"refusal":null}'],
    [502, "<html>Bad Gateway</html>"],
    [503, "{}"],
    [511, "<html>Network Authentication Required</html>"],
    [200, "<html>Welcome to the library's net. Sign in.</html>"],
    [200, "{}"],
    [200, "[]"],
    [200, "true"],
    [200, '"ok"'],
    [200, '{"status":"ok"}'],
    [200, ""],
  ];
  it.each(OF_OTHERS)("takes %i %s of somebody between for no connection", async (status, body) => {
    const entrance = staffEntrance(answering(status, body));
    expect(await entrance.look({ secret: "s" })).toEqual({ kind: "unreachable" });
    expect(await entrance.enter({ secret: "s" }, "Mustikka")).toEqual({ kind: "unreachable" });
    expect(await entrance.site()).toEqual({ kind: "unreachable" });
    expect(await ask(answering(status, body), null, { path: "/", is_file: true })).toEqual({
      kind: "unreachable",
    });
    expect(await entrance.calendar({ secret: "s" })).toBeNull();
  });

  it("takes a file only when the server sends it as one, and its no as a no", async () => {
    const headers = { "Content-Disposition": 'attachment; filename="etakahvila.ics"' };
    const file = async () => new Response("BEGIN:VCALENDAR", { headers });
    expect((await ask(file, null, { path: "/", is_file: true })).kind).toBe("ok");
    const no = answering(409, { refusal: { word: "over" } });
    expect(await ask(no, null, { path: "/", is_file: true })).toEqual({
      kind: "refused",
      refusal: { word: "over" },
    });
  });
});

describe("a line that is half open", () => {
  afterEach(() => void vi.useRealTimers());

  /** What a browser does while nothing comes: it waits until it is told to give up. */
  const untilGivenUp = (init: RequestInit | undefined) =>
    new Promise<never>((_, fail) =>
      init?.signal?.addEventListener("abort", () => fail(new Error("aborted"))),
    );
  const silent = vi.fn((_: unknown, init?: RequestInit) => untilGivenUp(init));
  /** What has been answered when so much time has passed. */
  const within = async (ms: number, answer: Promise<unknown>) => {
    let came: unknown = "nothing yet";
    void answer.then((value) => {
      came = value;
    });
    await vi.advanceTimersByTimeAsync(ms);
    return came;
  };

  it("is given up after 10 s, so that the question can be asked again", async () => {
    vi.useFakeTimers();
    const answer = staffEntrance(silent).enter({ secret: "s" }, "Mustikka");
    expect(await within(9999, answer)).toBe("nothing yet");
    expect(await within(1, answer)).toEqual({ kind: "unreachable" });
  });

  it("is given up too when it breaks in the middle of the answer", async () => {
    vi.useFakeTimers();
    const half = async (_: unknown, init?: RequestInit) =>
      ({ ok: true, status: 200, json: () => untilGivenUp(init) }) as unknown as Response;
    expect(await within(10_000, ask(half, null, { path: "/" }))).toEqual({ kind: "unreachable" });
  });

  it("gives a file a minute", async () => {
    vi.useFakeTimers();
    const answer = ask(silent, null, { path: "/", is_file: true });
    expect(await within(59_999, answer)).toBe("nothing yet");
    expect(await within(1, answer)).toEqual({ kind: "unreachable" });
  });

  it("leaves no timer behind when the answer comes", async () => {
    vi.useFakeTimers();
    const answering = async () => new Response("{}");
    await ask(answering, null, { path: "/" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a socket", () => {
  class Wire {
    static readonly OPEN = 1;
    static last: Wire;
    readyState = Wire.OPEN;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    readonly send = vi.fn();
    readonly close = vi.fn();
    constructor(readonly url: string) {
      Wire.last = this;
    }
  }
  const open = () => {
    vi.stubGlobal("WebSocket", Wire);
    const events = { opened: vi.fn(), frame: vi.fn(), closed: vi.fn() };
    const socket = openWebSocket("wss://site/room")(events);
    vi.unstubAllGlobals();
    return { events, socket, wire: Wire.last };
  };

  it("is beside the page, over TLS when the page is", () => {
    expect(socketUrl({ protocol: "https:", host: "site" }, "/room")).toBe("wss://site/room");
    expect(socketUrl({ protocol: "http:", host: "localhost:8080" }, "/voice")).toBe(
      "ws://localhost:8080/voice",
    );
  });

  it("gives frames as they come", () => {
    const { events, wire } = open();
    wire.onopen?.();
    wire.onmessage?.({ data: '{"type":"saving","state":"ok"}' });
    expect(events.opened).toHaveBeenCalledOnce();
    expect(events.frame).toHaveBeenCalledWith({ type: "saving", state: "ok" });
  });

  it("gives up what is not a frame, and tells nothing more", () => {
    for (const data of ["{", "7", "null", '{"no":"type"}', new ArrayBuffer(2)]) {
      const { events, wire } = open();
      wire.onmessage?.({ data });
      expect(events.closed).toHaveBeenCalledWith(CLOSE.gap);
      wire.onmessage?.({ data: '{"type":"saving","state":"ok"}' });
      wire.onclose?.({ code: 1006 });
      expect(events.frame).not.toHaveBeenCalled();
      expect(events.closed).toHaveBeenCalledOnce();
    }
  });

  it("tells at once that it was given up, whatever the network does", () => {
    const { events, socket, wire } = open();
    socket.giveUp(CLOSE.silent);
    expect(events.closed).toHaveBeenCalledWith(CLOSE.silent);
    expect(wire.close).toHaveBeenCalled();
  });
});
