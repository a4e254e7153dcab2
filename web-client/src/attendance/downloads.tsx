import type { SessionId, UtcTime } from "@protocol";
import { useState } from "preact/hooks";
import { isoDate } from "../coordinator/dates";
import { fileName, saveFile } from "../page/save_file";
import { useProof } from "../staff/proof";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { FileIcon } from "../view/icons";
import type { DayRequests, FileKind } from "./requests";
import { attendanceTexts } from "./text";

/** The day as a file, or on paper. */
export function Downloads(props: {
  requests: DayRequests;
  session: SessionId;
  theme: string;
  starts_at: UtcTime;
  /** An experience-story day. */
  is_anonymous: boolean;
}) {
  const { requests, session, theme, starts_at, is_anonymous } = props;
  const t = useTexts(attendanceTexts);
  const { announcer, language } = useApp();
  const { proved, dialog } = useProof();
  const [trouble, setTrouble] = useState("");
  const download = async (kind: FileKind) => {
    setTrouble("");
    const answer = await proved(() => requests.file(session, kind, language.peek()));
    if (!answer) return;
    if (answer.kind === "ok")
      return saveFile(answer.value, fileName([t.file, theme, isoDate(starts_at)], kind));
    setTrouble(t.download_failed);
    announcer.say(t.download_failed);
  };
  return (
    <div class="row push no-print">
      <Button icon={FileIcon} onPress={() => void download("xlsx")}>
        {t.download}
      </Button>
      <Button look="plain" onPress={() => void download("csv")}>
        {t.download_csv}
      </Button>
      <Button look="plain" onPress={() => print()}>
        {t.print}
      </Button>
      {is_anonymous && <p class="quiet small">{t.counts_only}</p>}
      {trouble && <p>{trouble}</p>}
      {dialog}
    </div>
  );
}
