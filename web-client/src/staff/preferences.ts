import { type ReadonlySignal, signal } from "@preact/signals";
import type { Role } from "@protocol";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Keep, readKept } from "../connection/parts";
import { isBoolean } from "../view/kept";

/** How one of the staff wants to work and to be told of work; kept on this device, and nothing of who they are. */
export interface Preferences {
  readonly sound: ReadonlySignal<boolean>;
  readonly badge: ReadonlySignal<boolean>;
  readonly spoken: ReadonlySignal<boolean>;
  /** A single letter decides. */
  readonly keys: ReadonlySignal<boolean>;
  setSound(is_on: boolean): void;
  setBadge(is_on: boolean): void;
  setSpoken(is_on: boolean): void;
  setKeys(is_on: boolean): void;
}

/**
 * Sound and title are on for a moderator, whose work they announce, until switched off. Single letters are off until
 * switched on: a hand that slips, or a program that types what it hears, must not decide on anything.
 */
export function openPreferences(device: Keep, role: Role): Preferences {
  const open = (key: string, otherwise: boolean) => {
    const kept = `staff_${role}_${key}`;
    const value = signal(readKept(device, kept, isBoolean, otherwise));
    const set = (is_on: boolean) => {
      value.value = is_on;
      device.set(kept, JSON.stringify(is_on));
    };
    return [value, set] as const;
  };
  const [sound, setSound] = open("sound", role === "moderator");
  const [badge, setBadge] = open("badge", role === "moderator");
  const [spoken, setSpoken] = open("spoken", true);
  const [keys, setKeys] = open("keys", false);
  return { sound, badge, spoken, keys, setSound, setBadge, setSpoken, setKeys };
}

export const PreferencesContext = createContext<Preferences | null>(null);

/** Whether a single letter decides on what has the focus. */
export function useHasKeys(): boolean {
  return useContext(PreferencesContext)?.keys.value ?? false;
}
