import { CHAT_MODES } from "@protocol";
import { useRoomOf } from "../staff/room_of";
import { useSent } from "../staff/sent";
import { Radios } from "../staff/switch";
import { the } from "../state/room_state";
import { useCommon, useLine, useTexts } from "../view/app";
import { Button } from "../view/button";
import { Dialog } from "../view/dialog";
import { messagesTexts } from "./text";

const SLOW_SECONDS = [0, 10, 30, 60, 120] as const;
const ANNOUNCEMENT_MAX = 300;

/** How the chat works now. Each choice is in force at once, for everyone. */
export function ChatRules({ onClose }: { onClose: () => void }) {
  const t = useTexts(messagesTexts);
  const c = useCommon();
  const line = useLine();
  const room = useRoomOf("chat");
  const chat = the(room, "chat");
  const announcement = useSent(chat?.announcement ?? "");
  if (!chat) return null;
  return (
    <Dialog title={t.chat_rules} onClose={onClose}>
      <div class="stack dialog-body">
        <Radios
          name="chat-mode"
          legend={t.chat_rules}
          is_legend_hidden
          look="list"
          value={chat.mode}
          onChoose={(mode) => void line.send({ type: "set_chat_mode", mode })}
          options={CHAT_MODES.map((value) => ({
            value,
            label: (
              <span class="pair">
                <b>{t.modes[value]}</b> <span class="small">{t.modes_what[value]}</span>
              </span>
            ),
          }))}
        />
        <div>
          <Radios
            name="slow-mode"
            legend={t.slow}
            value={String(chat.slow_seconds)}
            onChoose={(seconds) => void line.send({ type: "set_slow_mode", seconds: Number(seconds) })}
            options={SLOW_SECONDS.map((seconds) => ({
              value: String(seconds),
              label: seconds === 0 ? t.slow_off : t.slow_seconds(seconds),
            }))}
          />
          <p class="quiet small">{t.slow_what}</p>
        </div>
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault();
            void line.send({ type: "pin_announcement", text: announcement.text.trim() });
          }}
        >
          <label for="announcement">{t.announcement}</label>
          <p class="hint small">{t.announcement_what}</p>
          <input dir="auto" id="announcement" maxLength={ANNOUNCEMENT_MAX} {...announcement.field} />
          <div class="row foot">
            <Button is_submit>{t.announcement_pin}</Button>
            {chat.announcement && (
              <Button
                onPress={() => {
                  announcement.setText("");
                  void line.send({ type: "pin_announcement", text: "" });
                }}
              >
                {t.announcement_off}
              </Button>
            )}
          </div>
        </form>
        <div class="stays">
          <Button onPress={onClose}>{c.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
