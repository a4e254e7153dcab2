// Pictures of the staff's gallery, and axe's report of each screen, which must be empty. The gallery must be running:
// node scripts/look_at_staff.mjs OUT [screen…]     SIZES=360,820,1280 THEMES=light,dark
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const [out, ...wanted] = process.argv.slice(2);
if (!out) throw new Error("where to? node scripts/look_at_staff.mjs OUT [screen…]");
const gallery = `${process.env.GALLERY ?? "http://127.0.0.1:5180"}/staff.html`;
const axe = readFileSync(resolve(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const asked = (name, all) => (process.env[name] ? process.env[name].split(",") : all);
const heights = { 320: 640, 360: 740, 820: 1180, 1280: 800 };
const profile = mkdtempSync(join(tmpdir(), "gallery-"));

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
await page.waitForSelector("html[data-ready]", { state: "attached" });
const screens = wanted.length > 0 ? wanted : await page.locator("li > a").allTextContents();
let faults = 0;
for (const size of asked("SIZES", ["360", "820", "1280"])) {
  await page.setViewportSize({ width: Number(size), height: heights[size] });
  for (const theme of asked("THEMES", ["light", "dark"])) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const screen of screens) {
      const where = `${screen}-${size}${theme === "dark" ? "-dark" : ""}`;
      await page.goto(`${gallery}?screen=${screen}`);
      await page.waitForSelector("html[data-ready]", { state: "attached" });
      await page.screenshot({ path: join(out, `${where}.png`) });
      if (process.env.FULL) await page.screenshot({ path: join(out, `${where}-full.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) {
        faults += 1;
        console.error(`${where} is ${wide} px too wide`);
      }
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
      for (const { id, nodes } of violations) {
        faults += 1;
        console.error(`${where}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      }
    }
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${screens.length} screens looked at, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
