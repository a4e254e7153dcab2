import type { PeriodShown } from "@protocol/api";
import { useState } from "preact/hooks";
import { FileImport } from "../coordinator/file_import";
import { fileName, saveFile } from "../page/save_file";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { FileIcon } from "../view/icons";
import { region } from "../view/regions";
import { base64Of } from "./base64";
import { BackIcon } from "./icons";
import { LinkButton } from "./link_button";
import type { ProgrammeRequests } from "./requests";
import { programmeTexts } from "./text";

/** Themes, questions and guests of a season's days, from a file. */
export function ThemesPage(props: {
  requests: ProgrammeRequests;
  period: PeriodShown;
  onChange: () => void;
}) {
  const { requests, period, onChange } = props;
  const t = useTexts(programmeTexts);
  const [is_lost, setLost] = useState(false);
  const download = async () => {
    const answer = await requests.days(period.id);
    setLost(answer.kind !== "ok");
    if (answer.kind === "ok") saveFile(answer.value, fileName([period.form.name], "csv"));
  };
  return (
    <main id="main" class="wide" {...region}>
      <h1>{t.themes_of(period.form.name)}</h1>
      <FileImport
        title={t.themes}
        what={t.themes_what}
        send={async (file, dry_run) => {
          const letters = await base64Of(file).catch(() => null);
          if (letters === null) return { kind: "unreachable" };
          return requests.themes(period.id, { file: letters, dry_run });
        }}
        doneWords={({ changed = 0 }) => t.themes_done(changed)}
        onDone={onChange}
      />
      <div class="row">
        <Button icon={FileIcon} onPress={() => void download()}>
          {t.days_file}
        </Button>
        {is_lost && <span class="fault">{t.lost}</span>}
        <LinkButton to={`programme/season/${period.id}`} look="plain" icon={BackIcon}>
          {t.back}
        </LinkButton>
      </div>
    </main>
  );
}
