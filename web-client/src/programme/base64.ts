/** So many bytes become letters at once: a call takes only so many arguments. */
const CHUNK_BYTES = 32_768;

/** The bytes of a file as base64. Fails when the file has gone, or may not be read. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    letters += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  return btoa(letters);
}
