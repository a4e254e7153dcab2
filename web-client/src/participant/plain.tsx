import { useEffect, useState } from "preact/hooks";
import { useApp } from "../view/app";
import { type OneThing, OneThingPage } from "./outside";

type Aside = typeof import("./aside");

const BRING_AGAIN_MS = 5000;
let brought: Aside | null = null;

/** The pages and dialogs beside the way in: they come after the first paint, and are there when the line is not. */
export async function bringAside(): Promise<Aside> {
  const aside = await import("./aside");
  await aside.bringAsideTexts();
  brought = aside;
  return aside;
}

/** Null until it has come; it is asked for again until it does. */
export function useAside(): Aside | null {
  const { timers } = useApp();
  const [aside, setAside] = useState(brought);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (aside) return;
    let callOff: () => void = () => undefined;
    void bringAside().then(setAside, () => {
      callOff = timers.after(BRING_AGAIN_MS, () => setAttempt(attempt + 1));
    });
    return () => callOff();
  }, [aside, attempt]);
  return aside;
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
