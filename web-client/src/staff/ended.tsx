import { CLOSE } from "../connection/close_codes";
import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon, RoundIcon } from "../view/icons";
import { TopBar } from "../view/top_bar";
import { shellTexts } from "./text/shell";

/** The line has ended for good: why, and what next. */
export function Ended({ code }: { code: number }) {
  const t = useTexts(shellTexts);
  const about =
    code === CLOSE.removed
      ? "ended_removed"
      : code === CLOSE.session_over
        ? "ended_over"
        : code === CLOSE.version
          ? "ended_version"
          : code === CLOSE.left
            ? "ended_left"
            : code === CLOSE.too_many_lines
              ? "ended_many"
              : "ended_link";
  // Whoever's sign-in has run out comes to sign in again.
  const may_reload = about !== "ended_removed" && about !== "ended_over";
  return (
    <>
      <header class="top">
        <TopBar />
      </header>
      <main class="page stack" id="main" tabIndex={-1}>
        <h1>{t[about]}</h1>
        <p>{t[`${about}_what`]}</p>
        {may_reload && (
          <Button
            look="main"
            icon={about === "ended_left" ? DoorIcon : RoundIcon}
            onPress={() => location.reload()}
          >
            {about === "ended_left" ? t.come_back : t.reload}
          </Button>
        )}
      </main>
    </>
  );
}
