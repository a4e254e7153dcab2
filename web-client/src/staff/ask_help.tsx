import { HELP_KINDS, type HelpKind } from "@protocol";
import { useState } from "preact/hooks";
import { the } from "../state/room_state";
import { helpThread, myHelp, nameOf } from "../state/selectors";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { CheckIcon, SendIcon } from "../view/icons";
import { Note } from "../view/marks";
import { PhoneNumber } from "../view/phone";
import { KindIcon } from "./kind_icon";
import { useRoomOf } from "./room_of";
import { useSent } from "./sent";
import { Radios } from "./switch";
import { shellTexts } from "./text/shell";

/** One of the staff needs a hand as well: the same queue, the same thread. */
export function AskHelp({ onClose }: { onClose: () => void }) {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const line = useLine();
  const room = useRoomOf("help_request", "help_line", "room", "person");
  const [kind, setKind] = useState<HelpKind>("something_else");
  const words = useSent();
  const mine = myHelp(room, line.me.value);
  const phone = the(room, "room")?.help_phone;
  return (
    <Dialog title={t.help_title} onClose={onClose} has_help={false}>
      <div class="stack dialog-body">
        {mine ? (
          <>
            <Note
              look="help"
              icon={CheckIcon}
              title={mine.claimed_by === undefined ? t.help_open : t.help_seen(nameOf(room, mine.claimed_by))}
            />
            <ul class="thread">
              {helpThread(room, mine.id).map((one) => (
                <li key={one.id}>
                  <b dir="auto">{nameOf(room, one.author)}</b> <bdi>{one.text}</bdi>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <p class="quiet">{t.help_what}</p>
            <Radios
              name="my-help-kind"
              legend={t.help_title}
              is_legend_hidden
              look="grid"
              value={kind}
              onChoose={setKind}
              options={HELP_KINDS.map((one) => ({
                value: one,
                label: (
                  <>
                    <KindIcon kind={one} /> {c.help_kinds[one]}
                  </>
                ),
              }))}
            />
          </>
        )}
        <div class="field">
          <label for="my-help-words">{mine ? t.help_add : t.help_words}</label>
          <textarea dir="auto" id="my-help-words" rows={2} maxLength={500} {...words.field} />
        </div>
        <div class="row">
          <Button
            look="main"
            icon={SendIcon}
            onPress={() => {
              const text = words.text.trim();
              if (mine) {
                if (text) words.send({ type: "add_help_line", help: mine.id, text });
              } else words.send({ type: "ask_for_help", kind, ...(text ? { words: text } : {}) });
            }}
          >
            {mine ? c.send : t.help_send}
          </Button>
          {mine && (
            <Button onPress={() => void line.send({ type: "cancel_help", help: mine.id })}>
              {t.help_cancel}
            </Button>
          )}
          <Button onPress={onClose}>{c.close}</Button>
        </div>
        {phone && (
          <p>
            {t.help_call} <PhoneNumber phone={phone} />
          </p>
        )}
      </div>
    </Dialog>
  );
}
