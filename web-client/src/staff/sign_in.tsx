import { useEffect, useRef, useState } from "preact/hooks";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, DoorIcon, InfoIcon, WarnIcon } from "../view/icons";
import { Languages } from "../view/languages";
import { Note } from "../view/marks";
import { TopBar } from "../view/top_bar";
import type { AccountDoor, Me } from "./account";
import { signInTexts } from "./text/sign_in";

const PASSWORD_LEAST = 12;

/** A page of one form, before anyone is in. */
function Threshold({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <>
      <header class="top">
        <TopBar end={<Languages />} />
      </header>
      <main class="page stack">
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}

/** Name and password. A wrong name and a wrong password are answered alike. */
export function SignIn({ door, onIn }: { door: AccountDoor; onIn: (me: Me) => void }) {
  const t = useTexts(signInTexts);
  const { announcer } = useApp();
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (is_busy) return;
    setBusy(true);
    const answer = await door.signIn(name.current?.value ?? "", password.current?.value ?? "");
    setBusy(false);
    if (answer.kind === "ok") return onIn(answer.value);
    const words =
      answer.kind !== "refused"
        ? t.unreachable
        : answer.refusal.word === "too_fast"
          ? t.too_fast(Math.ceil((answer.refusal.wait_seconds ?? 60) / 60))
          : answer.refusal.word === "busy"
            ? t.busy
            : t.wrong;
    setTrouble(words);
    announcer.say(words);
    if (password.current) password.current.value = "";
    password.current?.focus();
  };
  return (
    <Threshold title={t.title}>
      <p>{t.what}</p>
      <form class="sheet stack" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="sign-in-name">{t.name}</label>
          <input ref={name} id="sign-in-name" autocomplete="username" required maxLength={80} />
        </div>
        <div class="field">
          <label for="sign-in-password">{t.password}</label>
          <input
            ref={password}
            id="sign-in-password"
            type="password"
            autocomplete="current-password"
            required
            maxLength={256}
          />
        </div>
        {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
        <Button look="main" is_big is_submit icon={DoorIcon}>
          {t.go}
        </Button>
      </form>
      <Note icon={InfoIcon} title={t.link_too}>
        <p>{t.link_too_what}</p>
      </Note>
      <p class="quiet">{t.forgotten}</p>
    </Threshold>
  );
}

/** A one-time link sets the password of its account, and signs in. */
export function SetPassword(props: { door: AccountDoor; secret: string; onIn: (me: Me) => void }) {
  const { door, secret, onIn } = props;
  const t = useTexts(signInTexts);
  const { announcer } = useApp();
  const [owner, setOwner] = useState<string | null>(null);
  const [is_bad, setBad] = useState(false);
  const [trouble, setTrouble] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void door.ownerOf(secret).then((answer) => {
      if (answer.kind === "ok") setOwner(answer.value.name);
      else if (answer.kind === "unreachable") setTrouble(t.unreachable);
      else setBad(true);
    });
  }, [secret]);

  const say = (words: string) => {
    setTrouble(words);
    announcer.say(words);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const password = first.current?.value ?? "";
    if ([...password].length < PASSWORD_LEAST) return say(t.too_short(PASSWORD_LEAST));
    if (password !== again.current?.value) return say(t.not_the_same);
    const answer = await door.setPassword(secret, password);
    if (answer.kind === "ok") return onIn(answer.value);
    if (answer.kind === "unknown") return setBad(true);
    say(answer.kind === "refused" ? t.not_taken : t.unreachable);
  };
  if (is_bad) {
    return (
      <Threshold title={t.bad_link}>
        <p>{t.bad_link_what}</p>
      </Threshold>
    );
  }
  return (
    <Threshold title={t.set_title}>
      {owner === null ? (
        trouble ? (
          <Note look="stop" icon={WarnIcon} title={trouble} />
        ) : (
          <p>{t.loading}</p>
        )
      ) : (
        <form class="sheet stack" onSubmit={(event) => void submit(event)}>
          <p>
            {t.your_name} <b class="big-t">{owner}</b>
          </p>
          <input type="hidden" autocomplete="username" value={owner} />
          <div class="field">
            <label for="new-password">{t.new_password}</label>
            <p class="hint" id="new-password-hint">
              {t.hint(PASSWORD_LEAST)}
            </p>
            <input
              ref={first}
              id="new-password"
              type="password"
              autocomplete="new-password"
              required
              maxLength={256}
              aria-describedby="new-password-hint"
            />
          </div>
          <div class="field">
            <label for="new-password-again">{t.again}</label>
            <input
              ref={again}
              id="new-password-again"
              type="password"
              autocomplete="new-password"
              required
              maxLength={256}
            />
          </div>
          {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
          <Button look="main" is_big is_submit icon={CheckIcon}>
            {t.set}
          </Button>
        </form>
      )}
    </Threshold>
  );
}
