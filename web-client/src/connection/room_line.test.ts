import type { Change, Command, ServerFrame } from "@protocol";
import { describe, expect, it } from "vitest";
import { the } from "../state/room_state";
import { messagesInOrder } from "../state/selectors";
import { CLOCK, FakeEntrance, FakeKeep, ME, type Stand, standLine, welcome } from "../testing/fakes";
import * as make from "../testing/fixtures";
import { CLOSE } from "./close_codes";

const batch = (from: number, to: number, ...changes: Change[]): ServerFrame => ({
  type: "batch",
  from,
  to,
  changes,
});
const say = (text: string): Command => ({ type: "send_message", channel: "room", text });
const settled = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

function online(change: Parameters<typeof standLine>[0] = {}): Stand {
  const stand = standLine(change);
  stand.socket.open();
  stand.socket.say(welcome(1), batch(0, 1, ...make.LIVE));
  return stand;
}

describe("coming in", () => {
  it("says hello with the ticket, and shows the room", () => {
    const stand = standLine();
    expect(stand.line.status.value.kind).toBe("connecting");
    stand.socket.open();
    expect(stand.socket.sent).toEqual([
      { type: "hello", version: 1, ticket: "first", device: "Android, Chrome" },
    ]);
    stand.socket.say(welcome(1), batch(0, 1, ...make.LIVE));
    expect(stand.line.status.value.kind).toBe("online");
    expect(stand.line.me.value).toBe(ME);
    expect(stand.line.role.value).toBe("participant");
    expect(the(stand.line.room.value, "room")?.theme).toBe("Uni");
    expect(stand.keep.get("ticket")).toBe("next");
  });

  it("uses the ticket that this tab kept, or asks for one at the door", async () => {
    const keep = new FakeKeep();
    keep.set("ticket", "kept");
    const reloaded = standLine({ ticket: undefined, keep });
    reloaded.socket.open();
    expect(reloaded.socket.sent[0]).toMatchObject({ ticket: "kept" });

    const anew = standLine({ ticket: undefined });
    expect(anew.sockets).toHaveLength(0);
    await settled();
    anew.socket.open();
    expect(anew.entrance.entered).toEqual(["Mustikka"]);
    expect(anew.socket.sent[0]).toMatchObject({ ticket: "entered-1" });
  });

  it("goes to the door again when the ticket is refused", async () => {
    const stand = standLine();
    stand.socket.open();
    stand.socket.close(CLOSE.bad_ticket);
    stand.timers.pass(250);
    await settled();
    stand.socket.open();
    expect(stand.socket.sent[0]).toMatchObject({ ticket: "entered-1" });
  });

  it("knows in a reload that the tab was in, though the ticket was used up by then", async () => {
    const stand = online();
    stand.socket.close(CLOSE.bad_ticket);
    expect(stand.keep.get("ticket")).toBe("");
    const anew = standLine({ ticket: undefined, keep: stand.keep });
    await settled();
    anew.socket.open();
    expect(anew.socket.sent[0]).toMatchObject({ ticket: "entered-1" });
  });

  it.each([
    [{ kind: "unknown" } as const, CLOSE.bad_ticket],
    [{ kind: "refused", refusal: { word: "not_permitted" } } as const, CLOSE.bad_ticket],
    [{ kind: "refused", refusal: { word: "removed" } } as const, CLOSE.removed],
    [{ kind: "refused", refusal: { word: "not_now" } } as const, CLOSE.session_over],
  ])("ends when the door says %j", async (answer, code) => {
    const entrance = new FakeEntrance();
    entrance.tickets = [answer];
    const stand = standLine({ ticket: undefined, entrance });
    await settled();
    expect(stand.line.status.value).toEqual({ kind: "ended", code });
  });

  it("waits as long as the door says when the person has come too often", async () => {
    const entrance = new FakeEntrance();
    entrance.tickets = [{ kind: "refused", refusal: { word: "too_fast", wait_seconds: 2 } }];
    const stand = standLine({ ticket: undefined, entrance });
    await settled();
    stand.timers.pass(1999);
    await settled();
    expect(stand.sockets).toHaveLength(0);
    stand.timers.pass(1);
    await settled();
    expect(stand.sockets).toHaveLength(1);
  });

  it("is ended by a ninth line, and does not come back by itself", () => {
    const stand = online();
    stand.socket.close(CLOSE.too_many_lines);
    stand.timers.pass(60_000);
    expect(stand.line.status.value).toEqual({ kind: "ended", code: CLOSE.too_many_lines });
    expect(stand.sockets).toHaveLength(1);
  });

  /** Loses so many sockets in a row, of which nothing is heard. */
  async function loseMute(stand: Stand, times: number) {
    for (let time = 0; time < times; time += 1) {
      stand.socket.close(1006);
      await settled();
      stand.timers.pass(5000);
    }
  }

  it("knows a net that lets questions through and no sockets, and forgets it when a socket is heard", async () => {
    const stand = standLine();
    await loseMute(stand, 3);
    expect(stand.line.isBlocked.value).toBe(false);
    await loseMute(stand, 1);
    expect(stand.line.isBlocked.value).toBe(true);
    expect(stand.line.status.value.kind).toBe("offline");
    stand.socket.open();
    expect(stand.line.isBlocked.value).toBe(true);
    stand.socket.say(welcome(1), batch(0, 1, ...make.LIVE));
    expect(stand.line.isBlocked.value).toBe(false);
    // One that was heard is no mute one, however it ends.
    stand.socket.close(1006);
    stand.timers.pass(5000);
    await loseMute(stand, 2);
    expect(stand.line.isBlocked.value).toBe(false);
  });

  it("does not take a server that is away for a net that blocks, nor the other way round for long", async () => {
    const stand = standLine();
    stand.entrance.about = { kind: "unreachable" };
    await loseMute(stand, 4);
    expect(stand.line.isBlocked.value).toBe(false);
    stand.entrance.about = { kind: "ok", value: { now: 0 } };
    await loseMute(stand, 4);
    expect(stand.line.isBlocked.value).toBe(true);
    stand.entrance.about = { kind: "unreachable" };
    await loseMute(stand, 4);
    expect(stand.line.isBlocked.value).toBe(false);
  });

  it("tries again later when the door does not answer", async () => {
    const entrance = new FakeEntrance();
    entrance.tickets = [{ kind: "unreachable" }];
    const stand = standLine({ ticket: undefined, entrance });
    await settled();
    expect(stand.line.status.value.kind).toBe("offline");
    stand.timers.pass(250);
    await settled();
    expect(stand.sockets).toHaveLength(1);
  });
});

