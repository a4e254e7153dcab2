import { describe, expect, test } from "vitest";
import { barriers, DESK, picture } from "./running_site";
import { openStage } from "./story";

// What anyone may read, in four languages, on the smallest phone and on a desk, as it is and at twice the size of text.

const NAMES = ["instructions", "accessibility", "privacy"];
const LANGUAGES = ["fi", "selko", "sv", "en"];
const WIDTHS = [320, 1280];
/** WCAG 2.2 AAA 1.4.6: 7:1. */
const CONTRAST = ["color-contrast-enhanced"];

describe.each([
  ["as it is", []],
  ["twice as large", ["--blink-settings=defaultFontSize=32"]],
])("with text %s", (size, chromium) => {
  const stage = openStage(chromium);

  test.each(NAMES)("%s", async (name) => {
    const { site, devices } = stage;
    const page = await devices.open(`${site.origin}/${name}`, DESK);
    const seen = new Set<string>();
    for (const language of LANGUAGES) {
      const address = language === "fi" ? `/${name}` : `/${name}-${language}`;
      // By the link that a reader presses, from whatever language they stand in.
      await page.locator(`nav a[href="${address}"]`).first().click();
      await page.locator(`nav a[href="${address}"][aria-current="page"]`).first().waitFor();
      expect(new URL(page.url()).pathname).toBe(address);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(
        language === "selko" ? "fi" : language,
      );
      seen.add(await page.locator("main").innerText());
      for (const width of WIDTHS) {
        await page.setViewportSize({ ...DESK, width });
        const where = `${address} at ${width}`;
        expect({ where, found: await barriers(page, CONTRAST) }).toEqual({ where, found: [] });
        const over = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect({ where, over }).toEqual({ where, over: 0 });
        if (language === "fi") await picture(page, `${name}-${width}-${size.replaceAll(" ", "-")}`);
      }
    }
    expect(seen.size).toBe(LANGUAGES.length);
  });
});
