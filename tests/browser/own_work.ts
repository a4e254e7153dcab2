import type { Page } from "playwright-core";

// The day's assignment as stories ask it, and what whoever answers it presses.

export const FIRST = "Milloin nukut parhaiten?";
export const SECOND = "Mikä vie sinulta unta?";

/** Opens the assignment and writes to both of its questions. */
export async function write(page: Page, first: string, second: string) {
  await page.getByRole("button", { name: /päivän tehtävä/i }).click();
  await page.getByRole("textbox", { name: FIRST }).fill(first);
  await page.getByRole("button", { name: "Seuraava" }).click();
  await page.getByRole("textbox", { name: SECOND }).fill(second);
  await page.getByRole("button", { name: "Seuraava" }).click();
  await page.getByRole("heading", { name: "Kaikki kysymykset on käyty läpi" }).waitFor();
}

export async function giveIn(page: Page) {
  await page.getByRole("button", { name: "Palauta tehtävä" }).click();
  await page.getByRole("heading", { name: "Kiitos. Tehtäväsi on perillä." }).waitFor();
}
