import type { IconComponent } from "../view/icons";

/** What the strip of a season is given: its series, and its days. */

/** One series of the season: its place and its picture tell it, never a colour. */
export interface StripLane {
  readonly name: string;
  readonly icon: IconComponent;
  readonly note: string;
}

/** sealed: done. waits: something of it is unfinished. unmade: will come. away: excused. off: nothing is held. */
export type TileLook = "sealed" | "waits" | "planned" | "unmade" | "away" | "off";

export interface StripDay {
  readonly day: string;
  /** Of the lanes, from 0. */
  readonly lane: number;
  readonly look: TileLook;
  readonly is_past: boolean;
  readonly is_next?: boolean;
  readonly title: string;
  /** In a list, below the title. */
  readonly what: string;
  /** Where it leads, as the address names it. */
  readonly to?: string | undefined;
  readonly crew?: Crew | undefined;
}

/** How many of the places of the staff are taken. */
export interface Crew {
  readonly facilitators: number;
  readonly moderators: number;
}

/** Of each kind, on one day. */
export const PLACES = 2;
