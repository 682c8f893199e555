import { encode } from "uqr";
import { toBase64 } from "../kernel/bytes.ts";

/** The quiet zone a reader needs (ISO/IEC 18004 §6.3.8), in modules. */
const BORDER = 4;

/** A QR code in the page: no request, no script, no style. `side`: in CSS pixels. */
export function QrCode({ text, label, side = 264 }: { text: string; label: string; side?: number }) {
  const { size, data } = encode(text, { border: BORDER });
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={side} height={side}>
      <image href={`data:image/bmp;base64,${toBase64(bitmap(data))}`} width={size} height={size} image-rendering="pixelated" />
    </svg>
  );
}

const HEAD_BYTES = 62;

/** A square of a bit a module, true for black: as Windows bitmaps have it, the lowest row first, each of whole 32 bits. Lines for thousands of runs would be ten times as long. */
function bitmap(rows: readonly (readonly boolean[])[]): Uint8Array {
  const [size, stride] = [rows.length, 4 * Math.ceil(rows.length / 32)];
  const bytes = new Uint8Array(HEAD_BYTES + stride * size);
  const view = new DataView(bytes.buffer);
  const write = (at: number, ...values: number[]) => values.forEach((value, nth) => view.setUint32(at + 4 * nth, value, true));
  bytes.set([0x42, 0x4d]);
  write(2, bytes.length, 0, HEAD_BYTES, 40, size, size, 0x1_0001, 0, 0, 0, 0, 2, 0, 0xffffff, 0x000000);
  rows.toReversed().forEach((row, y) => row.forEach((dark, x) => {
    if (dark) bytes[HEAD_BYTES + y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
  }));
  return bytes;
}
