import { useEffect, useState } from "preact/hooks";
import { useApp } from "./app";

const BRING_AGAIN_MS = 5000;

/** Code that a page brings when it is wanted, with its texts. */
export interface Later<Code> {
  /** Fails where there is no line. */
  bring(): Promise<Code>;
  /** Null where it is not wanted, and until it has come: it is asked for again until it does. */
  use(is_wanted?: boolean): Code | null;
}

export function later<Code>(load: () => Promise<Code>): Later<Code> {
  let brought: Code | null = null;
  const bring = async () => {
    brought ??= await load();
    return brought;
  };
  return {
    bring,
    use(is_wanted = true) {
      const { timers } = useApp();
      const [code, setCode] = useState<{ readonly code: Code | null }>({ code: brought });
      const [attempt, setAttempt] = useState(0);
      useEffect(() => {
        if (code.code || !is_wanted) return;
        let callOff: () => void = () => undefined;
        void bring().then(
          (come) => setCode({ code: come }),
          () => {
            callOff = timers.after(BRING_AGAIN_MS, () => setAttempt(attempt + 1));
          },
        );
        return () => callOff();
      }, [code, is_wanted, attempt]);
      return is_wanted ? code.code : null;
    },
  };
}
