import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { useApp, useLine } from "../view/app";
import type { RoomVoice } from "./room_voice";
import { RoomVoiceContext } from "./use_room_voice";

type Code = typeof import("./voice");

/** The screens of voice, and the sound behind them. */
export interface VoiceParts extends Code {
  readonly voice: RoomVoice;
}

const VoiceContext = createContext<VoiceParts | null>(null);

/** Brings the sound of the room once the server has said that there is one; without it nothing of it is loaded. */
export function VoiceProvider({ children }: { children: ComponentChildren }) {
  const { keep, device } = useApp();
  const line = useLine();
  const [parts, setParts] = useState<VoiceParts | null>(null);
  useEffect(() => {
    let voice: RoomVoice | null = null;
    let is_gone = false;
    const open = async () => {
      const ticket = await line.askVoiceTicket();
      if (ticket === null || is_gone) return;
      const code = await import("./voice");
      if (is_gone) return;
      voice = new code.RoomVoice(line, keep, device, ticket);
      setParts({ ...code, voice });
    };
    // Without its code the room is as a room without voice.
    void open().catch(() => undefined);
    return () => {
      is_gone = true;
      voice?.close();
    };
  }, [line]);
  return (
    <VoiceContext.Provider value={parts}>
      <RoomVoiceContext.Provider value={parts?.voice ?? null}>{children}</RoomVoiceContext.Provider>
    </VoiceContext.Provider>
  );
}

/** Null: this room has no voice, or it has not come yet. */
export function useVoice(): VoiceParts | null {
  return useContext(VoiceContext);
}
