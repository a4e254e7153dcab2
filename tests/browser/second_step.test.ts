import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { PHONE } from "./running_site";
import { look, nth, openStage, signIn } from "./story";

// A worker's own account: the second step set up, signed in by it, and a sign-in that is ended from another device.

const stage = openStage([], "12:00");

const NAME = "Mari Moderaattori";
const PASSWORD = "kahvi ja pulla";

/** As an app of codes has it: RFC 6238 over a key in base32 (RFC 4648). */
function codeOf(key: string, at_ms: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/\s/g, "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(at_ms / 30_000)));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const place = digest.readUInt8(digest.length - 1) & 15;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** By name and password, to the second step. */
async function giveName(page: Page): Promise<void> {
  await page.getByLabel("Nimi", { exact: true }).fill(NAME);
  await page.getByLabel("Salasana").fill(PASSWORD);
  await page.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  await page.getByRole("heading", { name: "Toinen vaihe" }).waitFor();
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Koodi", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Kirjaudu", exact: true }).click();
}

const openAccount = (page: Page) =>
  page.getByRole("button", { name: new RegExp(`^${NAME}.*Oma tili$`) }).click();
const signOut = (page: Page) => page.getByRole("button", { name: "Kirjaudu ulos", exact: true }).click();

test("the second step is set up, signed in by a code and by a spare code; another sign-in is ended", async () => {
  const { site, devices } = stage;
  const page = await signIn(stage, { name: NAME, roles: [{ role: "moderator" }] });
  await page.getByRole("heading", { name: `Hei, ${NAME}` }).waitFor();
  await openAccount(page);
  await page.getByRole("heading", { name: "Oma tili" }).waitFor();
  await look(page, "account");

  await page.getByRole("button", { name: "Ota käyttöön" }).click();
  await page.getByRole("img", { name: "Kuva, jonka sovellus lukee" }).waitFor();
  const key = await page.locator(".secret").innerText();
  await look(page, "account-set-up");
  await page.getByLabel("Koodi", { exact: true }).fill("12 34");
  await page.getByRole("button", { name: "Ota käyttöön" }).click();
  await page.getByText("Koodi ei ole oikea.", { exact: false }).first().waitFor();
  const code = () => codeOf(key, site.clock?.now() ?? 0);
  const first = code();
  await page.getByLabel("Koodi", { exact: true }).fill(first);
  await page.getByRole("button", { name: "Ota käyttöön" }).click();
  await page.getByRole("heading", { name: "Varakoodit" }).waitFor();
  const spare = await page.locator(".spare-codes li").allInnerTexts();
  expect(new Set(spare).size).toBe(10);
  await look(page, "account-spare-codes");
  await page.getByRole("button", { name: "Koodit ovat tallessa" }).click();
  await page.getByText("Varakoodeja jäljellä: 10.", { exact: false }).waitFor();
  await look(page, "account-two-steps");
  await page.getByRole("button", { name: "Takaisin" }).click();
  await signOut(page);

  // The code that set it up is used; a later one is right.
  await giveName(page);
  await look(page, "sign-in-second-step");
  await giveCode(page, first);
  await page.getByText("Koodi on väärin tai jo käytetty.", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "Aloita alusta" }).click();
  site.clock?.set("12:30");
  await giveName(page);
  await giveCode(page, code());
  await page.getByRole("heading", { name: `Hei, ${NAME}` }).waitFor();

  // The telephone is lost: a spare code, in small letters and without its gap, and once.
  const phone = await devices.open(`${site.origin}/staff`, PHONE);
  await giveName(phone);
  await giveCode(phone, nth(spare).replace(/\s/g, "").toLowerCase());
  await phone.getByRole("heading", { name: `Hei, ${NAME}` }).waitFor();
  await signOut(phone);
  await giveName(phone);
  await giveCode(phone, nth(spare));
  await phone.getByText("Koodi on väärin tai jo käytetty.", { exact: false }).first().waitFor();
  await giveCode(phone, nth(spare, 1));
  await phone.getByRole("heading", { name: `Hei, ${NAME}` }).waitFor();

  // Both are seen, and the other is ended: its next press asks who is there.
  await openAccount(page);
  await page.getByText("Varakoodeja jäljellä: 8.", { exact: false }).waitFor();
  const sign_ins = page.getByRole("region", { name: "Kirjautumiset" }).getByRole("listitem");
  expect(await sign_ins.count()).toBe(2);
  expect(await sign_ins.filter({ hasText: "Tämä laite" }).count()).toBe(1);
  await look(page, "account-sign-ins");
  await sign_ins.getByRole("button", { name: /^Kirjaa ulos/ }).click();
  await expect.poll(() => sign_ins.count()).toBe(1);
  await phone.reload();
  await phone.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: `Hei, ${NAME}` }).waitFor();
});
