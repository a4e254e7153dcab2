import type { HealthTexts } from "./health_fi";

export const en: HealthTexts = {
  moment: (day, clock) => `${day} at ${clock}`,
  since: (moment) => `Seen: ${moment}.`,
  call_now: "Call those who run the server now",
  tell: "Tell those who run the server today",
  read_out: "Read them this text.",
  troubles: {
    not_saving: {
      title: () => "The server is not saving right now.",
      means: "The disk does not answer. Nothing moves in the rooms.",
    },
    disk_full: {
      title: () => "The server's disk is full.",
      means: "Help and presence are still saved. Messages and assignments are not.",
    },
    disk_failed: {
      title: () => "The server's disk does not work.",
      means: "Nothing is saved until the server is started anew.",
    },
    room_damaged: {
      title: () => "The data of one session is damaged.",
      means: "Nothing is saved in that room. The other rooms work.",
    },
    disk_low: {
      title: () => "The server's disk is nearly full.",
      means: "When it is full, messages and assignments are not saved.",
    },
    certificate_ends: {
      title: (moment) => `The site's certificate ends${moment ? `: ${moment}` : ""}.`,
      means: "When it has ended, nobody gets to the page.",
    },
    backup_old: {
      title: (moment) => (moment ? `The backup is old. The last one: ${moment}.` : "There is no backup."),
      means: "If the disk breaks, what is new is lost.",
    },
    mail_stuck: {
      title: () => "E-mail does not go out.",
      means: "Letters wait. If it is urgent, print the link or call.",
    },
    clock_jumped: {
      title: () => "The server's clock has moved.",
      means: "See that the times of the day are right.",
    },
  },
};
