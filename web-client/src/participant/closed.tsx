import type { LookAnswer } from "@protocol/api";
import type { ComponentChildren } from "preact";
import { dayText } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { HelpAtDoor, SiteLinks } from "./aside";
import { CodeForm, type OnKey } from "./code_form";
import { OneThingPage } from "./outside";
import { asideTexts } from "./text/aside";
import { AskFeedback } from "./use_feedback";

type Session = NonNullable<LookAnswer["session"]>;

/** A link that opens nothing now, or none: the truth about it, and what to do. */
export function Closed(props: {
  why: "no_link" | "bad_link" | "revoked" | "over";
  session?: Session | undefined;
  onKey: OnKey;
  children?: ComponentChildren;
}) {
  const { why, session, onKey, children } = props;
  const t = useTexts(asideTexts);
  const { language } = useApp();
  const what =
    why === "over" && session
      ? t.was_on(session.theme, dayText(session.starts_at, language.value))
      : t[`${why}_what`];
  return (
    <OneThingPage
      title={t[why]}
      what={what}
      phone={session?.help_phone}
      help={(phone, onClose) => <HelpAtDoor phone={phone} onClose={onClose} />}
    >
      {children}
      {why === "over" ? (
        <>
          <AskFeedback />
          <p>{t.over_next}</p>
        </>
      ) : (
        <>
          {why !== "no_link" && <p>{t.bad_link_code}</p>}
          <CodeForm onKey={onKey} />
        </>
      )}
      <SiteLinks />
    </OneThingPage>
  );
}
