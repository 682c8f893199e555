import { concat } from "./bytes.ts";

/** What a stream has, if it is no more than so many bytes; null when it is more, and the rest is not read. */
export async function readAtMost(limit: number, stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (stream ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > limit) return null;
    pieces.push(piece);
  }
  return concat(...pieces);
}
