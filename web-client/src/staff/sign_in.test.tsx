import type { MeAnswer } from "@protocol/api";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { FakeEntrance, FakeKeep } from "../testing/fakes";
import { fakeAccountRequests, fakeOffice } from "../testing/staff_fixtures";
import { type AccountRequests, accountRequests, takePasswordLink } from "./account";
import { Desk } from "./desk";
import { StaffDoor } from "./door";

vi.mock("./consoles", async (original) => ({
  ...(await original<typeof import("./consoles")>()),
  consoles: { moderator: () => Promise.resolve({ Console: () => <h1>Huone</h1> }) },
}));

const aino: MeAnswer = {
  account: 2,
  person: 7,
  name: "Aino Ahonen",
  roles: [{ role: "facilitator", series: "Etäkahvila" }],
  csrf_token: "t0ken",
};

// The desk asks for one's sessions: nobody answers here.
beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  return () => vi.unstubAllGlobals();
});

async function door(change: Partial<AccountRequests> = {}, password_link: string | null = null) {
  const accounts = fakeAccountRequests(change);
  const drawn = await draw((app) => (
    <StaffDoor
      page={{ app, keep: new FakeKeep(), entrance: new FakeEntrance() }}
      pass={null}
      accounts={accounts}
      password_link={password_link}
    />
  ));
  const write = (id: string, text: string) =>
    drawn.does(() => {
      const field = drawn.root.querySelector<HTMLInputElement>(`#${id}`);
      if (!field) throw new Error(`no field ${id}`);
      field.value = text;
    });
  const submit = () =>
    drawn.does(() => {
      drawn.root
        .querySelector("form")
        ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
  return { drawn, write, submit };
}

describe("signing in", () => {
  it("is what the page offers without a link, and leads to one's own sessions", async () => {
    const signIn = vi.fn(() => Promise.resolve({ kind: "ok" as const, value: aino }));
    const { drawn, write, submit } = await door({ signIn });
    expect(drawn.words("main h1")).toBe("Kirjaudu sisään");
    await write("sign-in-name", "Aino Ahonen");
    await write("sign-in-password", "kahvi ja pulla");
    await submit();
    expect(signIn).toHaveBeenCalledWith("Aino Ahonen", "kahvi ja pulla");
    expect(drawn.words("main h1")).toBe("Hei, Aino Ahonen");
  });

  it("says the same of a wrong name and a wrong password, and when to try again", async () => {
    const { drawn, write, submit } = await door();
    await write("sign-in-password", "väärä salasana");
    await submit();
    expect(drawn.words(".note.stop")).toBe("Nimi tai salasana on väärin. Tarkista molemmat.");
    expect(drawn.root.querySelector<HTMLInputElement>("#sign-in-password")?.value).toBe("");
    const held = await door({
      signIn: () => Promise.resolve({ kind: "refused", refusal: { word: "too_fast", wait_seconds: 130 } }),
    });
    await held.submit();
    expect(held.drawn.words(".note.stop")).toContain("3 minuutin kuluttua");
    const short = await door({
      signIn: () => Promise.resolve({ kind: "refused", refusal: { word: "too_fast", wait_seconds: 25 } }),
    });
    await short.submit();
    expect(short.drawn.words(".note.stop")).toContain("25 sekunnin kuluttua");
  });

  it("goes straight to the desk when this device is signed in already", async () => {
    const { drawn } = await door({ me: () => Promise.resolve({ kind: "ok", value: aino }) });
    expect(drawn.words("main h1")).toBe("Hei, Aino Ahonen");
  });
});

describe("a one-time link", () => {
  it("leaves the address bar, and no other link is one", () => {
    const replaced = vi.fn();
    const at = (hash: string) =>
      takePasswordLink(
        { hash, pathname: "/staff", search: "" } as Location,
        { replaceState: replaced } as unknown as History,
      );
    expect(at("#password=Fh6NGzko8IdmxNKFvUsrVA")).toBe("Fh6NGzko8IdmxNKFvUsrVA");
    expect(replaced).toHaveBeenCalledWith(null, "", "/staff");
    expect(at("#Fh6NGzko8IdmxNKFvUsrVA")).toBeNull();
    expect(at("#password=")).toBeNull();
  });

  it("sets a password that is long and twice the same", async () => {
    const setPassword = vi.fn(() => Promise.resolve({ kind: "ok" as const, value: aino }));
    const { drawn, write, submit } = await door(
      { ownerOf: () => Promise.resolve({ kind: "ok", value: { name: "Aino Ahonen" } }), setPassword },
      "s3cret",
    );
    expect(drawn.words("main")).toContain("Aino Ahonen");
    await write("new-password", "lyhyt");
    await submit();
    expect(drawn.words(".note.stop")).toContain("liian lyhyt");
    await write("new-password", "kahvi ja pulla");
    await write("new-password-again", "kahvi ja pullaa");
    await submit();
    expect(drawn.words(".note.stop")).toContain("eivät ole samat");
    await write("new-password-again", "kahvi ja pulla");
    await submit();
    expect(setPassword).toHaveBeenCalledWith("s3cret", "kahvi ja pulla");
    expect(drawn.words("main h1")).toBe("Hei, Aino Ahonen");
  });

  it("that no longer works says so", async () => {
    const { drawn } = await door({}, "s3cret");
    expect(drawn.words("main h1")).toBe("Tämä linkki ei toimi enää");
  });
});

describe("a supervisor", () => {
  const paivi: MeAnswer = { ...aino, name: "Päivi Virtanen", roles: [{ role: "supervisor" }] };

  it("is on the page of their own people at once", async () => {
    const { drawn } = await door({ me: () => Promise.resolve({ kind: "ok", value: paivi }) });
    await drawn.does(() => vi.dynamicImportSettled());
    expect(drawn.words("main h1")).toBe("Omien asiakkaitteni läsnäolo");
  });

  it("who is in rooms as well chooses first", async () => {
    const both: MeAnswer = {
      ...paivi,
      roles: [{ role: "supervisor" }, { role: "moderator", series: "Syksy" }],
    };
    const { drawn } = await door({ me: () => Promise.resolve({ kind: "ok", value: both }) });
    expect(drawn.words("main h1")).toBe("Hei, Päivi Virtanen");
    expect(drawn.button("Omien asiakkaitteni läsnäolo")).toBeTruthy();
  });
});

describe("one's own sessions", () => {
  it("lead into the room as what one is there, and out again", async () => {
    const onRoom = vi.fn();
    const onOut = vi.fn();
    const signOut = vi.fn(() => Promise.resolve({ kind: "ok" as const, value: { ended: 3 } }));
    const base = fakeOffice();
    const office = fakeOffice({
      async sessions() {
        const all = await base.sessions();
        if (all.kind !== "ok") return all;
        return {
          kind: "ok",
          value: { sessions: all.value.sessions.map((one) => ({ ...one, roles: ["moderator" as const] })) },
        };
      },
    });
    const drawn = await draw(() => (
      <Desk
        requests={fakeAccountRequests({ signOut })}
        me={aino}
        office={office}
        onRoom={onRoom}
        onOffice={() => undefined}
        onReports={() => undefined}
        onAccount={() => undefined}
        onOut={onOut}
      />
    ));
    expect(drawn.words("main")).toContain("Tulevat kerrat");
    expect(drawn.words("main")).not.toContain("koordinaattorin työpöytä");
    await drawn.press("Tule huoneeseen: Moderaattori : Uni");
    expect(onRoom).toHaveBeenCalledWith(expect.objectContaining({ theme: "Uni" }), "moderator");
    await drawn.press("Kirjaudu ulos kaikilla laitteilla");
    expect(signOut).toHaveBeenCalledWith({ csrf_token: "t0ken" }, true);
    expect(onOut).toHaveBeenCalled();
  });

  const atDesk = (me: MeAnswer, sessions: ReturnType<typeof fakeOffice>["sessions"]) =>
    draw(() => (
      <Desk
        requests={fakeAccountRequests()}
        me={me}
        office={fakeOffice({ sessions })}
        onRoom={() => undefined}
        onOffice={() => undefined}
        onReports={() => undefined}
        onAccount={() => undefined}
        onOut={() => undefined}
      />
    ));

  it("of a partner's leader are the days of the group, and there is nothing else", async () => {
    const base = fakeOffice();
    const drawn = await atDesk(
      { ...aino, name: "Pia Partneri", roles: [{ role: "moderator", group: "Maanantairyhmä" }] },
      async () => {
        const all = await base.sessions();
        if (all.kind !== "ok") return all;
        const days = all.value.sessions.slice(0, 1).map((one) => ({ ...one, roles: ["moderator" as const] }));
        return { kind: "ok", value: { sessions: days } };
      },
    );
    const buttons = [...drawn.root.querySelectorAll("main button")].map((one) => one.textContent?.trim());
    expect(buttons.length).toBe(3);
    expect(buttons[0]).toContain("Tule huoneeseen: Moderaattori");
    expect(buttons.slice(1).join(" ")).toContain("Kirjaudu ulos");
  });

  it("are none when the group is over: the server has answered, and nothing is wrong", async () => {
    const drawn = await atDesk({ ...aino, roles: [] }, () =>
      Promise.resolve({ kind: "refused", refusal: { word: "not_permitted" } }),
    );
    expect(drawn.words("main")).toContain("Sinulla ei ole vielä teemakertoja");
    expect(drawn.words("main")).not.toContain("Palvelin ei vastaa");
  });
});

describe("what is on the tab's shelf", () => {
  const unsent = JSON.stringify([{ id: "a-1", command: { type: "end_round" }, given_at: 1 }]);

  /** At the desk, with two sessions to enter and a line that never opens. */
  async function desk(keep: FakeKeep, me: MeAnswer = aino) {
    const sessions = ["Uni", "Liikkuminen"].map((theme, index) => ({
      id: index + 1,
      theme,
      series: "Etäkahvila",
      phase: "planned",
      starts_at: 0,
      ends_at: 1,
      registered: 0,
      roles: ["moderator"],
    }));
    vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, json: async () => ({ sessions }) }));
    vi.stubGlobal(
      "WebSocket",
      class {
        addEventListener() {}
        close() {}
      },
    );
    const accounts = fakeAccountRequests({ me: () => Promise.resolve({ kind: "ok", value: me }) });
    const drawn = await draw(
      (app) => (
        <StaffDoor
          page={{ app, keep, entrance: new FakeEntrance() }}
          pass={null}
          accounts={accounts}
          password_link={null}
        />
      ),
      { keep },
    );
    // Who one is, then what one's sessions are.
    for (let answer = 0; answer < 2; answer += 1)
      await drawn.does(() => new Promise((resolve) => setTimeout(resolve)));
    const enter = async (theme: string) => {
      await drawn.press(`Tule huoneeseen: Moderaattori : ${theme}`);
      // As when one leaves for the desk.
      keep.remove("ticket");
    };
    return { drawn, enter };
  }

  it("goes along into the same room again, and never into another", async () => {
    const keep = new FakeKeep();
    await (await desk(keep)).enter("Uni");
    keep.set("outbox", unsent);
    await (await desk(keep)).enter("Uni");
    expect(keep.get("outbox")).toBe(unsent);
    await (await desk(keep)).enter("Liikkuminen");
    expect(keep.get("outbox")).toBeNull();
  });

  it("is never sent by a colleague in the same tab", async () => {
    const keep = new FakeKeep();
    await (await desk(keep)).enter("Uni");
    keep.set("outbox", unsent);
    await (await desk(keep, { ...aino, account: 3, name: "Oili" })).enter("Uni");
    expect(keep.get("outbox")).toBeNull();
  });

  it("is cleared when one signs out", async () => {
    const keep = new FakeKeep();
    keep.set("outbox", unsent);
    const { drawn } = await desk(keep);
    await drawn.press("Kirjaudu ulos");
    expect(drawn.words("main h1")).toBe("Kirjaudu sisään");
    expect(keep.kept.size).toBe(0);
  });
});

describe("the accounts' requests over HTTP", () => {
  it("lets the cookie go along, and shows the token when it changes something", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response("{}")));
    const accounts = accountRequests(fetch);
    await accounts.me();
    await accounts.signOut({ csrf_token: "t0ken" }, true);
    expect(fetch.mock.calls.map(([path, init]) => [path, init?.credentials])).toEqual([
      ["/api/me", "same-origin"],
      ["/api/sign-out", "same-origin"],
    ]);
    expect(fetch.mock.calls[1]?.[1]?.headers).toMatchObject({ "X-CSRF-Token": "t0ken" });
    expect(fetch.mock.calls[1]?.[1]?.body).toBe('{"everywhere":true}');
  });
});