describe("a lost line", () => {
  it("comes back with what it has, and hears only what it missed", () => {
    const stand = online();
    stand.socket.close(1006);
    expect(stand.line.status.value).toEqual({ kind: "offline", since: 0 });
    stand.timers.pass(250);
    stand.socket.open();
    expect(stand.socket.sent[0]).toMatchObject({ ticket: "next", resume: { epoch: "e1", seq: 1 } });
    stand.socket.say(welcome(4, { resumed: true }), batch(1, 4, make.message(20, 8, "Hei taas")));
    expect(stand.line.room.value.seq).toBe(4);
    expect(messagesInOrder(stand.line.room.value, "room").at(-1)?.text).toBe("Hei taas");
    expect(the(stand.line.room.value, "room")?.theme).toBe("Uni");
  });

  it("keeps the room in view until the snapshot of another epoch replaces it", () => {
    const stand = online();
    stand.socket.close(1006);
    stand.timers.pass(250);
    stand.socket.open();
    stand.socket.say(welcome(2, { epoch: "e2", resumed: false }));
    expect(the(stand.line.room.value, "room")?.theme).toBe("Uni");
    stand.socket.say(batch(0, 2, make.info({ theme: "Raha" })));
    expect(the(stand.line.room.value, "room")?.theme).toBe("Raha");
    expect(stand.line.room.value.things.person.size).toBe(0);
  });

  it("does not resume from a room whose snapshot never came", () => {
    const stand = online();
    stand.socket.close(1006);
    stand.timers.pass(250);
    stand.socket.open();
    stand.socket.say(welcome(2, { epoch: "e2", resumed: false }));
    stand.socket.close(1006);
    stand.timers.pass(250);
    stand.socket.open();
    expect(stand.socket.sent[0]).not.toHaveProperty("resume");
  });

  it("is given up after 10 s without a frame", () => {
    const stand = online();
    const first = stand.socket;
    stand.timers.pass(6000);
    first.say({ type: "heartbeat", clock: CLOCK });
    stand.timers.pass(9999);
    expect(first.is_over).toBe(false);
    stand.timers.pass(1);
    expect(first.is_over).toBe(true);
    expect(stand.line.status.value.kind).toBe("offline");
  });

  it("waits longer each time, and starts anew once welcomed", () => {
    const stand = standLine();
    const opened: number[] = [];
    for (const wait of [250, 500, 1000, 2000, 4000, 5000]) {
      stand.socket.close(1006);
      stand.timers.pass(wait - 1);
      opened.push(stand.sockets.length);
      stand.timers.pass(1);
    }
    expect(opened).toEqual([1, 2, 3, 4, 5, 6]);
    stand.socket.open();
    stand.socket.say(welcome(1), batch(0, 1));
    stand.socket.close(CLOSE.restart);
    stand.timers.pass(250);
    expect(stand.sockets).toHaveLength(8);
  });

  it("waits as long as a goodbye asks", () => {
    const stand = online();
    stand.socket.say({ type: "goodbye", code: CLOSE.restart, retry_after_ms: 2000 });
    stand.socket.close(CLOSE.restart);
    stand.timers.pass(1999);
    expect(stand.sockets).toHaveLength(1);
    stand.timers.pass(1);
    expect(stand.sockets).toHaveLength(2);
  });

  it("is tried at once when somebody asks", () => {
    const stand = online();
    stand.socket.close(1006);
    stand.line.retryNow();
    expect(stand.sockets).toHaveLength(2);
    stand.line.retryNow();
    stand.timers.pass(5000);
    expect(stand.sockets).toHaveLength(2);
  });

  it("connects anew at a gap", () => {
    const stand = online();
    stand.socket.say(batch(5, 6, make.info({ theme: "Raha" })));
    expect(stand.socket.is_over).toBe(true);
    expect(the(stand.line.room.value, "room")?.theme).toBe("Uni");
    stand.timers.pass(250);
    stand.socket.open();
    expect(stand.socket.sent[0]).toMatchObject({ resume: { epoch: "e1", seq: 1 } });
  });

  it.each([CLOSE.removed, CLOSE.session_over, CLOSE.version, CLOSE.left])(
    "does not come back after %d",
    (code) => {
      const stand = online();
      stand.socket.close(code);
      expect(stand.line.status.value).toEqual({ kind: "ended", code });
      stand.timers.pass(60_000);
      expect(stand.sockets).toHaveLength(1);
    },
  );
});

