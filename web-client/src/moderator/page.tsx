import { useState } from "preact/hooks";
import { useRoomOf } from "../staff/room_of";
import { Radios } from "../staff/switch";
import { all } from "../state/room_state";
import { helpQueue } from "../state/selectors";
import { useTexts } from "../view/app";
import { ChatSheet } from "./chat_sheet";
import { HelpColumn } from "./help_column";
import { KnowNeeds } from "./needs";
import { PeopleColumn } from "./people_column";
import { ReviewColumn } from "./review_column";
import { messagesTexts } from "./text";

const VIEWS = ["review", "chat", "help", "people"] as const;
type View = (typeof VIEWS)[number];

/** Viestit ja apu: three columns side by side on a wide screen, one at a time on a narrow one. */
export function MessagesPage() {
  const t = useTexts(messagesTexts);
  const room = useRoomOf("review_item", "help_request");
  const [view, setView] = useState<View>("review");
  const counts: Partial<Record<View, number>> = {
    review: all(room, "review_item").length,
    help: helpQueue(room).length,
  };
  const labels: Record<View, string> = {
    review: t.view_review,
    chat: t.view_chat,
    help: t.view_help,
    people: t.view_people,
  };
  return (
    <KnowNeeds>
      <main id="main" tabIndex={-1}>
        <div class="views">
          <Radios
            name="view"
            legend={t.views}
            is_legend_hidden
            value={view}
            onChoose={setView}
            options={VIEWS.map((value) => ({
              value,
              label: counts[value] ? `${labels[value]} ${counts[value]}` : labels[value],
            }))}
          />
        </div>
        <div class={`cols three-c shows-${view}`}>
          <div>
            <ReviewColumn />
            <ChatSheet />
          </div>
          <HelpColumn />
          <PeopleColumn />
        </div>
      </main>
    </KnowNeeds>
  );
}
