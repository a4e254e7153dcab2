import { generate } from "lean-qr";
import { useMemo } from "preact/hooks";

/** Four light modules around, as the standard asks, so that a camera finds the edges. */
const QUIET = 4;

/** The link as a QR code, drawn here: it goes to nobody else. */
export function Qr({ link, label }: { link: string; label: string }) {
  const { size, path } = useMemo(() => modules(link), [link]);
  return (
    <svg
      class="qr"
      viewBox={`${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

function modules(link: string): { size: number; path: string } {
  const code = generate(link);
  let path = "";
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return { size: code.size, path };
}
