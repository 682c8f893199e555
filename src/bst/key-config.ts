import { fromBase64Url } from "../kernel/bytes.ts";

/** The least length of a symmetric key, in bytes. */
const LEAST_KEY = 32;

/** A key of at least 32 bytes from base64url; null when the text is anything else. */
export function readKey(text: unknown): Uint8Array | null {
  if (typeof text !== "string") return null;
  try {
    const key = fromBase64Url(text);
    return key.length >= LEAST_KEY ? key : null;
  } catch {
    return null;
  }
}

/** The parsed JSON; undefined when it is none. The parser's own message would quote the secret, so it is dropped. */
export function readJson(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws one error that names every problem, so that a deployment is mended in one go. Does nothing when there is none. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`Key configuration: ${problems.join("; ")}`);
}
