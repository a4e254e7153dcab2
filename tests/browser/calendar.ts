import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An entry of a calendar. */
export interface CalendarEntry {
  uid: string;
  sequence: number;
  /** Empty: it stands. */
  status: string;
  /** UTC, by the rules that the calendar brings along. */
  starts: string;
  ends: string;
  zone: string;
  words: string;
}

export interface CalendarRead {
  zones: string[];
  entries: CalendarEntry[];
}

const READER = `
import json, sys, icalendar, pytz
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
def utc(of):
    zone = zones[of.params["TZID"]]
    return zone.localize(of.dt.replace(tzinfo=None)).astimezone(pytz.utc).strftime("%Y-%m-%dT%H:%MZ")
print(json.dumps({"zones": list(zones), "entries": [{
    "uid": str(one["UID"]), "sequence": int(one["SEQUENCE"]), "status": str(one.get("STATUS", "")),
    "starts": utc(one["DTSTART"]), "ends": utc(one["DTEND"]), "zone": one["DTSTART"].params["TZID"],
    "words": " ".join(str(one.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL")),
} for one in calendar.walk("VEVENT")]}))
`;

/** A calendar as a reader finds it that is none of ours. */
export function readCalendar(ics: Buffer): CalendarRead {
  const folder = mkdtempSync(join(tmpdir(), "etakahvila-calendar-"));
  const path = join(folder, "kalenteri.ics");
  writeFileSync(path, ics);
  try {
    return JSON.parse(execFileSync("/usr/bin/python3", ["-c", READER, path], { encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
