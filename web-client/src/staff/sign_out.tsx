import type { MeAnswer } from "@protocol/api";
import { forgetTab } from "../connection/key_keep";
import { useApp, useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon } from "../view/icons";
import type { AccountRequests } from "./account";
import { keyOf } from "./account";
import { signInTexts } from "./text/sign_in";

/** The way out: of this device, or of all. */
export function SignOut({
  requests,
  me,
  onOut,
}: {
  requests: AccountRequests;
  me: MeAnswer;
  onOut: () => void;
}) {
  const t = useTexts(signInTexts);
  const { keep } = useApp();
  const leave = async (everywhere: boolean) => {
    await requests.signOut(keyOf(me), everywhere);
    forgetTab(keep);
    onOut();
  };
  return (
    <div class="row no-print">
      <Button icon={DoorIcon} onPress={() => void leave(false)}>
        {t.sign_out}
      </Button>
      <Button look="plain" onPress={() => void leave(true)}>
        {t.everywhere}
      </Button>
    </div>
  );
}
