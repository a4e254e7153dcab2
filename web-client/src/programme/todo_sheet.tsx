import type { PeriodShown, Todo, TodoKind } from "@protocol/api";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CalendarIcon,
  CallIcon,
  CheckIcon,
  type IconComponent,
  MailIcon,
  PeopleIcon,
  WarnIcon,
} from "../view/icons";
import { dayOf } from "./days";
import { LinkButton } from "./link_button";
import { placeOfPeople } from "./people_places";
import { programmeTexts } from "./text";

const ICONS: Record<TodoKind, IconComponent> = {
  nobody_of_staff: WarnIcon,
  attendance_open: WarnIcon,
  calls_waiting: CallIcon,
  staff_missing: PeopleIcon,
  letters_failed: MailIcon,
  links_missing: MailIcon,
  no_package: PeopleIcon,
  no_people: PeopleIcon,
  unmade: CalendarIcon,
  decisions_end: CalendarIcon,
};

/** Where each is done, as the address names it; those of the staff are done here. */
function placeOf({ kind, session }: Todo, period: PeriodShown): string | null {
  switch (kind) {
    case "nobody_of_staff":
    case "staff_missing":
      return null;
    case "attendance_open":
      return `attendance/${session}`;
    case "calls_waiting":
      return `programme/cancel/${session}`;
    case "no_package":
      return `programme/packages/${period.id}`;
    case "unmade":
      return `programme/${period.is_closed ? "group" : "period"}/${period.id}`;
    default:
      return placeOfPeople(period);
  }
}

/** What is left to do, the most urgent first, each with its act. Only the first is the main one. */
export function TodoSheet(props: { period: PeriodShown; onStaff: (session: number) => void }) {
  const { period, onStaff } = props;
  const t = useTexts(programmeTexts);
  const { language } = useApp();
  return (
    <section class="sheet" aria-labelledby="todo-title">
      <div class="sheet-h">
        <h2 id="todo-title">{t.todo}</h2>{" "}
        {period.todo.length > 0 && <span class="count num">{period.todo.length}</span>}
      </div>
      {period.todo.length === 0 && (
        <p class="with-i">
          <CheckIcon /> <span>{t.todo_none}</span>
        </p>
      )}
      <ul class="todo lines">
        {period.todo.map((todo, at) => {
          const { kind, session, count, names } = todo;
          const day = period.days.find((one) => one.session !== undefined && one.session === session);
          const when = day ? dayOf(day.day, language.value) : "";
          const Icon = ICONS[kind];
          const place = placeOf(todo, period);
          const words = t.todos[kind];
          const look = at === 0 ? ("main" as const) : undefined;
          const label = `${words.act}: ${words.title(count, when)}`;
          return (
            <li key={`${kind} ${session ?? ""}`}>
              <Icon />
              <div class="grow">
                <h3>{words.title(count, when)}</h3>
                <p class="quiet">
                  {[day?.theme && `${day.theme}.`, words.what(count, t.names(names, count))]
                    .filter(Boolean)
                    .join(" ")}
                </p>
              </div>
              {place === null ? (
                <Button look={look} label={label} onPress={() => session !== undefined && onStaff(session)}>
                  {words.act}
                </Button>
              ) : (
                <LinkButton look={look} label={label} to={place}>
                  {words.act}
                </LinkButton>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
