import capture from "./capture_worklet?worker&url";
import listening_wasm from "./listening_wasm_worker?worker&url";
import listening from "./listening_worker?worker&url";
import playback from "./playback_worklet?worker&url";
import speaking from "./speaking_worker?worker&url";

/** The scripts of voice that run beside the page: files of this build, and nothing else is ever started. */
const SCRIPTS = { capture, playback, speaking, listening, listening_wasm } as const;
export type OwnScript = keyof typeof SCRIPTS;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** The page runs under `require-trusted-types-for 'script'`: a worker's address must come from a policy. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("voice", {
  createScriptURL(url) {
    if (Object.values<string>(SCRIPTS).includes(url)) return url;
    throw new TypeError("not a script of this build");
  },
});

export function addressOf(script: OwnScript): string {
  return policy ? policy.createScriptURL(SCRIPTS[script]) : SCRIPTS[script];
}
