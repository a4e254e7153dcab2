/** Sound and its screens, in one file of the build: brought when the room has voice, and never without it. */

import "../style/voice.css";

export { DeskListening, ListenFirst, ListenOffer, ListenSwitch, SoundSettings } from "./listen_screens";
export { RoomVoice } from "./room_voice";
export { AlsoHeard, SoundBars } from "./sound_signs";
export { MySpeaking, OnStage, TurnChoices } from "./speak_screens";
