/** A text that can be sent: half of an emoji, as broken keyboards leave it, is U+FFFD. In NFC, as the server counts. */
export function wellFormed(text: string): string {
  // With the flag u these are the halves that stand alone. toWellFormed is not in phones of before 2023.
  return text.replace(/[\ud800-\udfff]/gu, "\ufffd").normalize("NFC");
}

/** The same with all texts in it well-formed. */
export function withWellFormed<T>(value: T): T {
  if (typeof value === "string") return wellFormed(value) as T;
  if (Array.isArray(value)) return value.map(withWellFormed) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withWellFormed(each)])) as T;
}
