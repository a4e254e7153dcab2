import { useState } from "preact/hooks";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon } from "../view/icons";
import type { OwnPageRequests } from "./requests";
import { ownPageTexts } from "./text";

/**
 * The days in the phone's own calendar, which asks for them again by itself. The address is made after a press: an
 * earlier one stops working then.
 */
export function Calendar({ requests }: { requests: OwnPageRequests }) {
  const t = useTexts(ownPageTexts);
  const { announcer } = useApp();
  const [address, setAddress] = useState("");
  const [trouble, setTrouble] = useState("");
  const make = async () => {
    const answer = await requests.calendar();
    const is_made = answer.kind === "ok";
    if (is_made) setAddress(answer.value.address);
    setTrouble(is_made ? "" : t.calendar_failed);
    announcer.say(is_made ? t.calendar_made : t.calendar_failed);
  };
  return (
    <div class="stack-s">
      {address ? (
        <>
          <p>{t.calendar_made}</p>
          <p>
            <a class="btn main" href={address.replace(/^https?:/, "webcal:")}>
              <CalendarIcon /> {t.calendar_open}
            </a>
          </p>
          <p class="quiet">
            {t.calendar_else}{" "}
            <a class="address" href={address}>
              {t.calendar_file}
            </a>
          </p>
          <p class="quiet">{t.calendar_again}</p>
        </>
      ) : (
        <p>
          <Button icon={CalendarIcon} onPress={() => void make()}>
            {t.calendar}
          </Button>
        </p>
      )}
      <p class="quiet">{trouble || t.calendar_what}</p>
    </div>
  );
}
