/**
 * Kind of device and browser in a few words, for the moderator who helps: "Android, Chrome". Nothing finer than that.
 */
export function deviceName(user_agent: string): string {
  const find = (table: readonly (readonly [RegExp, string])[]) =>
    table.find(([pattern]) => pattern.test(user_agent))?.[1];
  const device = find([
    [/iPhone/, "iPhone"],
    [/iPad/, "iPad"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Macintosh/, "Mac"],
    [/CrOS/, "Chromebook"],
    [/Linux/, "Linux"],
  ]);
  const browser = find([
    [/SamsungBrowser\//, "Samsung Internet"],
    [/Edg(e|A|iOS)?\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\/|FxiOS\//, "Firefox"],
    [/Chrome\/|CriOS\//, "Chrome"],
    [/Safari\//, "Safari"],
  ]);
  return [device, browser].filter(Boolean).join(", ");
}
