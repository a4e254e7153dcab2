import { useEffect } from "preact/hooks";
import { person } from "../state/selectors";
import { useApp, useCommon, useFromRoom, useLine, useRefusalSentence, useTexts } from "../view/app";
import { Button, IconButton } from "../view/button";
import { CrossIcon, InfoIcon } from "../view/icons";
import { isText, useKept } from "../view/kept";
import { Note } from "../view/marks";
import { useDrafts } from "./drafts";
import { whichNameTexts } from "./text/which_name";

/**
 * Two names came with one link: softly asked, which of them is right. Put away it is not asked again of the same two;
 * whoever shares the link is led to help, with the words for it written down.
 */
export function WhichName({ onTell, onHelp }: { onTell: (text: string) => void; onHelp: () => void }) {
  const t = useTexts(whichNameTexts);
  const c = useCommon();
  const { announcer, keep } = useApp();
  const line = useLine();
  const { help_words } = useDrafts();
  const inWords = useRefusalSentence();
  const mine = useFromRoom((room) => person(room, line.me.value));
  const names = mine?.second_name ? [mine.name, mine.second_name] : [];
  const asked = JSON.stringify(names);
  const [put_away, putAway] = useKept(keep, "names_put_away", isText, "");
  const is_answering = line.pending.value.some(({ command }) => command.type === "change_name");
  const [one, other] = names;
  const title = one && other && !is_answering && put_away !== asked ? t.title(one, other) : "";
  useEffect(() => {
    if (title) announcer.tell(title);
  }, [title]);
  if (!title) return null;
  const choose = async (name: string) => {
    const outcome = await line.send({ type: "change_name", name });
    if (outcome.kind === "done") onTell(t.thanks(name));
    if (outcome.kind === "refused") onTell(inWords(outcome.refusal));
  };
  return (
    <Note icon={InfoIcon} title={title}>
      <IconButton class="plain note-close" icon={CrossIcon} name={c.close} onPress={() => putAway(asked)} />
      {t.what}
      <div class="stack note-acts">
        {names.map((name) => (
          <Button key={name} onPress={() => void choose(name)}>
            {t.mine(name)}
          </Button>
        ))}
        <Button
          look="help"
          onPress={() => {
            help_words.value ||= t.shared_words;
            putAway(asked);
            onHelp();
          }}
        >
          {t.shared}
        </Button>
      </div>
    </Note>
  );
}
