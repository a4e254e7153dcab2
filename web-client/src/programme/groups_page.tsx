import type { GroupLeader, GroupListed, SeriesShown } from "@protocol/api";
import { useAsked } from "../coordinator/asked";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import {
  CalendarIcon,
  HourglassIcon,
  PenIcon,
  PeopleIcon,
  RoundIcon,
  StaffIcon,
  WarnIcon,
} from "../view/icons";
import { Badge, Note } from "../view/marks";
import { region } from "../view/regions";
import { clockText, dateOf } from "./days";
import { BackIcon, PlusIcon, seriesIcon } from "./icons";
import { LinkButton } from "./link_button";
import { placeOfPeople } from "./people_places";
import type { ProgrammeRequests } from "./requests";
import { programmeTexts } from "./text";

/** All groups: when each meets, who leads it and how many are in it. Its days and people are those of its period. */
export function GroupsPage({
  requests,
  series,
}: {
  requests: ProgrammeRequests;
  series: readonly SeriesShown[];
}) {
  const t = useTexts(programmeTexts);
  const c = useCommon();
  const asked = useAsked(() => requests.groups(), [requests]);
  const groups = asked.value?.groups;
  return (
    <main id="main" class="wide" {...region}>
      <p>
        <a class="with-i" href="#programme">
          <BackIcon /> <span>{t.back}</span>
        </a>
      </p>
      <div class="sheet-h">
        <div>
          <h1>{t.groups}</h1>
          <p class="quiet">{t.groups_what}</p>
        </div>
        <span class="push">
          <LinkButton look="main" icon={PlusIcon} to="programme/group">
            {t.new_group}
          </LinkButton>
        </span>
      </div>
      {asked.answer !== null && asked.answer.kind !== "ok" && (
        <Note look="stop" icon={WarnIcon} title={t.lost}>
          <Button icon={RoundIcon} onPress={asked.ask}>
            {c.try_now}
          </Button>
        </Note>
      )}
      {!groups && asked.answer === null && <p class="quiet">{t.loading}</p>}
      {groups?.length === 0 && <p class="quiet">{t.groups_none}</p>}
      <ul class="shelf">
        {groups?.map((group) => (
          <Group key={group.period.id} group={group} series={series} />
        ))}
      </ul>
    </main>
  );
}

function Group({ group, series }: { group: GroupListed; series: readonly SeriesShown[] }) {
  const t = useTexts(programmeTexts);
  const { period, weekday, start, end, leaders } = group;
  const Icon = seriesIcon(series, group.series);
  const is_draft = period.sessions === 0;
  const named = (act: string) => `${act}: ${period.name}`;
  return (
    <li class="sheet card">
      <h2 dir="auto">{period.name}</h2>
      <p class="with-i">
        <Icon /> <span>{series.find(({ id }) => id === group.series)?.name}</span>
      </p>
      <p class="quiet">
        {t.group_told(
          weekday,
          dateOf(period.first_day),
          dateOf(period.last_day),
          `${clockText(start)}–${clockText(end)}`,
        )}
      </p>
      <p>
        {is_draft && (
          <Badge look="wait" icon={HourglassIcon}>
            {t.draft}
          </Badge>
        )}{" "}
        <b class="num">{t.members(period.people)}</b>
      </p>
      {leaders.length === 0 ? (
        <p class="with-i">
          <WarnIcon /> <span>{t.leaders_none}</span>
        </p>
      ) : (
        <ul class="stack-s" aria-label={t.leaders}>
          {leaders.map((leader) => (
            <Leader key={leader.account} leader={leader} />
          ))}
        </ul>
      )}
      <p class="row">
        <LinkButton
          icon={PeopleIcon}
          to={placeOfPeople({ id: period.id, is_closed: true })}
          label={named(t.group_members)}
        >
          {t.group_members}
        </LinkButton>
        {!is_draft && (
          <LinkButton
            look="plain"
            icon={CalendarIcon}
            to={`programme/season/${period.id}`}
            label={named(t.group_days)}
          >
            {t.group_days}
          </LinkButton>
        )}
        <LinkButton look="plain" icon={PenIcon} to={`programme/group/${period.id}`} label={named(t.change)}>
          {t.change}
        </LinkButton>
      </p>
    </li>
  );
}

/** Who leads it, in which task, and what is to be known of their account. */
function Leader({ leader }: { leader: GroupLeader }) {
  const t = useTexts(programmeTexts);
  const { name, role, is_partner, has_password, has_ended } = leader;
  const task = role === "facilitator" || role === "moderator" ? t.leader_roles[role] : "";
  return (
    <li>
      <b dir="auto">{name}</b> <span class="quiet">{task}</span>{" "}
      {is_partner && (
        <Badge look="staff" icon={StaffIcon}>
          {t.is_partner}
        </Badge>
      )}{" "}
      {has_ended ? (
        <Badge>{t.leader_ended}</Badge>
      ) : (
        !has_password && (
          <Badge look="wait" icon={HourglassIcon}>
            {t.leader_no_password}
          </Badge>
        )
      )}
    </li>
  );
}
