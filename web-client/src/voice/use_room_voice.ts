import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { RoomVoice } from "./room_voice";

/** The sound of the room that a page is in; null where there is none, or it has not come yet. */
export const RoomVoiceContext = createContext<RoomVoice | null>(null);

/** For the screens of voice, which are drawn only where there is one. */
export function useRoomVoice(): RoomVoice {
  const voice = useContext(RoomVoiceContext);
  if (!voice) throw new Error("screens of voice have a VoiceProvider around them");
  return voice;
}