describe("a command", () => {
  it("is pending until its outcome, and its sender is told", async () => {
    const stand = online();
    const answer = stand.line.send(say("Hei"));
    expect(stand.socket.sent.at(-1)).toEqual({ type: "command", id: "abcdef-1", command: say("Hei") });
    expect(stand.line.pending.value.map(({ id }) => id)).toEqual(["abcdef-1"]);
    stand.socket.say(batch(1, 2, make.message(20, ME, "Hei", { command: "abcdef-1" })));
    stand.socket.say({ type: "outcome", id: "abcdef-1", seq: 2 });
    expect(stand.line.pending.value).toEqual([]);
    expect(await answer).toEqual({ kind: "done" });
  });

  it("stays in view between its outcome and its step, so that nothing blinks", () => {
    const stand = online();
    void stand.line.send(say("Hei"));
    stand.socket.say({ type: "outcome", id: "abcdef-1", seq: 2 });
    expect(stand.line.pending.value).toHaveLength(1);
    stand.socket.say(batch(1, 2, make.message(20, ME, "Hei")));
    expect(stand.line.pending.value).toHaveLength(0);
  });

  it("does not stay in view when its step shows us nothing", () => {
    const stand = online();
    void stand.line.send({ type: "say_im_back" });
    stand.socket.say({ type: "outcome", id: "abcdef-1", seq: 2 });
    stand.socket.say({ type: "heartbeat", clock: CLOCK });
    expect(stand.line.pending.value).toHaveLength(0);
  });

  it("given without a line goes after the next welcome, in its order, under its own id", () => {
    const stand = online();
    stand.socket.close(1006);
    void stand.line.send(say("eka"));
    void stand.line.send(say("toka"));
    stand.timers.pass(250);
    stand.socket.open();
    expect(stand.socket.sent).toHaveLength(1);
    stand.socket.say(welcome(1, { resumed: true }));
    expect(stand.socket.sent.slice(1)).toEqual([
      { type: "command", id: "abcdef-1", command: say("eka") },
      { type: "command", id: "abcdef-2", command: say("toka") },
    ]);
  });

  it("that was sent and not answered is sent again, over a reload too", () => {
    const first = online();
    void first.line.send(say("Hei"));
    const second = standLine({ keep: first.keep, prefix: "ffffff", ticket: undefined });
    expect(second.line.pending.value.map(({ id }) => id)).toEqual(["abcdef-1"]);
    second.socket.open();
    second.socket.say(welcome(1), batch(0, 1));
    expect(second.socket.sent.at(-1)).toEqual({ type: "command", id: "abcdef-1", command: say("Hei") });
    second.socket.say({ type: "outcome", id: "abcdef-1", seq: 1 });
    expect(second.line.pending.value).toEqual([]);
  });

  it("that is refused is kept with its reason until it is dismissed, over a reload too", async () => {
    const stand = online();
    const answer = stand.line.send(say("Hei"));
    stand.socket.say({
      type: "outcome",
      id: "abcdef-1",
      seq: 1,
      refusal: { word: "slow_mode", wait_seconds: 20 },
    });
    expect(await answer).toEqual({ kind: "refused", refusal: { word: "slow_mode", wait_seconds: 20 } });
    expect(stand.line.refused.value).toMatchObject([{ id: "abcdef-1", refusal: { word: "slow_mode" } }]);

    const reloaded = standLine({ keep: stand.keep });
    expect(reloaded.line.refused.value).toHaveLength(1);
    reloaded.line.dismiss("abcdef-1");
    expect(reloaded.line.refused.value).toEqual([]);
    expect(stand.keep.get("refused")).toBeNull();
  });

  it("has an answer even when the line ends for good", async () => {
    const stand = online();
    const before = stand.line.send(say("Hei"));
    stand.socket.close(CLOSE.session_over);
    expect(await before).toEqual({ kind: "unsent" });
    expect(await stand.line.send(say("Hei"))).toEqual({ kind: "unsent" });
  });

  it("of somebody else's tab is nothing to us", () => {
    const stand = online();
    stand.socket.say({ type: "outcome", id: "111111-1", seq: 2, refusal: { word: "busy" } });
    expect(stand.line.refused.value).toEqual([]);
  });
});

