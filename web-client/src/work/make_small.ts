/** The longest side and the bytes that the server keeps (protocol/http.md, add_photo). */
const SIDE_MAX = 1280;
export const SENT_BYTES_MAX = 1024 * 1024;
const QUALITY = 0.85;

/**
 * The picture as it is sent: small, so that a bad line carries it, and without what a camera writes beside it. What
 * this device cannot draw, or would draw on its side, is sent as it is: the server makes it small, or says why not.
 */
export async function madeSmall(file: Blob): Promise<Blob> {
  // Before it, a canvas does not know how the camera was held, and neither does what it makes.
  if (!globalThis.CSS?.supports?.("image-orientation", "from-image")) return file;
  const address = URL.createObjectURL(file);
  try {
    const picture = await drawable(address);
    const { naturalWidth: width, naturalHeight: height } = picture;
    const share = Math.min(1, SIDE_MAX / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * share));
    canvas.height = Math.max(1, Math.round(height * share));
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((made) => done(made ?? file), "image/jpeg", QUALITY));
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function drawable(address: string): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = fail;
    picture.src = address;
  });
}
