import { useTexts } from "../view/app";
import { Button } from "../view/button";
import { DoorIcon } from "../view/icons";
import type { AccountDoor, Me } from "./account";
import { keyOf } from "./account";
import { signInTexts } from "./text/sign_in";

/** The way out: of this device, or of all. */
export function SignOut({ door, me, onOut }: { door: AccountDoor; me: Me; onOut: () => void }) {
  const t = useTexts(signInTexts);
  const leave = (everywhere: boolean) => void door.signOut(keyOf(me), everywhere).then(onOut);
  return (
    <div class="row no-print">
      <Button icon={DoorIcon} onPress={() => leave(false)}>
        {t.sign_out}
      </Button>
      <Button look="plain" onPress={() => leave(true)}>
        {t.everywhere}
      </Button>
    </div>
  );
}