describe("other frames", () => {
  it("tell the saving, the lines of those who wait, and the clock", () => {
    const stand = online();
    stand.socket.say(
      { type: "saving", state: "stopped" },
      { type: "line_figures", lines: [{ person: 9, rtt_median_ms: 80, rtt_worst_ms: 900 }] },
      { type: "heartbeat", clock: { room: CLOCK.room + 9000, utc: CLOCK.utc + 9000 } },
    );
    expect(stand.line.saving.value).toBe("stopped");
    expect(stand.line.lineFigures.value.get(9)?.rtt_worst_ms).toBe(900);
    expect(stand.line.clock.value?.room).toBe(CLOCK.room + 9000);
  });
});

describe("saving", () => {
  it("is asked again for what was under way when it stopped, once it goes on", () => {
    const stand = online();
    void stand.line.send(say("hei"));
    const [sent] = stand.socket.sent.filter(({ type }) => type === "command");
    stand.socket.say({ type: "saving", state: "stopped" });
    expect(stand.line.pending.value).toHaveLength(1);
    stand.socket.say({ type: "saving", state: "ok" });
    expect(stand.socket.sent.filter(({ type }) => type === "command")).toEqual([sent, sent]);
  });

  it("is asked again too when the trouble was over before it was told", () => {
    const stand = online();
    void stand.line.send(say("hei"));
    const [sent] = stand.socket.sent.filter(({ type }) => type === "command");
    stand.socket.say({ type: "saving", state: "ok" });
    expect(stand.socket.sent.filter(({ type }) => type === "command")).toEqual([sent, sent]);
  });
});

