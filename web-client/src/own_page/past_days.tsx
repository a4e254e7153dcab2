import type { PastDay } from "@protocol/api";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Key } from "../connection/entrance";
import { keyFor } from "../connection/key_keep";
import { Outside } from "../participant/outside";
import { OwnWork, useAside } from "../participant/plain";
import { dayText } from "../text/times";
import { useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { BubbleIcon, CheckIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { dateOf, weekdayOf } from "./days";
import { ownPageTexts } from "./text";

/** Days that were: their assignment, what was returned, and the answer, as long as they are kept. */
export function PastDays({ days, onLook }: { days: readonly PastDay[]; onLook: (day: PastDay) => void }) {
  const t = useTexts(ownPageTexts);
  const { language } = useApp();
  return (
    <section class="stack" aria-labelledby="past-title">
      <h2 id="past-title">{t.past_title}</h2>
      <ul class="dates lines">
        {days.map((day) => {
          const date = dateOf(day.starts_at, language.value);
          const act = day.is_answered ? t.past_read : t.past_show;
          return (
            <li key={day.session}>
              <p class="leaf num">
                <small>{weekdayOf(day.starts_at, language.value)}</small> <b>{date}</b>
              </p>
              <p>
                <b dir="auto">{day.theme}</b>
                {day.is_answered && (
                  <>
                    <br />
                    <Badge
                      look={day.is_unread ? "good" : "wait"}
                      icon={day.is_unread ? BubbleIcon : CheckIcon}
                    >
                      {day.is_unread ? t.past_unread : t.past_answered}
                    </Badge>
                  </>
                )}
              </p>
              <div class="acts row">
                <Button label={`${act} ${date}`} onPress={() => onLook(day)}>
                  {act}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The work of one of them. Its words come after one more press, as all words on the own page do. */
export function PastDayPage(props: { day: PastDay; pass: Key; phone: string; onBack: () => void }) {
  const { day, pass, phone, onBack } = props;
  const c = useCommon();
  const { language } = useApp();
  const aside = useAside();
  const key = useMemo(() => keyFor(pass, day.session), [pass, day.session]);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Outside help={(onClose) => aside && <aside.HelpAtDoor phone={phone} onClose={onClose} />}>
      <main class="own-main">
        <section class="theme" aria-label={day.theme}>
          <div class="inner">
            <p class="now-item">{dayText(day.starts_at, language.value)}</p>
            <h1 class="question" ref={title} tabIndex={-1} dir="auto">
              {day.theme}
            </h1>
          </div>
        </section>
        <div class="page stack-l">
          <OwnWork pass={key} phone={phone} />
          <p>
            <Button onPress={onBack}>{c.back}</Button>
          </p>
        </div>
      </main>
    </Outside>
  );
}
