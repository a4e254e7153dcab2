import { the } from "../state/room_state";
import { useFromRoom, useTexts } from "../view/app";
import { LostLine } from "../view/line_notice";
import { ThemeBand } from "../view/theme_band";
import { TopBar } from "../view/top_bar";
import { Plain } from "./door";
import { doorTexts } from "./text/door";

export { openLine } from "../view/open_line";

/** The room of one who takes part. */
export function Room(_: { onComeBack: () => void }) {
  const t = useTexts(doorTexts);
  const info = useFromRoom((room) => the(room, "room"));
  if (!info) return <Plain title={t.opening} />;
  return (
    <div class="room">
      <header class="top">
        <TopBar />
        <LostLine />
        <ThemeBand />
      </header>
    </div>
  );
}