describe("older messages", () => {
  it("come over HTTP, from before the oldest here", async () => {
    const stand = online();
    stand.entrance.older = { kind: "ok", value: { messages: [make.message(0, 8, "eilinen", { place: 0 })] } };
    await stand.line.showOlderMessages();
    expect(messagesInOrder(stand.line.room.value, "room")[0]?.text).toBe("eilinen");
    stand.entrance.older = { kind: "ok", value: { messages: [] } };
    await stand.line.showOlderMessages();
    expect(stand.line.olderMessages.value).toBe("none");
  });

  it("can be asked for again when the first have made room for newer ones", async () => {
    const stand = online();
    const many = Array.from({ length: 200 }, (_, i) => make.message(100 + i, 8, `viesti ${i}`));
    stand.socket.say(batch(1, 2, ...many));
    await stand.line.showOlderMessages();
    expect(stand.line.olderMessages.value).toBe("none");
    stand.socket.say(batch(2, 3, make.person(8, "Kuusi")));
    expect(stand.line.olderMessages.value).toBe("none");
    stand.socket.say(batch(3, 4, make.message(400, 8, "uusi")));
    expect(stand.line.olderMessages.value).toBe("ask");
  });

  it("can be asked for again when they did not come", async () => {
    const stand = online();
    stand.entrance.older = { kind: "unreachable" };
    await stand.line.showOlderMessages();
    expect(stand.line.olderMessages.value).toBe("failed");
  });
});

describe("a command that closes the line", () => {
  const commands = (stand: Stand) =>
    stand.socket.sent.flatMap((frame) => (frame.type === "command" ? [frame.command] : []));
  const call: Command = { type: "ask_for_help", kind: "cannot_hear" };
  /** The server closes each line on which it hears `bad`, before it has answered it; all else is done. */
  const serve = (stand: Stand, bad: string, code: number) => {
    const heard = stand.socket.sent;
    for (let at = 0; at < heard.length && !stand.socket.is_over; at += 1) {
      const frame = heard[at];
      if (frame?.type !== "command") continue;
      if (frame.command.type === "send_message" && frame.command.text === bad) stand.socket.close(code);
      else stand.socket.say({ type: "outcome", id: frame.id, seq: 1 });
    }
  };
  const comeBack = (stand: Stand) => {
    const before = stand.sockets.length;
    stand.timers.pass(6000);
    expect(stand.sockets).toHaveLength(before + 1);
    stand.socket.open();
    stand.socket.say(welcome(1, { resumed: true }));
  };

  it.each([CLOSE.bad_frame, CLOSE.not_utf8, CLOSE.too_large])(
    "is parked (%d), and the call for help behind it goes out",
    async (code) => {
      const stand = online();
      const bad = stand.line.send(say("paha"));
      const help = stand.line.send(call);
      const after = stand.line.send(say("hyvä"));
      stand.socket.close(code);
      // Now one at a time, and the call first.
      comeBack(stand);
      expect(commands(stand)).toEqual([call]);
      serve(stand, "paha", code);
      expect((await help).kind).toBe("done");
      comeBack(stand);
      expect(commands(stand)).toEqual([say("paha")]);
      serve(stand, "paha", code);
      expect(await bad).toEqual({ kind: "refused", refusal: { word: "invalid" } });
      expect(stand.line.refused.value.map(({ command }) => command)).toEqual([say("paha")]);
      comeBack(stand);
      serve(stand, "paha", code);
      expect((await after).kind).toBe("done");
      expect(stand.line.pending.value.filter(({ command }) => command !== undefined)).toHaveLength(0);
      expect(stand.socket.is_over).toBe(false);
      expect(stand.sockets).toHaveLength(4);
    },
  );

  it("does not make a storm of a line that is lost after each welcome", () => {
    const stand = online();
    void stand.line.send(say("paha"));
    for (const wait of [250, 500, 1000, 2000, 4000, 5000]) {
      stand.socket.close(1006);
      const before = stand.sockets.length;
      stand.timers.pass(wait - 1);
      expect(stand.sockets).toHaveLength(before);
      stand.timers.pass(1);
      expect(stand.sockets).toHaveLength(before + 1);
      stand.socket.open();
      stand.socket.say(welcome(1, { resumed: true }));
    }
    const [item] = stand.line.pending.value;
    stand.socket.say({ type: "outcome", id: item?.id ?? "", seq: 1 });
    stand.socket.close(1006);
    const before = stand.sockets.length;
    stand.timers.pass(250);
    expect(stand.sockets).toHaveLength(before + 1);
  });

  it("is not blamed for a frame of the server's that cannot be read", async () => {
    const stand = online();
    void stand.line.send(say("hyvä"));
    for (let times = 0; times < 3; times += 1) {
      stand.socket.giveUp(CLOSE.gap);
      comeBack(stand);
    }
    expect(commands(stand)).toEqual([say("hyvä")]);
    expect(stand.line.refused.value).toEqual([]);
  });

  it("is made well-formed when it is given, and when it was kept by an earlier page", () => {
    const keep = new FakeKeep();
    keep.set(
      "outbox",
      '[{"id":"aaaaaa-1","given_at":1,"command":{"type":"send_message","channel":"room","text":"hei \\ud83d"}}]',
    );
    const stand = online({ keep });
    void stand.line.send(say("hei \ude00"));
    expect(commands(stand)).toEqual([say("hei \ufffd"), say("hei \ufffd")]);
  });

  it("is not sent when it does not fit a frame, and stays with its author", async () => {
    const stand = online();
    const long = say("😀".repeat(5000));
    const answer = await stand.line.send(long);
    expect(answer).toEqual({ kind: "refused", refusal: { word: "text_too_long" } });
    expect(commands(stand)).toEqual([]);
    expect(stand.line.refused.value.map(({ command }) => command)).toEqual([long]);
    expect(stand.line.pending.value).toEqual([]);
  });
});

