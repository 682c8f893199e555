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

const ID = /^\w{1,16}$/;

/** An entry of a set of keys, for people. What does not look like an id may be a key in the wrong place, and is not quoted. */
export const entryOf = (name: string, id: string): string => (ID.test(id) ? `${name}["${id}"]` : `an entry of ${name}`);

/** AES-256 keys by id: new records are sealed under `current`, old ones opened under the id they name. */
export interface NumberedKeys {
  current: string;
  byId: ReadonlyMap<string, Uint8Array>;
}

/** Ids are numbers, so that which one is newest does not hang on the order of a JSON object. */
const KEY_ID = /^[1-9]\d{0,8}$/;

/**
 * Reads `{"<number>": "<base64url, 32 bytes>", …}` from the setting called `name`; the highest number is current. Throws
 * one error that names every problem, and no key.
 */
export function parseNumberedKeys(name: string, config: string): NumberedKeys {
  const parsed = readJson(config);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error(`Key configuration: ${name} is not a JSON object`);
  }
  const entries = Object.entries(parsed).map(([id, text]) => [id, readKey(text)] as const);
  refuse([
    ...(entries.length === 0 ? [`${name} holds no key`] : []),
    ...entries.filter(([id]) => !KEY_ID.test(id)).map(([id]) => `${entryOf(name, id)}: an id is a number from 1`),
    ...entries.filter(([, key]) => key?.length !== LEAST_KEY).map(([id]) => `${entryOf(name, id)} is not base64url of ${LEAST_KEY} bytes`),
  ]);
  const current = String(Math.max(...entries.map(([id]) => Number(id))));
  return { current, byId: new Map(entries.map(([id, key]) => [id, key!])) };
}
