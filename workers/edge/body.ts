/** The largest body a single check may have, in bytes: eight tokens and room to spare. */
const MAX_BODY = 4_096;
/** What is read and thrown away beyond that, so that whoever sent it can hear why it was refused. */
const MAX_DRAINED = 1_048_576;

/** The request's text, or null when it is larger than a check can be. Reads no further than it must. */
export async function readBody(request: Request): Promise<string | null> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) <= MAX_BODY) return request.text();
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_DRAINED) break;
    if (bytes <= MAX_BODY) text += decoder.decode(chunk, { stream: true });
  }
  return bytes <= MAX_BODY ? text + decoder.decode() : null;
}