describe("leaving", () => {
  it("says so, and does not come back", () => {
    const stand = online();
    stand.line.leave();
    expect(stand.socket.sent.at(-1)).toEqual({ type: "leave" });
    expect(stand.line.status.value).toEqual({ kind: "ended", code: CLOSE.left });
    expect(stand.keep.get("ticket")).toBeNull();
    stand.timers.pass(60_000);
    expect(stand.sockets).toHaveLength(1);
  });
});

describe("a ticket for voice", () => {
  const asked = (stand: Stand) => stand.socket.sent.filter(({ type }) => type === "ask_voice_ticket").length;

  it("is asked for over the line, one question at a time, in the order of those who ask", async () => {
    const stand = online();
    const tickets = Promise.all([stand.line.askVoiceTicket(), stand.line.askVoiceTicket()]);
    expect(asked(stand)).toBe(1);
    stand.socket.say({ type: "voice_ticket", ticket: "a" });
    expect(asked(stand)).toBe(2);
    stand.socket.say({ type: "voice_ticket", ticket: "b" });
    expect(await tickets).toEqual(["a", "b"]);
  });

  it("is none when the session has no voice, and when the line has ended", async () => {
    const stand = online();
    const both = Promise.all([stand.line.askVoiceTicket(), stand.line.askVoiceTicket()]);
    stand.socket.say({ type: "voice_off" });
    expect(await both).toEqual([null, null]);
    const late = stand.line.askVoiceTicket();
    stand.socket.close(CLOSE.removed);
    expect(await late).toBeNull();
    expect(await stand.line.askVoiceTicket()).toBeNull();
  });

  it("waits for the line to come back", async () => {
    const stand = online();
    stand.socket.close(1006);
    const ticket = stand.line.askVoiceTicket();
    stand.timers.pass(250);
    stand.socket.open();
    expect(asked(stand)).toBe(0);
    stand.socket.say(welcome(1, { resumed: true }));
    stand.socket.say({ type: "voice_ticket", ticket: "c" });
    expect(await ticket).toBe("c");
  });

  it("is asked for again when no answer came, and once it has come no more", async () => {
    const stand = online();
    const ticket = stand.line.askVoiceTicket();
    stand.timers.pass(5000);
    expect(asked(stand)).toBe(2);
    stand.socket.say({ type: "voice_ticket", ticket: "d" });
    expect(await ticket).toBe("d");
    stand.timers.pass(4000);
    expect(asked(stand)).toBe(2);
  });
});

describe("the speech line", () => {
  it("is told while there is a line, and shows what the server says", () => {
    const stand = online();
    stand.line.writeSpeech(40, "Hei");
    expect(stand.socket.sent.at(-1)).toEqual({ type: "speech_line", turn: 40, text: "Hei" });
    stand.socket.say({ type: "speech", turn: 40, text: "Hei kaikki", by: 8 });
    expect(stand.line.speech.value?.text).toBe("Hei kaikki");
    const sent = stand.socket.sent.length;
    stand.socket.close(1006);
    stand.line.writeSpeech(40, "Hei taas");
    expect(stand.socket.sent).toHaveLength(sent);
  });
});
