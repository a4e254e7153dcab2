import { describe, expect, it } from "vitest";
import { deviceName } from "./device_name";

describe("the device's name", () => {
  it.each([
    [
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36",
      "Android, Chrome",
    ],
    [
      "Mozilla/5.0 (Linux; Android 13; SM-A) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
      "Android, Samsung Internet",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
      "iPhone, Safari",
    ],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0", "Windows, Firefox"],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
      "Windows, Edge",
    ],
    ["something else", ""],
  ])("of %s is %s", (agent, name) => expect(deviceName(agent)).toBe(name));
});
