import type { SessionId } from "@protocol";
import type { SessionShown } from "@protocol/api";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { region } from "../view/regions";
import { useAsked } from "./asked";
import { type DeskPage, goTo } from "./desk";
import { ProgrammeImport } from "./file_import";
import type { Office } from "./office";
import { Plan } from "./plan";
import { SamePeople } from "./same_person";
import { SessionForm } from "./session_form";
import { SessionPage } from "./session_page";
import { officeTexts } from "./text";

const open = (id: SessionId) => goTo(`programme/session/${id}`);

/**
 * All sessions beside one of them: session/12, change/12, copy/12; or beside a way to make some: new, file. Without a
 * name it is the next that has not ended.
 */
export function SessionsPage({ desk, within }: DeskPage) {
  const { office, sessions, is_of_all } = desk;
  const t = useTexts(officeTexts);
  const [side = "", number] = within.split("/");
  const all = sessions.value?.sessions ?? [];
  const nearest = all.find(({ phase }) => phase !== "closed" && phase !== "sealed") ?? all.at(-1);
  const chosen =
    number !== undefined ? Number(number) : side === "new" || side === "file" ? undefined : nearest?.id;
  const done = (id: SessionId) => {
    sessions.ask();
    open(id);
  };
  return (
    <div class="cols two-r">
      <nav aria-labelledby="plan-title" {...region}>
        {is_of_all && (
          <p>
            <a href="#programme">{t.back_to_programme}</a>
          </p>
        )}
        <Plan
          sessions={sessions.value ? all : null}
          chosen={chosen}
          onChoose={open}
          onNew={() => goTo("programme/new")}
          onFile={() => goTo("programme/file")}
        />
      </nav>
      <main id="main" {...region}>
        {side === "new" ? (
          <SessionForm
            office={office}
            series={all.at(-1)?.series ?? ""}
            onDone={done}
            onCancel={() => goTo("programme/session")}
          />
        ) : side === "file" ? (
          <ProgrammeImport office={office} onDone={sessions.ask} onClose={() => goTo("programme/session")} />
        ) : chosen === undefined ? (
          sessions.value && <p class="quiet">{t.choose}</p>
        ) : side === "change" || side === "copy" ? (
          <FormOf key={within} office={office} id={chosen} is_copy={side === "copy"} onDone={done} />
        ) : (
          <>
            <SessionPage
              key={chosen}
              office={office}
              id={chosen}
              onChange={sessions.ask}
              onEdit={(how, { id }) => goTo(`programme/${how}/${id}`)}
            />
            <SamePeople office={office} />
          </>
        )}
      </main>
    </div>
  );
}

function FormOf(props: { office: Office; id: SessionId; is_copy: boolean; onDone: (id: SessionId) => void }) {
  const { office, id, is_copy, onDone } = props;
  const t = useTexts(officeTexts);
  const c = useCommon();
  const session = useAsked<SessionShown>(() => office.session(id), [office, id]);
  if (session.value)
    return (
      <SessionForm
        office={office}
        series=""
        source={session.value}
        is_copy={is_copy}
        onDone={onDone}
        onCancel={() => open(id)}
      />
    );
  if (session.answer === null) return <p class="quiet">{t.loading}</p>;
  return (
    <Note look="stop" icon={WarnIcon} title={t.unreachable}>
      <Button icon={RoundIcon} onPress={session.ask}>
        {c.try_now}
      </Button>
    </Note>
  );
}
