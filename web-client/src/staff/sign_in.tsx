import type { MeAnswer } from "@protocol/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, DoorIcon, type IconComponent, InfoIcon, WarnIcon } from "../view/icons";
import { Languages } from "../view/languages";
import { Note } from "../view/marks";
import { TopBar } from "../view/top_bar";
import type { AccountRequests } from "./account";
import { SitePhone } from "./site_phone";
import { signInTexts } from "./text/sign_in";

const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 256;

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
        <SitePhone />
      </main>
    </>
  );
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: "username" | "current-password" | "new-password";
}

/** The fields of a sign-in. What is typed is in the fields alone; what is wrong is said above the button, and aloud. */
function Form<Id extends string>(props: {
  fields: readonly (Field & { id: Id })[];
  go: string;
  icon: IconComponent;
  /** What is wrong, in words; nothing when it is done. */
  onGive: (typed: Readonly<Record<Id, string>>) => Promise<string>;
  /** To be typed anew after that. */
  again?: Id;
  children?: preact.ComponentChildren;
}) {
  const { fields, go, icon, onGive, again, children } = props;
  const { announcer } = useApp();
  const [trouble, setTrouble] = useState("");
  const [is_busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (is_busy || !form.current) return;
    setBusy(true);
    const input = (id: Id) => form.current?.querySelector<HTMLInputElement>(`#${id}`);
    const typed = Object.fromEntries(fields.map(({ id }) => [id, input(id)?.value ?? ""]));
    const words = await onGive(typed as Record<Id, string>);
    setBusy(false);
    setTrouble(words);
    if (!words) return;
    announcer.say(words);
    const field = again && input(again);
    if (!field) return;
    field.value = "";
    field.focus();
  };
  return (
    <form ref={form} class="sheet stack" onSubmit={(event) => void submit(event)}>
      {children}
      {fields.map(({ id, label, hint, autocomplete }) => {
        const common = { id, autocomplete, required: true, "aria-describedby": hint && `${id}-hint` };
        return (
          <div key={id} class="field">
            <label for={id}>{label}</label>
            {hint && (
              <p class="hint" id={`${id}-hint`}>
                {hint}
              </p>
            )}
            {autocomplete === "username" ? (
              <input dir="auto" maxLength={80} {...common} />
            ) : (
              <input type="password" maxLength={PASSWORD_MOST} {...common} />
            )}
          </div>
        );
      })}
      {trouble && <Note look="stop" icon={WarnIcon} title={trouble} />}
      <Button look="main" is_big is_submit icon={icon}>
        {go}
      </Button>
    </form>
  );
}

/** Name and password. A wrong name and a wrong password are answered alike. */
export function SignIn({ requests, onIn }: { requests: AccountRequests; onIn: (me: MeAnswer) => void }) {
  const t = useTexts(signInTexts);
  return (
    <Threshold title={t.title}>
      <p>{t.what}</p>
      <Form
        fields={[
          { id: "sign-in-name", label: t.name, autocomplete: "username" },
          { id: "sign-in-password", label: t.password, autocomplete: "current-password" },
        ]}
        go={t.go}
        icon={DoorIcon}
        again="sign-in-password"
        onGive={async (typed) => {
          const answer = await requests.signIn(typed["sign-in-name"], typed["sign-in-password"]);
          if (answer.kind === "ok") {
            onIn(answer.value);
            return "";
          }
          if (answer.kind !== "refused") return t.unreachable;
          const { word, wait_seconds = 60 } = answer.refusal;
          return word === "too_fast" ? t.too_fast(wait_seconds) : word === "busy" ? t.busy : t.wrong;
        }}
      />
      <Note icon={InfoIcon} title={t.link_too}>
        <p>{t.link_too_what}</p>
      </Note>
      <p class="quiet">{t.forgotten}</p>
    </Threshold>
  );
}

/** A one-time link sets the password of its account, and signs in. */
export function SetPassword(props: {
  requests: AccountRequests;
  secret: string;
  onIn: (me: MeAnswer) => void;
}) {
  const { requests, secret, onIn } = props;
  const t = useTexts(signInTexts);
  const [owner, setOwner] = useState<string | null>(null);
  const [is_bad, setBad] = useState(false);
  const [is_unreachable, setUnreachable] = useState(false);

  useEffect(() => {
    void requests.ownerOf(secret).then((answer) => {
      if (answer.kind === "ok") setOwner(answer.value.name);
      else if (answer.kind === "unreachable") setUnreachable(true);
      else setBad(true);
    });
  }, [secret]);

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
        is_unreachable ? (
          <Note look="stop" icon={WarnIcon} title={t.unreachable} />
        ) : (
          <p>{t.loading}</p>
        )
      ) : (
        <Form
          fields={[
            {
              id: "new-password",
              label: t.new_password,
              hint: t.hint(PASSWORD_LEAST),
              autocomplete: "new-password",
            },
            { id: "new-password-again", label: t.again, autocomplete: "new-password" },
          ]}
          go={t.set}
          icon={CheckIcon}
          onGive={async (typed) => {
            const password = typed["new-password"];
            if ([...password].length < PASSWORD_LEAST) return t.too_short(PASSWORD_LEAST);
            if (password !== typed["new-password-again"]) return t.not_the_same;
            const answer = await requests.setPassword(secret, password);
            if (answer.kind === "ok") onIn(answer.value);
            if (answer.kind === "unknown") setBad(true);
            if (answer.kind === "ok" || answer.kind === "unknown") return "";
            return answer.kind === "refused" ? t.not_taken : t.unreachable;
          }}
        >
          <p>
            {t.your_name}{" "}
            <b class="big-t" dir="auto">
              {owner}
            </b>
          </p>
          <input type="hidden" autocomplete="username" value={owner} />
        </Form>
      )}
    </Threshold>
  );
}
