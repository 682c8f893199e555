import type { Actor } from "../../../kernel/actor.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { CaseSeal } from "./boxes.ts";
import { EVIDENCE_MAX_BYTES, EVIDENCE_MAX_FILES, type EvidenceType } from "./model.ts";
import { type CaseParts, sensesOf } from "./parts.ts";
import type { EvidenceRefusal } from "./staff-cases-rpc.ts";
import { step } from "./step.ts";
import { caseByReference, evidenceOf, insertEvidence, type StoredCase } from "./store.ts";

/** What files begin with: ISO 32000-1 §7.5.2, ISO 10918-1 §B.1.1.3 and the PNG specification §5.2. */
const BEGINNINGS: Readonly<Record<EvidenceType, readonly number[]>> = {
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** What a file is by its first bytes, whatever it is called. */
function typeOf(bytes: Uint8Array): EvidenceType | null {
  const types = Object.entries(BEGINNINGS) as [EvidenceType, readonly number[]][];
  return types.find(([, beginning]) => beginning.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

export interface NewFile {
  name: string;
  bytes: Uint8Array;
  /** Null of an officer's. */
  partyId: string | null;
}

type PutRefusal = EvidenceRefusal | { refusal: "not-now" };

const refused = <Refusal extends PutRefusal["refusal"]>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const keyOf = (caseId: string, digest: string): string => `${caseId}/${digest}`;

/** So often a file that met another step of the case is tried anew. */
const TRIES = 5;

/**
 * Keeps a file, sealed. The bytes first, under the case and the file's own digest, then the row: what fails in between leaves sealed bytes
 * that nothing names, and the same file again finds them and adds the row. Throws when either place does not answer.
 */
export async function putEvidence(parts: CaseParts, actor: Actor, reference: string, file: NewFile): Promise<Result<object, PutRefusal>> {
  const type = typeOf(file.bytes);
  if (file.bytes.length === 0) return refused("evidence-empty");
  if (file.bytes.length > EVIDENCE_MAX_BYTES) return refused("evidence-too-large");
  if (!type) return refused("evidence-type");
  const digest = parts.keys.file(file.bytes);
  for (let tries = 1; ; tries++) {
    const found = await caseByReference(parts.office, reference);
    const seal = found && CaseSeal.of(parts.envelope, found, parts.random);
    if (!seal) return refused("not-now");
    const known = await evidenceOf(parts.office, found.id);
    if (known.some((one) => one.digest === digest)) return { ok: true };
    if (known.length >= EVIDENCE_MAX_FILES) return refused("evidence-too-many");
    const change = adding(parts, actor, found, seal, { ...file, type, digest });
    if (!change) return refused("not-now");
    await parts.evidence.putNew(keyOf(found.id, digest), seal.closeFile(digest, file.bytes));
    const done = await commit(parts.office, change, sensesOf(parts));
    if (done.ok) return { ok: true };
    if (tries === TRIES) return refused("not-now");
  }
}

/** The name as its owner gave it, without what no page shows; at most 200 characters. */
const nameIn = (written: string): string => [...written.toWellFormed().replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "").trim()].slice(0, 200).join("");

function adding(parts: CaseParts, actor: Actor, found: StoredCase, seal: CaseSeal, { name, bytes, partyId, type, digest }: NewFile & { type: EvidenceType; digest: string }) {
  const now = parts.clock();
  const id = uuidv7(now, parts.random);
  const row = {
    id, caseId: found.id, partyId, digest, bytes: bytes.length, type, addedAt: now, addedBy: nameOf(actor), name: seal.close("caseEvidence", id, nameIn(name)),
  };
  return step(parts, { actor, now }, found, { event: "evidence-added", payload: { type, bytes: bytes.length }, rows: [insertEvidence(parts.office.primary, row)] }, {});
}

/** A file, opened, for an officer who says why: noted in the audit log before it is. Null when there is none, or it was erased. */
export async function readEvidence(
  parts: CaseParts, actor: Actor, reference: string, { id, reason }: { id: string; reason: string },
): Promise<{ name: string; type: EvidenceType; bytes: Uint8Array } | null> {
  const found = await caseByReference(parts.office, reference);
  const row = found && (await evidenceOf(parts.office, found.id)).find((one) => one.id === id);
  if (!row) return null;
  const audit = { action: "case.evidence-read", resource: `case/${reference}`, payload: { evidence: id, reason } };
  await commit(parts.office, { actor, rows: [], audit, answer: {} }, sensesOf(parts));
  const seal = CaseSeal.of(parts.envelope, found, parts.random);
  if (!seal || !row.name) return null;
  const sealed = await parts.evidence.get(keyOf(found.id, row.digest));
  if (!sealed) throw new Error("a file of evidence is not where it was put");
  return { name: seal.open("caseEvidence", id, row.name), type: row.type, bytes: seal.openFile(row.digest, sealed) };
}

/** Removes all that was put for a case, named by a row or not. Repeatable. */
export async function dropEvidence({ evidence }: CaseParts, caseId: string): Promise<void> {
  for (;;) {
    const there = await evidence.list(`${caseId}/`, "");
    if (there.length === 0) return;
    await evidence.delete(there.map(({ key }) => key));
  }
}
