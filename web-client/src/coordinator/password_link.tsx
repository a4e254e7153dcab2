import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CheckIcon, CopyIcon, LinkIcon } from "../view/icons";
import { Note } from "../view/marks";
import { officeTexts } from "./text";

/** A link that sets a password. Shown this time only. */
export function PasswordLink({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const t = useTexts(officeTexts);
  const { announcer } = useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      announcer.say(t.copied);
    } catch {
      announcer.say(t.copy_failed);
    }
  };
  return (
    <Note look="good" icon={LinkIcon} title={t.link_for(name)}>
      <p class="secret">{link}</p>
      <p>{t.link_once}</p>
      <div class="row">
        <Button icon={CopyIcon} onPress={() => void copy()}>
          {t.copy}
        </Button>
        <Button icon={CheckIcon} onPress={onClose}>
          {t.link_given}
        </Button>
      </div>
    </Note>
  );
}
