import { encode } from "uqr";

/** The quiet zone a reader needs (ISO/IEC 18004 §6.3.8), in modules. */
const BORDER = 4;

/** A QR code drawn in the page: no request, no script, no style. `side`: in CSS pixels. */
export function QrCode({ text, label, side = 264 }: { text: string; label: string; side?: number }) {
  const { size, data } = encode(text, { border: BORDER });
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={side} height={side} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(darkRuns).join("")} stroke="#000" />
    </svg>
  );
}

/** A line along the middle of a row, with a gap for each light run: each run takes a few letters, which counts where there are thousands. */
function darkRuns(row: readonly boolean[], y: number): string {
  const runs = row.map((dark) => (dark ? "1" : "0")).join("").matchAll(/1+/g);
  let end = 0;
  return [...runs].map(({ index, 0: { length } }, at) => {
    const gap = index - end;
    end = index + length;
    return `${at === 0 ? `M${index} ${y}.5` : `m${gap} 0`}h${length}`;
  }).join("");
}
