import { useEffect, useState } from "preact/hooks";
import type { Key, LinkAnswer } from "../connection/entrance";
import type { RoomLine } from "../connection/room_line";
import { clockSpan, dayText } from "../text/times";
import { LineProvider, useApp, useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon, RoundIcon, StaffIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { openLine } from "../view/open_line";
import type { Page } from "../view/start";
import { TopBar } from "../view/top_bar";
import { type ConsoleModule, consoles } from "./consoles";
import { staffTexts } from "./text";
import { shellTexts } from "./text/shell";

type Stage =
  | { kind: "opening" }
  | { kind: "message"; about: "bad_link" | "no_link" | "unreachable" | "no_console" }
  /** The link is known; one press, and the person is in. */
  | { kind: "threshold"; console: ConsoleModule; link: LinkAnswer }
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
        ) : stage.kind === "threshold" ? (
          <Threshold
            link={stage.link}
            onEnter={() => {
              if (pass) setStage(inside(page, pass, stage.console, stage.link));
            }}
          />
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

/** Whose link this is and where it leads, before anything happens. The press also lets the page make sounds. */
function Threshold({ link, onEnter }: { link: LinkAnswer; onEnter: () => void }) {
  const t = useTexts(shellTexts);
  const c = useCommon();
  const { language } = useApp();
  const { session } = link;
  return (
    <>
      <h1>{session?.theme}</h1>
      {session && (
        <p class="quiet">
          {dayText(session.starts_at, language.value)}{" "}
          {c.at_clock(clockSpan(session.starts_at, session.ends_at))}
        </p>
      )}
      <div class="sheet stack-s">
        <p class="quiet">{t.your_name}</p>
        <p class="row">
          <b class="big-t">{link.name ?? c.roles[link.role]}</b>{" "}
          <Badge look="staff" icon={StaffIcon}>
            {c.roles[link.role]}
          </Badge>
        </p>
      </div>
      <Button look="main" is_big icon={DoorIcon} onPress={onEnter}>
        {t.enter}
      </Button>
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
  // A reload of a tab that is in goes back in by itself; a coordinator has no room to come into.
  const is_in = page.keep.get("ticket") !== null;
  return is_in || !link.session ? inside(page, pass, console, link) : { kind: "threshold", console, link };
}

function inside(page: Page, pass: Key, console: ConsoleModule, link: LinkAnswer): Stage {
  // The consoles speak Finnish and English; the choice of the device stays as it is.
  if (page.app.language.peek() === "sv") page.app.language.value = "fi";
  const line = link.session ? openLine(page, pass, link.name, undefined) : null;
  return { kind: "open", console, link, line };
}
