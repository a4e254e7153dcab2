/** A picture as a phone takes it, for looking at: a window in the evening, wide or tall. */
export function drawnPhoto(photo: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = photo % 2 === 1 ? [1280, 960] : [960, 1280];
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  if (pen) {
    const sky = pen.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, ["#1d2b4a", "#3b4d3c", "#5a3c3c"][photo % 3] ?? "");
    sky.addColorStop(1, "#e7b27a");
    pen.fillStyle = sky;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = "#f4e7c5";
    pen.beginPath();
    pen.arc(width * 0.7, height * 0.3, 90, 0, 7);
    pen.fill();
    pen.fillStyle = "#2a211c";
    pen.fillRect(0, height * 0.75, width, height * 0.25);
    pen.fillRect(width / 2 - 15, 0, 30, height);
  }
  return new Promise((done) => canvas.toBlob((made) => done(made ?? new Blob()), "image/jpeg", 0.85));
}
