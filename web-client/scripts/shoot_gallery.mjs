// Pictures of the gallery, which must be running: node scripts/shoot_gallery.mjs OUT [screen…]
// PAGE=staff.html: of the staff's screens. SIZES: only these. FULL: whole pages too.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [out, ...wanted] = process.argv.slice(2);
if (!out) throw new Error("where to? node scripts/shoot_gallery.mjs OUT [screen…]");
const gallery = `http://127.0.0.1:5180/${process.env.PAGE ?? ""}`;
const profile = mkdtempSync(join(tmpdir(), "gallery-"));
const sizes = [
  { name: "360", width: 360, height: 640, colorScheme: "light" },
  { name: "360-dark", width: 360, height: 640, colorScheme: "dark" },
  { name: "1280", width: 1280, height: 800, colorScheme: "light" },
  { name: "1280-dark", width: 1280, height: 800, colorScheme: "dark" },
].filter(({ name }) => !process.env.SIZES || process.env.SIZES.split(",").includes(name));

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.error("page error:", error.message));
page.on("console", (message) => message.type() === "error" && console.error("console:", message.text()));
await page.goto(gallery);
const screens = wanted.length > 0 ? wanted : await page.locator("li > a").allTextContents();
for (const { name, width, height, colorScheme } of sizes) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  for (const screen of screens) {
    await page.goto(`${gallery}?screen=${screen}`);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.screenshot({ path: join(out, `${screen}-${name}.png`) });
    if (process.env.FULL) {
      await page.screenshot({ path: join(out, `${screen}-${name}-full.png`), fullPage: true });
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.error(`${screen} at ${name} is ${wide} px too wide`);
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
