/** protocol/room.md, "The line": 4000-4499 come back, 4500-4999 do not come back by yourself. */
export const CLOSE = {
  not_utf8: 1007,
  too_large: 1009,
  bad_frame: 4400,
  no_hello: 4401,
  slow_reader: 4408,
  gap: 4409,
  silent: 4410,
  restart: 4412,
  room_line_gone: 4413,
  flood: 4429,
  bad_ticket: 4501,
  removed: 4503,
  session_over: 4504,
  version: 4505,
  left: 4506,
  voice_off: 4507,
  too_many_lines: 4508,
} as const;

export function mayComeBack(code: number): boolean {
  return code < 4500 || code > 4999;
}
