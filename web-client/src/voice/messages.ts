import type { PersonId } from "@protocol";
import type { Cut } from "./frame_cutter";
import type { Figures, Heard } from "./jitter_buffer";

/** What the page, its two workers and the two audio threads say to each other. */

/** Page to either worker. */
export type ToWorker =
  | ({ readonly kind: "start"; readonly url: string; readonly port: MessagePort } & WorkerTask)
  /** Null: there is no voice in this session. */
  | { readonly kind: "ticket"; readonly ticket: string | null }
  /** The speaker's microphone is open to the others, or closed. */
  | { readonly kind: "speak"; readonly is_open: boolean };

export type WorkerTask =
  | { readonly task: "listen" }
  | { readonly task: "speak"; readonly codec: "opus" | "pcm"; readonly is_open: boolean };

/** Either worker to the page. */
export type FromWorker =
  | { readonly kind: "ask_ticket" }
  /** The socket is welcomed, or gone; it comes back by itself. */
  | { readonly kind: "line"; readonly is_up: boolean }
  | { readonly kind: "speaker"; readonly speaker: number; readonly person: PersonId }
  | { readonly kind: "may_speak"; readonly may: boolean }
  /** It will not come back. */
  | { readonly kind: "over" };

/** The listener's worker to the audio thread that plays. */
export type ToPlayback =
  | ({ readonly kind: "heard"; readonly speaker: number } & Heard)
  /** The speaker has closed the microphone: what is left is played out. */
  | { readonly kind: "ended"; readonly speaker: number };

export interface SpeakerLevel {
  readonly speaker: number;
  /** How loud, 0 to 1, by the ear's measure. */
  readonly level: number;
  readonly figures: Figures;
}

/** The audio thread that plays to the page, ten times a second while somebody is heard, and once when nobody is. */
export interface FromPlayback {
  readonly speakers: readonly SpeakerLevel[];
}

/** The speaker's worker to the audio thread that captures: how long a frame is. */
export interface ToCapture {
  readonly frame_samples: number;
}

/** The audio thread that captures to the speaker's worker. */
export type FromCapture = Cut;

/** The audio thread that captures to the page, ten times a second. */
export interface CaptureLevel {
  readonly level: number;
}
