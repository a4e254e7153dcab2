import type { DoorTexts } from "./door_fi";

export const en: DoorTexts = {
  opening: "Opening the door.",
  welcome: "Welcome. You are in the right place.",
  welcome_back: (name) => `Welcome back, ${name}.`,
  day_at: (day, hours) => `${day}, ${hours}`,
  name_label: "The name that others see",
  name_hint: "A nickname is fine.",
  together: "How we are together",
  manners: [
    "We speak one at a time.",
    "We are kind to each other.",
    "We do not tell others' matters to anyone.",
    "You may also just listen.",
    "You may ask for help at any time.",
  ],
  call_title: "Call, we will help",
  call_what: "We will help you in.",
  promise: "By coming in you promise to do so.",
  come_in: "Come in",
  coming_in: "Coming in…",
  come_in_label: "Come in",
  doors_open_button: "The doors open a little before the start",
  is_on: "The café is on.",
  unreachable: "We cannot connect",
  unreachable_what: "We try again by ourselves. Check that the device has a network.",
};
