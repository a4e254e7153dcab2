import { useRoomOf } from "../staff/room_of";
import { useTexts } from "../view/app";
import { voices } from "./floor_view";
import { floorTexts } from "./text";

const IN_ROW = 12;
const STEP = { x: 24, y: 32 };
const BAR = 298;

/** Who has been heard, without names: today as dots, in this item as a bar. The share, never a ranking. */
export function VoicesSheet() {
  const t = useTexts(floorTexts);
  const room = useRoomOf("contribution", "person");
  const { spoken, written, unheard, total, item_heard } = voices(room);
  const rows = Math.max(1, Math.ceil(total / IN_ROW));
  const [heard, have_been] = t.voices_sum(spoken + written, total);
  return (
    <section class="sheet voices" aria-labelledby="voices-title">
      <h2 id="voices-title">{t.voices}</h2>
      {total === 0 ? (
        <p class="quiet">{t.voices_none}</p>
      ) : (
        <>
          <svg
            class="dots"
            viewBox={`0 0 ${IN_ROW * STEP.x} ${rows * STEP.y}`}
            role="img"
            aria-label={t.voices_chart(total, spoken, written, unheard)}
          >
            {Array.from({ length: total }, (_, index) => (
              <circle
                key={index}
                class={index < spoken ? "v" : index < spoken + written ? "w" : undefined}
                cx={12 + (index % IN_ROW) * STEP.x}
                cy={16 + Math.floor(index / IN_ROW) * STEP.y}
                r={index >= spoken && index < spoken + written ? 8 : 9}
              />
            ))}
          </svg>
          <p>
            <b>{heard}</b> {have_been}
          </p>
          <ul class="key">
            <li>
              <Dot look="v" /> {t.voices_spoken(spoken)}
            </li>
            <li>
              <Dot look="w" /> {t.voices_written(written)}
            </li>
            <li>
              <Dot /> {t.voices_unheard(unheard)}
            </li>
          </ul>
          <p>{t.voices_item(item_heard)}</p>
          <svg
            class="share"
            viewBox="0 0 300 12"
            preserveAspectRatio="none"
            role="img"
            aria-label={t.voices_item_chart(item_heard, total)}
          >
            <rect class="all" x="1" y="1" width={BAR} height="10" />
            <rect class="used" x="1" y="1" width={(BAR * item_heard) / total} height="10" />
          </svg>
        </>
      )}
      <p class="quiet small">{t.voices_hidden}</p>
    </section>
  );
}

function Dot({ look }: { look?: "v" | "w" }) {
  return (
    <svg class="dots" viewBox="0 0 20 20" aria-hidden="true">
      <circle class={look} cx="10" cy="10" r={look === "w" ? 6 : 7} />
    </svg>
  );
}
