import type { HealthShown, Trouble } from "@protocol/api";
import { useEffect } from "preact/hooks";
import { clockTime } from "../text/times";
import { useApp, useTexts } from "../view/app";
import { InfoIcon, WarnIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PhoneNumber } from "../view/phone";
import { shortDate } from "./dates";
import { healthTexts } from "./text/health";

/** What is wrong with the server now, what it means in the rooms, and whom to call. The urgent ones come first. */
export function HealthNotes({ health }: { health: HealthShown }) {
  const { troubles, operator_phone: phone } = health;
  const t = useTexts(healthTexts);
  const { announcer } = useApp();
  const urgent = troubles.filter(({ severity }) => severity === "urgent");
  const spoken = urgent.map(({ what }) => t.troubles[what].title()).join(" ");
  useEffect(() => {
    if (spoken) announcer.say(spoken);
  }, [spoken, announcer]);
  const moment = (at: number | undefined) =>
    at === undefined ? undefined : t.moment(shortDate(at), clockTime(at));
  return (
    <aside class="wide">
      {troubles.map(({ what, severity, since, at }) => {
        const words = t.troubles[what satisfies Trouble];
        const is_urgent = severity === "urgent";
        return (
          <Note
            key={what}
            {...(is_urgent ? { look: "stop" as const } : {})}
            icon={is_urgent ? WarnIcon : InfoIcon}
            title={words.title(moment(at))}
          >
            <p>{words.means}</p>
            <p>
              {is_urgent ? t.call_now : t.tell}
              {phone && (
                <>
                  : <PhoneNumber phone={phone} />
                </>
              )}
              . {t.read_out}
            </p>
            <p class="quiet">{t.since(moment(since) ?? "")}</p>
          </Note>
        );
      })}
    </aside>
  );
}
