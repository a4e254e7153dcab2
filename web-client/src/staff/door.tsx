import { useEffect, useState } from "preact/hooks";
import type { Key, LinkAnswer } from "../connection/entrance";
import type { RoomLine } from "../connection/room_line";
import { LineProvider, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon } from "../view/icons";
import { openLine } from "../view/open_line";
import type { Page } from "../view/start";
import { TopBar } from "../view/top_bar";
import { type ConsoleModule, consoles } from "./consoles";
import { staffTexts } from "./text";

type Stage =
  | { kind: "opening" }
  | { kind: "message"; about: "bad_link" | "no_link" | "unreachable" | "no_console" }
  | { kind: "open"; console: ConsoleModule; link: LinkAnswer; line: RoomLine | null };

/** From a link to the console of its role. A participant's link opened here goes to the participant's page. */
export function StaffDoor({ page, pass }: { page: Page; pass: Key | null }) {
  const [stage, setStage] = useState<Stage>({ kind: "opening" });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let is_here = true;
    void openConsole(page, pass).then((next) => is_here && next && setStage(next));
    return () => {
      is_here = false;
    };
  }, [page, pass, attempt]);

  const t = useTexts(staffTexts);
  const c = useCommon();
  if (stage.kind === "open") {
    const { Console } = stage.console;
    if (!pass) return null;
    const drawn = <Console page={page} pass={pass} link={stage.link} line={stage.line} />;
    return stage.line ? <LineProvider line={stage.line}>{drawn}</LineProvider> : drawn;
  }
  return (
    <>
      <header class="top">
        <TopBar />
      </header>
      <main class="page stack">
        {stage.kind === "opening" ? (
          <p>{t.opening}</p>
        ) : (
          <>
            <h1>{t[stage.about]}</h1>
            <p>{t[`${stage.about}_what`]}</p>
            {stage.about === "unreachable" && (
              <Button icon={RoundIcon} onPress={() => setAttempt(attempt + 1)}>
                {c.try_now}
              </Button>
            )}
          </>
        )}
      </main>
    </>
  );
}

async function openConsole(page: Page, pass: Key | null): Promise<Stage | null> {
  if (!pass) return { kind: "message", about: "no_link" };
  const found = await page.entrance.look(pass);
  if (found.kind === "unknown") return { kind: "message", about: "bad_link" };
  if (found.kind !== "ok") return { kind: "message", about: "unreachable" };
  const link = found.value;
  if (link.role === "participant" || link.role === "guest") {
    // The key is in this tab's keep, where that page finds it.
    location.replace("/");
    return null;
  }
  const load = consoles[link.role];
  if (!load) return { kind: "message", about: "no_console" };
  const console = await load();
  const line = link.session ? openLine(page, pass, link.name, undefined) : null;
  return { kind: "open", console, link, line };
}
