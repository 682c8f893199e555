import { sha256 } from "@noble/hashes/sha2.js";
import { concat, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Instant } from "../kernel/clock.ts";

/** Whose acts the log is told of. */
export const AUDIT_SOURCES = ["register", "office", "usage", "vault", "feed"] as const;
export type AuditSource = (typeof AUDIT_SOURCES)[number];

/** Whose entries the office may have a copy of. */
export const COPIED_SOURCES = ["register", "office", "usage", "vault"] as const satisfies readonly AuditSource[];

/** How an act came out. What was refused is told of only where the attempt itself matters. */
export const OUTCOMES = ["done", "refused", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an entry means. It stays with its source, beside its salt; the log is given its commitment alone. */
export interface AuditRecord {
  /** Null for a citizen in Register, which knows nobody, and for what it did by itself. */
  actor: Actor | null;
  /** The door it came through; null in the office. */
  channel: string | null;
  commandId: string | null;
  outcome: Outcome;
  payload: Json;
  resource: string;
}

/** What the log is told of an act: that there was one, of what kind and when. */
export interface LogEntry {
  /** UUIDv7; the log takes each entry once by this. */
  id: string;
  at: Instant;
  /** `<resource type>.<verb>`. */
  action: string;
  /** SHA-256 of the salt and the record's canonical JSON, in base64url. */
  commitment: string;
}

export const SALT_BYTES = 32;

/** Says nothing of the record to whoever has not its salt, and is of no other record. Throws RangeError for a salt of another length. */
export function commitmentOf(salt: Uint8Array, record: AuditRecord): string {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`);
  return toBase64Url(sha256(concat(salt, utf8(canonicalJson(record as unknown as Json)))));
}

/** The bytes of an entry's leaf: canonical JSON (RFC 8785) with nothing in it that leads to anybody. */
export const leafOf = (source: AuditSource, { id, at, action, commitment }: LogEntry): Uint8Array =>
  utf8(canonicalJson({ action, at: new Date(at).toISOString(), commitment, id, source }));

export interface Leaf extends LogEntry {
  source: AuditSource;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ACTION = /^[a-z]+(-[a-z]+)*([.][a-z]+(-[a-z]+)*)+$/;
const COMMITMENT = /^[\w-]{43}$/;
const ACTION_LENGTH = 80;

/** Whether it can be a leaf: everything in it has the one form it may have. */
export const isEntry = ({ id, at, action, commitment }: LogEntry): boolean =>
  ID.test(id) && Number.isSafeInteger(at) && at >= 0 && ACTION.test(action) && action.length <= ACTION_LENGTH && COMMITMENT.test(commitment);

/** Reads a leaf's bytes; null unless they are exactly what `leafOf` makes of what they say. */
export function readLeaf(bytes: Uint8Array): Leaf | null {
  try {
    const { action, at, commitment, id, source } = JSON.parse(fromUtf8(bytes)) as Record<string, string>;
    const leaf = { id: id!, at: Date.parse(at!), action: action!, commitment: commitment!, source: source as AuditSource };
    const known = AUDIT_SOURCES.includes(leaf.source) && isEntry(leaf);
    return known && fromUtf8(leafOf(leaf.source, leaf)) === fromUtf8(bytes) ? leaf : null;
  } catch {
    return null;
  }
}
