/** The largest body a single check may have, in bytes: eight tokens and room to spare. */
const MAX_BODY = 4_096;

/** The request's text, or null when it is larger than a check can be. Reads no further than it must. */
export async function readBody(request: Request): Promise<string | null> {
  const announced = request.headers.get("content-length");
  if (announced !== null) return Number(announced) <= MAX_BODY ? request.text() : null;
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
