import type { SessionId } from "@protocol";
import type { SessionShown } from "@protocol/api";
import { useEffect, useMemo, useState } from "preact/hooks";
import { ReportsPage } from "../reports/page";
import type { ConsoleProps } from "../staff/console_props";
import { Settings } from "../staff/settings";
import { tabsOf, useTab } from "../staff/tabs";
import { shellTexts } from "../staff/text/shell";
import { StaffTop } from "../staff/top";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon, WarnIcon } from "../view/icons";
import { later } from "../view/later";
import { Note } from "../view/marks";
import { region, useRegions } from "../view/regions";
import { Accounts } from "./accounts";
import { useAsked } from "./asked";
import { OfficeAttendance } from "./attendance";
import { type FeedbackDesk, feedbackDesk } from "./feedback_requests";
import { ProgrammeImport } from "./file_import";
import { httpOffice, type Office } from "./office";
import { Plan } from "./plan";
import { SamePeople } from "./same_person";
import { SessionForm } from "./session_form";
import { SessionPage } from "./session_page";
import { officeTexts } from "./text";

/** The feedback comes when its page is opened. */
const feedback = later(() => import("./feedback_page"));

/** What stands beside the programme: a session, or a way to make one. */
type Side =
  | { readonly kind: "none" }
  | { readonly kind: "session"; readonly id: SessionId }
  | { readonly kind: "new" }
  | { readonly kind: "change" | "copy"; readonly session: SessionShown }
  | { readonly kind: "file" };

/** The coordinator's desk: no room, but the programme, registrations, invitations and attendance. */
export function CoordinatorConsole({
  pass,
  link,
  onDesk,
  office: given,
  feedback_desk,
}: ConsoleProps & { office?: Office; feedback_desk?: FeedbackDesk }) {
  const t = useTexts(officeTexts);
  const s = useTexts(shellTexts);
  const c = useCommon();
  const office = useMemo(() => given ?? httpOffice(fetch.bind(globalThis), pass), [given, pass]);
  const desk = useMemo(
    () => feedback_desk ?? feedbackDesk(fetch.bind(globalThis), pass),
    [feedback_desk, pass],
  );
  const tabs = useMemo(() => tabsOf("coordinator"), []);
  const tab = useTab(tabs);
  const given_feedback = feedback.use(tab === "feedback");
  const [side, setSide] = useState<Side>({ kind: "none" });
  const [is_settings_open, setSettingsOpen] = useState(false);
  const programme = useAsked(() => office.sessions(), [office]);
  useRegions();
  useEffect(() => {
    document.title = `${s.tabs[tab]} – ${c.app}`;
  }, [s, c, tab]);

  const sessions = programme.value?.sessions ?? [];
  // The next that has not ended, as long as nothing has been chosen.
  const nearest = sessions.find(({ phase }) => phase !== "closed" && phase !== "sealed") ?? sessions.at(-1);
  const chosen =
    side.kind === "session"
      ? side.id
      : side.kind === "change" || side.kind === "copy"
        ? side.session.id
        : side.kind === "none"
          ? nearest?.id
          : undefined;
  const has_plan = tab === "programme" || tab === "attendance";
  const is_failed = programme.answer !== null && programme.answer.kind !== "ok";
  return (
    <>
      <StaffTop
        tabs={tabs}
        tab={tab}
        name={link.name ?? c.roles.coordinator}
        onSettings={() => setSettingsOpen(true)}
      />
      {is_failed && (
        <div class="wide">
          <Note look="stop" icon={WarnIcon} title={t.unreachable}>
            <div class="row">
              <span class="grow">{t.unreachable_what}</span>
              <Button icon={RoundIcon} onPress={programme.ask}>
                {c.try_now}
              </Button>
            </div>
          </Note>
        </div>
      )}
      {tab === "feedback" ? (
        given_feedback && <given_feedback.FeedbackPage desk={desk} />
      ) : (
        <div class={has_plan ? "cols two-r" : "cols"}>
          {has_plan && (
            <nav aria-labelledby="plan-title" {...region}>
              <Plan
                sessions={programme.value ? sessions : null}
                chosen={chosen}
                onChoose={(id) => setSide({ kind: "session", id })}
                onNew={tab === "programme" ? () => setSide({ kind: "new" }) : null}
                onFile={tab === "programme" ? () => setSide({ kind: "file" }) : null}
              />
            </nav>
          )}
          <main id="main" {...region}>
            {tab === "accounts" ? (
              <Accounts office={office} />
            ) : tab === "reports" ? (
              <ReportsPage requests={office.reports} is_own={false} />
            ) : tab === "attendance" ? (
              chosen === undefined ? (
                <p class="quiet">{t.attendance_choose}</p>
              ) : (
                <OfficeAttendance
                  key={chosen}
                  days={office.days}
                  session={sessions.find(({ id }) => id === chosen)}
                />
              )
            ) : side.kind === "new" ? (
              <SessionForm
                office={office}
                series={sessions.at(-1)?.series ?? ""}
                onDone={(id) => {
                  programme.ask();
                  setSide({ kind: "session", id });
                }}
                onCancel={() => setSide({ kind: "none" })}
              />
            ) : side.kind === "change" || side.kind === "copy" ? (
              <SessionForm
                key={`${side.kind} ${side.session.id}`}
                office={office}
                series=""
                source={side.session}
                is_copy={side.kind === "copy"}
                onDone={(id) => {
                  programme.ask();
                  setSide({ kind: "session", id });
                }}
                onCancel={() => setSide({ kind: "session", id: side.session.id })}
              />
            ) : side.kind === "file" ? (
              <ProgrammeImport
                office={office}
                onDone={programme.ask}
                onClose={() => setSide({ kind: "none" })}
              />
            ) : chosen === undefined ? (
              programme.value && <p class="quiet">{t.choose}</p>
            ) : (
              <>
                <SessionPage
                  key={chosen}
                  office={office}
                  id={chosen}
                  onChange={programme.ask}
                  onEdit={(kind, session) => setSide({ kind, session })}
                />
                <SamePeople office={office} />
              </>
            )}
          </main>
        </div>
      )}
      {is_settings_open && (
        <Settings
          preferences={null}
          chime={null}
          onLeave={null}
          onDesk={onDesk}
          onClose={() => setSettingsOpen(false)}
        />
      )}
    </>
  );
}
