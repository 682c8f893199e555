import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import type { Instant } from "../kernel/clock.ts";
import type { Result } from "../kernel/result.ts";
import type { Policy } from "../tlog/policy.ts";
import { formatProof, parseProof, type Proven, type ProofDoubt, verifyProof } from "../tlog/tlog-proof.ts";
import { AUDIT_SOURCES, type AuditRecord, type AuditSource, commitmentOf, isEntry, leafOf, type LogEntry, OUTCOMES, SALT_BYTES } from "./entry.ts";

/**
 * A receipt: a C2SP `tlog-proof@v1` whose `extra` says what the entry means, in canonical JSON. The leaf follows from it, so that one file proves it to
 * anybody, without asking anybody. It carries the salt of its own entry alone, and opens no other.
 */

/** What an entry's leaf is made from. */
export interface Opening {
  source: AuditSource;
  id: string;
  at: Instant;
  action: string;
  record: AuditRecord;
  /** 32 bytes. */
  salt: Uint8Array;
}

/** What a receipt proves: that its source told the log this, and that it stands at this place of the checkpoint's tree. */
export interface ProvenReceipt extends Omit<Proven, "extra" | "note"> {
  opening: Opening;
}

/** Without its opening, or with one that cannot be read, a proof is of nobody knows what. */
export type ReceiptDoubt = ProofDoubt | "opening-missing" | "opening-malformed";

const entryOf = ({ id, at, action, record, salt }: Opening): LogEntry => ({ id, at, action, commitment: commitmentOf(salt, record) });

const extraOf = ({ source, id, at, action, record, salt }: Opening): Uint8Array =>
  utf8(canonicalJson({ action, at: new Date(at).toISOString(), id, record: record as unknown as Json, salt: toBase64Url(salt), source }));

/** Puts the log's proof and what opens its leaf into one file. Throws RangeError when the first is no proof. */
export function formatReceipt(proof: string, opening: Opening): string {
  const parsed = parseProof(proof);
  if (!parsed.ok) throw new RangeError(`no proof: ${parsed.refusal}`);
  return formatProof({ ...parsed.proof, extra: extraOf(opening) });
}

/** Whether the file proves what it says in a log that the policy believes; if not, the one reason. Believe nothing of it then. */
export async function verifyReceipt(text: string, policy: Policy): Promise<Result<ProvenReceipt, { refusal: ReceiptDoubt }>> {
  const parsed = parseProof(text);
  if (!parsed.ok) return parsed;
  const { extra } = parsed.proof;
  if (!extra) return { ok: false, refusal: "opening-missing" };
  const opening = readOpening(extra);
  if (!opening) return { ok: false, refusal: "opening-malformed" };
  const proven = await verifyProof(text, leafOf(opening.source, entryOf(opening)), policy);
  if (!proven.ok) return proven;
  const { checkpoint, cosigners, index } = proven;
  return { ok: true, checkpoint, cosigners, index, opening };
}

/** Null unless the bytes are exactly what `extraOf` makes of what they say. */
function readOpening(extra: Uint8Array): Opening | null {
  try {
    const { action, at, id, record, salt, source } = JSON.parse(fromUtf8(extra)) as Record<string, string> & { record: AuditRecord };
    const opening = { source: source as AuditSource, id: id!, at: Date.parse(at!), action: action!, record: readRecord(record), salt: fromBase64Url(salt!) };
    const isOne = AUDIT_SOURCES.includes(opening.source) && opening.salt.length === SALT_BYTES && isEntry(entryOf(opening));
    return isOne && fromUtf8(extraOf(opening)) === fromUtf8(extra) ? opening : null;
  } catch {
    return null;
  }
}

/** What a record has, and nothing else. Throws TypeError when it lacks some of it. */
function readRecord({ actor, channel, commandId, outcome, payload, resource }: AuditRecord): AuditRecord {
  const texts = [resource, channel ?? "", commandId ?? ""];
  if (!texts.every((text) => typeof text === "string") || !OUTCOMES.includes(outcome) || typeof actor !== "object") throw new TypeError("not a record");
  return { actor, channel, commandId, outcome, payload, resource };
}
