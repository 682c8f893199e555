/** The QR code that a page shows, as a reader of bitmaps finds it: true for black. */
export function picturedIn(html: string): boolean[][] {
  const bytes = Buffer.from(/<image href="data:image\/bmp;base64,([^"]*)"/.exec(html)![1]!, "base64");
  const [from, width, height] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)];
  const isOne = bytes.toString("latin1", 0, 2) === "BM" && bytes.readUInt32LE(2) === bytes.length && bytes.readUInt16LE(26) === 1 && bytes.readUInt16LE(28) === 1;
  if (!isOne || bytes.toString("hex", 54, from) !== "ffffff0000000000") throw new Error("not a bitmap of white and black");
  const row = (y: number) => bytes.subarray(from + (height - 1 - y) * Math.ceil(width / 32) * 4);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => ((row(y)[x >> 3]! << (x & 7)) & 0x80) !== 0));
}
