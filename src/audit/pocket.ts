import { concat, fromBase64Url, fromUtf8, toBase64, toBase64Url, utf8 } from "../kernel/bytes.ts";
import { parseBase64 } from "../tlog/lines.ts";

/** A receipt as an address or a picture carries it: its text, with what it says in clear, deflated (RFC 1951), in base64url. */

/** No receipt is longer, and what claims to be one is not unpacked any further. */
const MAX_BYTES = 65_536;

const EXTRA = /^extra (.*)$/m;

const through = (bytes: Uint8Array, stream: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> =>
  new Blob([bytes as BufferSource]).stream().pipeThrough(stream as unknown as TransformStream<Uint8Array, Uint8Array>);

export async function packReceipt(text: string): Promise<string> {
  const inClear = text.replace(EXTRA, (_, extra: string) => `extra ${fromUtf8(parseBase64(extra)!)}`);
  const packed = await new Response(through(utf8(inClear), new CompressionStream("deflate-raw")) as unknown as BodyInit).arrayBuffer();
  return toBase64Url(new Uint8Array(packed));
}

/** The text that was packed; null for anything else. */
async function unpackReceipt(packed: string): Promise<string | null> {
  try {
    const inClear = await within(through(fromBase64Url(packed), new DecompressionStream("deflate-raw")));
    return inClear.replace(EXTRA, (_, extra: string) => `extra ${toBase64(utf8(extra))}`);
  } catch {
    return null;
  }
}

/** Throws when there is more than a receipt may have. */
async function within(stream: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > MAX_BYTES) throw new RangeError("too long for a receipt");
    chunks.push(read.value);
  }
  return fromUtf8(concat(...chunks));
}

const FILE = /c2sp[.]org\/tlog-proof@v1\n(?:.+\n)*\n(?:.+\n)+\n(?:\u2014 \S+ \S+(?:\n|$))+/;
const PACKED = /[\w-]{200,}/;

/** The receipt in what somebody pasted: the file, whatever mail put around it, or the address of a picture. Null when there is none. Verifies nothing. */
export async function receiptIn(pasted: string): Promise<string | null> {
  const text = pasted.replaceAll("\r\n", "\n");
  const file = FILE.exec(text)?.[0];
  if (file !== undefined) return file.endsWith("\n") ? file : `${file}\n`;
  const packed = PACKED.exec(text)?.[0];
  return packed === undefined ? null : unpackReceipt(packed);
}
