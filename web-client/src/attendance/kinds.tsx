import type { Kind, KindsAnswer } from "@protocol/api";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { Answer } from "../connection/entrance";
import { type Asked, useAsked } from "../coordinator/asked";
import type { Language } from "../text/language";
import { useApp } from "../view/app";

/** Kinds of decision are the site's own: their names come from the server, once for all that is inside. */

const KindsContext = createContext<Asked<KindsAnswer>>({ answer: null, value: null, ask() {} });
const NONE: readonly Kind[] = [];

export function KnowKinds({
  ask,
  children,
}: {
  /** Not there: nobody can be asked. */
  ask: (() => Promise<Answer<KindsAnswer>>) | undefined;
  children: ComponentChildren;
}) {
  const asked = useAsked(async () => (ask ? ask() : { kind: "unreachable" }), [ask]);
  // The same while nothing has been said anew: a row of a full room is not drawn again for nothing.
  const known = useMemo(() => asked, [asked.answer, asked.value]);
  return <KindsContext.Provider value={known}>{children}</KindsContext.Provider>;
}

/** What the server has said of them; `ask` asks anew, when they have been changed. */
export const useAskedKinds = () => useContext(KindsContext);

/** In their order; none while they are not known. */
export const useKinds = (): readonly Kind[] => useAskedKinds().value?.kinds ?? NONE;

/** What is told of somebody's kind: its key, and on a kept day what it was called then, in Finnish. */
interface Told {
  readonly decision_type?: string | null | undefined;
  readonly decision_name?: string | null | undefined;
}

/** Names a kind; empty where there is none. A kind that is not known shows its key. */
export function useKindName(): (of: Told) => string {
  const kinds = useKinds();
  const language = useApp().language.value;
  return useMemo(() => kindNamer(kinds, language), [kinds, language]);
}

/** The same, of kinds that are at hand. */
export const kindNamer =
  (kinds: readonly Kind[], language: Language) =>
  ({ decision_type, decision_name }: Told): string => {
    if (!decision_type) return "";
    const kind = kinds.find(({ key }) => key === decision_type);
    return (language === "en" && kind?.en) || decision_name || kind?.fi || decision_type;
  };
