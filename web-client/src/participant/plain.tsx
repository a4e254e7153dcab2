import type { Key } from "../connection/entrance";
import { later } from "../view/later";
import { type OneThing, OneThingPage } from "./outside";
import { useHelpPhone } from "./phone";

/** The pages and dialogs beside the way in: they come after the first paint, and are there when the line is not. */
export const { bring: bringAside, use: useAside } = later(async () => {
  const aside = await import("./aside");
  await aside.bringAsideTexts();
  return aside;
});

/** Where the door does not open, with the form for a code: whoever comes by a link that opens never needs it. */
export const { bring: bringClosed, use: useClosed } = later(async () => {
  const [closed] = await Promise.all([import("./closed"), bringAside()]);
  return closed;
});

/** Names of an experience-story day. */
export const { bring: bringNickname, use: useNickname } = later(() => import("./nickname"));

/** The day's assignment and its answer: a file of its own, for those who have one. */
export const { bring: bringWork, use: useWorkCode } = later(async () => {
  const work = await import("../work/work");
  await work.bringWorkTexts();
  return work;
});

/** The work of whoever has this link, on a page outside the room. */
export function OwnWork({ pass, phone }: { pass: Key | null; phone?: string | undefined }) {
  const is_link = pass !== null && "secret" in pass;
  const work = useWorkCode(is_link);
  const number = useHelpPhone(phone);
  return work && pass && <work.WorkOnOwnPage pass={pass} phone={number} />;
}

/** A page with one thing to say, and whom to call. Its help opens once what stands beside the way in has come. */
export function Plain(props: OneThing) {
  const aside = useAside();
  return (
    <OneThingPage
      {...props}
      help={(phone, onClose) => aside && <aside.HelpAtDoor phone={phone} onClose={onClose} />}
    />
  );
}
