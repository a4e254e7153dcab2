import { later } from "../view/later";
import { type OneThing, OneThingPage } from "./outside";

/** The pages and dialogs beside the way in: they come after the first paint, and are there when the line is not. */
export const { bring: bringAside, use: useAside } = later(async () => {
  const aside = await import("./aside");
  await aside.bringAsideTexts();
  return aside;
});

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
