/** Saves what is in memory as a file, by the browser's own download. */
export function saveFile(contents: Blob, name: string): void {
  const address = URL.createObjectURL(contents);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold of the contents once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** "lasnaolo-uni-2026-12-03.csv": letters, digits and dashes, so that it is the same on every system. */
export function fileName(parts: readonly string[], ending: string): string {
  const plain = (text: string) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  return `${parts.map(plain).filter(Boolean).join("-")}.${ending}`;
}
