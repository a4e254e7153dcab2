import { useCommon } from "./app";
import { Button } from "./button";
import { RoundIcon, WarnIcon } from "./icons";
import { Note } from "./marks";

/** What could not be fetched, and a press that asks again. */
export function Failed({ title, onAgain }: { title: string; onAgain: () => void }) {
  const c = useCommon();
  return (
    <Note look="stop" icon={WarnIcon} title={title}>
      <p class="note-acts">
        <Button icon={RoundIcon} onPress={onAgain}>
          {c.try_now}
        </Button>
      </p>
    </Note>
  );
}
