import type { MeAnswer, OwnAccountAnswer } from "@protocol/api";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AccountActs } from "../coordinator/account_acts";
import { StepRule } from "../coordinator/second_step_rule";
import { type Drawn, draw } from "../testing/draw";
import { fakeAccountRequests, fakeOffice } from "../testing/staff_fixtures";
import { Button } from "../view/button";
import type { AccountRequests } from "./account";
import { OwnAccount } from "./own_account";
import type { OwnAccountRequests } from "./own_account_requests";
import { type Prove, ProveContext, ProviderContext, useProof } from "./proof";
import { inFours, SetUpStep } from "./set_up_step";
import { SignIn } from "./sign_in";

const aino: MeAnswer = { account: 2, person: 7, name: "Aino Ahonen", roles: [], csrf_token: "t0ken" };
const KEY = {
  key: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  address: "otpauth://totp/kahvila:Aino?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=kahvila",
};
const SPARE = ["K7PM 4RXT", "2793 8F2P"];

const ok = <T,>(value: T) => Promise.resolve({ kind: "ok" as const, value });
const refused = (word: "not_permitted" | "step_asked" | "step_to_set_up" | "password_asked") =>
  Promise.resolve({ kind: "refused" as const, refusal: { word } });

async function type(drawn: Drawn, id: string, text: string): Promise<void> {
  await drawn.does(() => {
    const field = drawn.root.querySelector<HTMLInputElement>(`#${id}`);
    if (!field) throw new Error(`no field ${id}`);
    field.value = text;
  });
}
async function submit(drawn: Drawn, form = "form"): Promise<void> {
  await drawn.does(() => {
    drawn.root.querySelector(form)?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
}

beforeEach(() => {
  // happy-dom has dialogs without their modal way.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
});

async function signIn(change: Partial<AccountRequests>) {
  const onIn = vi.fn();
  const drawn = await draw(() => <SignIn requests={fakeAccountRequests(change)} onIn={onIn} />);
  await type(drawn, "sign-in-name", "Aino");
  await type(drawn, "sign-in-password", "kahvi ja pulla");
  await submit(drawn);
  return { drawn, onIn };
}

describe("the second step of a sign-in", () => {
  it("asks for the code, says when it is wrong, and leads in", async () => {
    const giveStep = vi.fn((code: string) => (code === "287082" ? ok(aino) : refused("not_permitted")));
    const { drawn, onIn } = await signIn({ signIn: () => refused("step_asked"), giveStep });
    expect(drawn.words("main h1")).toBe("Toinen vaihe");
    await type(drawn, "step-code", "000000");
    await submit(drawn);
    expect(drawn.words(".note.stop")).toContain("Koodi on väärin");
    expect(onIn).not.toHaveBeenCalled();
    await type(drawn, "step-code", "287082");
    await submit(drawn);
    expect(onIn).toHaveBeenCalledWith(aino);
  });

  it("that took too long begins again with name and password", async () => {
    const { drawn } = await signIn({
      signIn: () => refused("step_asked"),
      giveStep: () => Promise.resolve({ kind: "unknown" }),
    });
    await submit(drawn);
    expect(drawn.words(".note.stop")).toContain("Aloita alusta");
    await drawn.press("Aloita alusta");
    expect(drawn.words("main h1")).toBe("Kirjaudu sisään");
  });

  it("is set up where it is asked for and there is none, and the spare codes are seen first", async () => {
    const confirm = vi.fn(() => ok({ me: aino, spare_codes: SPARE }));
    const { drawn, onIn } = await signIn({
      signIn: () => refused("step_to_set_up"),
      beginFirstStep: () => ok(KEY),
      confirmFirstStep: confirm,
    });
    await vi.waitFor(() => expect(drawn.words("main")).toContain("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
    await type(drawn, "new-step-code", "287 082");
    await submit(drawn);
    expect(confirm).toHaveBeenCalledWith("287 082");
    expect(drawn.words("main")).toContain("K7PM 4RXT");
    expect(onIn).not.toHaveBeenCalled();
    await drawn.press("Koodit ovat tallessa");
    expect(onIn).toHaveBeenCalledWith(aino);
  });
});

describe("setting up a step", () => {
  it("shows the key as a picture, as an address for this telephone and in fours", async () => {
    const drawn = await draw(() => (
      <SetUpStep
        begin={() => ok(KEY)}
        confirm={() => refused("not_permitted")}
        onDone={() => undefined}
        onLost={() => undefined}
      />
    ));
    expect(drawn.root.querySelector("svg.qr")?.getAttribute("aria-label")).toBe("Kuva, jonka sovellus lukee");
    expect(drawn.root.querySelector("a")?.getAttribute("href")).toBe(KEY.address);
    expect(drawn.root.querySelector("[style]")).toBeNull();
    expect(inFours("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
    await submit(drawn);
    expect(drawn.words(".note.stop")).toContain("Koodi ei ole oikea");
  });
});

describe("before a file leaves", () => {
  function Taking({
    take,
    onTaken,
  }: {
    take: () => ReturnType<typeof ask>;
    onTaken: (answer: unknown) => void;
  }) {
    const { proved, dialog } = useProof();
    return (
      <>
        <Button onPress={() => void proved(take).then(onTaken)}>Lataa</Button>
        {dialog}
      </>
    );
  }
  const ask = () =>
    Promise.resolve<{ kind: "ok"; value: string } | Awaited<ReturnType<typeof refused>>>({
      kind: "ok",
      value: "",
    });

  async function taking(prove: Prove | null, provider: string | null = null) {
    let is_proved = false;
    const take = vi.fn(() =>
      is_proved ? Promise.resolve({ kind: "ok" as const, value: "file" }) : refused("password_asked"),
    );
    const onTaken = vi.fn();
    const shown =
      prove &&
      (async (body: Parameters<Prove>[0]) => {
        const answer = await prove(body);
        is_proved = answer.kind === "ok";
        return answer;
      });
    const drawn = await draw(() => (
      <ProviderContext.Provider value={() => Promise.resolve(provider)}>
        <ProveContext.Provider value={shown}>
          <Taking take={take} onTaken={onTaken} />
        </ProveContext.Provider>
      </ProviderContext.Provider>
    ));
    await drawn.press("Lataa");
    return { drawn, take, onTaken };
  }

  it("the password is asked for, and the page goes on by itself", async () => {
    const prove = vi.fn(({ password }: { password?: string }) =>
      password === "kahvi ja pulla" ? ok({ until: 1 }) : refused("not_permitted"),
    );
    const { drawn, take, onTaken } = await taking(prove);
    expect(onTaken).not.toHaveBeenCalled();
    await type(drawn, "proof-password", "väärä");
    await submit(drawn, "dialog form");
    expect(drawn.words("dialog .note.stop")).toContain("Salasana on väärin");
    await type(drawn, "proof-password", "kahvi ja pulla");
    await submit(drawn, "dialog form");
    expect(take).toHaveBeenCalledTimes(2);
    expect(onTaken).toHaveBeenCalledWith({ kind: "ok", value: "file" });
    expect(drawn.root.querySelector("dialog")).toBeNull();
  });

  it("whoever has no password here may show who they are at the city's own sign-in", async () => {
    const link = (drawn: Drawn) =>
      drawn.root.querySelector<HTMLAnchorElement>('dialog a[href="/api/sign-in/provider"]');
    const with_it = await taking(() => ok({ until: 1 }), "Kirjaudu tunnuksella");
    expect(link(with_it.drawn)?.textContent).toBe("Kirjaudu tunnuksella");
    expect(link((await taking(() => ok({ until: 1 }))).drawn)).toBeNull();
  });

  it("a code of the app does as well, and calling it off is no failure", async () => {
    const prove = vi.fn(() => ok({ until: 1 }));
    const { drawn, onTaken } = await taking(prove);
    await drawn.press("Käytä sovelluksen koodia");
    await type(drawn, "proof-code", "287082");
    await submit(drawn, "dialog form");
    expect(prove).toHaveBeenCalledWith({ code: "287082" });
    expect(onTaken).toHaveBeenCalledWith({ kind: "ok", value: "file" });

    const other = await taking(() => ok({ until: 1 }));
    await other.drawn.press("Peru");
    expect(other.onTaken).toHaveBeenCalledWith(null);
  });
});

const ACCOUNT: OwnAccountAnswer = {
  name: "Aino Ahonen",
  second_step: { spare_codes: 0, is_asked: false },
  sign_ins: [
    {
      id: 7,
      made_at: Date.UTC(2026, 11, 3, 7, 5),
      used_at: Date.UTC(2026, 11, 3, 9, 20),
      network: "192.0.2.0/24",
      browser: "firefox",
      device: "windows",
      is_this: true,
    },
    {
      id: 6,
      made_at: Date.UTC(2026, 11, 3, 7, 0),
      used_at: Date.UTC(2026, 11, 3, 7, 0),
      browser: "other",
      device: "android",
      is_this: false,
    },
  ],
};

async function own(change: Partial<OwnAccountRequests> = {}) {
  const requests: OwnAccountRequests = {
    show: () => ok(ACCOUNT),
    changePassword: () => ok(ACCOUNT),
    beginStep: () => ok(KEY),
    confirmStep: () => ok({ spare_codes: SPARE }),
    spareCodes: () => ok({ spare_codes: SPARE }),
    dropStep: () => ok(ACCOUNT),
    endSignIns: () => ok({ ...ACCOUNT, sign_ins: ACCOUNT.sign_ins.slice(0, 1) }),
    ...change,
  };
  return draw(() => <OwnAccount requests={requests} />);
}

describe("one's own account", () => {
  it("tells where one is signed in, in plain words, and ends what is not this", async () => {
    const endSignIns = vi.fn(() => ok({ ...ACCOUNT, sign_ins: ACCOUNT.sign_ins.slice(0, 1) }));
    const drawn = await own({ endSignIns });
    const rows = drawn.root.querySelectorAll(".roster li");
    expect(rows[0]?.textContent).toContain("Firefox, Windows-kone");
    expect(rows[0]?.textContent).toContain("Tämä laite");
    expect(rows[0]?.textContent).toContain("Verkosta 192.0.2.0/24.");
    expect(rows[0]?.querySelector("button")).toBeNull();
    expect(rows[1]?.textContent).toContain("Muu selain, Android-laite");
    await drawn.press("Kirjaa ulos : Muu selain, Android-laite");
    expect(endSignIns).toHaveBeenCalledWith(6);
    expect(drawn.root.querySelectorAll(".roster li")).toHaveLength(1);
  });

  it("changes the password by the old one", async () => {
    const changePassword = vi.fn((old: string) => (old === "vanha" ? ok(ACCOUNT) : refused("not_permitted")));
    const drawn = await own({ changePassword });
    await drawn.press("Vaihda salasana");
    const form = "section[aria-labelledby=own-password] form";
    const fill = async (old: string, wanted: string, again: string) => {
      await type(drawn, "old-password", old);
      await type(drawn, "next-password", wanted);
      await type(drawn, "next-password-again", again);
      await submit(drawn, form);
    };
    await fill("vanha", "lyhyt", "lyhyt");
    expect(drawn.words(".note.stop")).toContain("liian lyhyt");
    await fill("vanha", "teetä ja sympatiaa", "teetä ja sympatia");
    expect(drawn.words(".note.stop")).toContain("eivät ole samat");
    expect(changePassword).not.toHaveBeenCalled();
    await fill("väärä", "teetä ja sympatiaa", "teetä ja sympatiaa");
    expect(drawn.words(".note.stop")).toContain("Nykyinen salasana on väärin");
    await fill("vanha", "teetä ja sympatiaa", "teetä ja sympatiaa");
    expect(drawn.words(".note.good")).toBe("Salasana on vaihdettu.");
  });

  it("sets up a step, shows spare codes, and does not offer to drop one that is asked for", async () => {
    const drawn = await own();
    await drawn.press("Ota käyttöön");
    await type(drawn, "new-step-code", "287082");
    await submit(drawn, "section[aria-labelledby=own-steps] form");
    expect(drawn.words("main, section")).toContain("K7PM 4RXT");

    const second_step = { made_at: Date.UTC(2026, 10, 3), spare_codes: 9, is_asked: true, asked_from: 0 };
    const asked = await own({ show: () => ok({ ...ACCOUNT, second_step }) });
    expect(asked.words("section[aria-labelledby=own-steps]")).toContain("Varakoodeja jäljellä: 9.");
    expect(asked.words("section[aria-labelledby=own-steps]")).not.toContain("Poista toinen vaihe");
    await asked.press("Tee uudet varakoodit");
    expect(asked.words("section[aria-labelledby=own-steps]")).toContain("2793 8F2P");
  });
});

describe("the coordinator", () => {
  it("turns the second step on, for who sees people's data unless they say otherwise", async () => {
    const putStepRule = vi.fn(() => ok({ asked_of: "everyone" as const, asked_from: 1 }));
    const onChange = vi.fn();
    const drawn = await draw(() => (
      <StepRule
        office={fakeOffice({ putStepRule })}
        rule={{ asked_of: "nobody", asked_from: 0 }}
        onChange={onChange}
      />
    ));
    await drawn.press("Ota käyttöön");
    await submit(drawn);
    expect(putStepRule).toHaveBeenCalledWith({ asked_of: "coordinators_and_supervisors", grace_days: 7 });
    expect(onChange).toHaveBeenCalled();
  });

  it("sees what was done with accounts, and by whom", async () => {
    const drawn = await draw(() => <AccountActs office={fakeOffice()} />);
    await drawn.press("Näytä");
    const [locked, added] = drawn.root.querySelectorAll(".roster li");
    expect(locked?.textContent).toContain("Aino Ahonen lukittiin");
    expect(locked?.textContent).toContain("Koordinaattori");
    expect(added?.textContent).toContain("palvelimen komentorivillä, käyttäjä 0");
  });
});
