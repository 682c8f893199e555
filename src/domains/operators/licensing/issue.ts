import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { makeReference, REFERENCES } from "../../../kernel/ids.ts";
import { createdBy } from "../../../office/columns.ts";
import { type Change, type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Result } from "../../../kernel/result.ts";
import { isEnrolled } from "../../authentication/index.ts";
import type { LicenceTerms } from "./model.ts";
import type { LicenceParts } from "./parts.ts";
import { fitsExpiry } from "./rules.ts";
import { insertLicence, insertStep, licenceToDecide, type StoredLicence, updateLicence } from "./store.ts";
import { tellRegister } from "./tell.ts";

/** A licence as it begins. */
interface Issuing extends LicenceTerms {
  operator: string;
  operatorApplicationId: string | null;
  reason: string;
}

/** What a change writes to issue a licence; the revoked one before it gives its place up. */
export function newLicence({ office: { primary }, random }: { office: Office; random: Random }, { reason, ...terms }: Issuing, before: StoredLicence | null, actor: Actor, now: Instant) {
  const version = before ? before.version + 2 : 1;
  const row: StoredLicence = { ...createdBy(actor, now, random), version, number: makeReference(REFERENCES.licence, random), issuedAt: now, state: "in-force", supersededAt: null, ...terms };
  const rows: Change<object>["rows"] = [
    ...(before ? [updateLicence(primary, before, { supersededAt: now }, actor, now)] : []),
    insertLicence(primary, row),
    insertStep(primary, { licenceId: row.id, number: version, event: "issued", at: now, by: row.createdBy, reason, expiresAt: row.expiresAt }),
  ];
  return { row, rows };
}

export type IssueRefusal = CommitRefusal | { refusal: "unknown" | "licensed-already" | "expiry-unfit" };

/** Issues a licence to an operator that has none, or whose last one was revoked; once a command. */
export async function issueLicence(parts: LicenceParts, actor: Actor, asked: LicenceTerms & { operator: string; reason: string }, command: Command): Promise<Result<object, IssueRefusal>> {
  const { office, directory, clock, random } = parts;
  const now = clock();
  const done = await once<{ number: string }, { ok: false } & Exclude<IssueRefusal, CommitRefusal>>(office, command, { now, random }, async () => {
    if (!fitsExpiry(asked.expiresAt, now)) return { ok: false, refusal: "expiry-unfit" };
    if (!(await isEnrolled(directory, asked.operator))) return { ok: false, refusal: "unknown" };
    const before = await licenceToDecide(office, asked.operator);
    if (before && before.state !== "revoked") return { ok: false, refusal: "licensed-already" };
    const { row, rows } = newLicence(parts, { ...asked, operatorApplicationId: null }, before, actor, now);
    const payload = { number: row.number, type: row.type, expiresAt: row.expiresAt, conditions: row.conditions, requiredKinds: row.requiredKinds, reason: asked.reason };
    return { actor, rows, audit: { action: "licence.issued", resource: `operator/${asked.operator}`, payload }, answer: { number: row.number } };
  });
  if (!done.ok) return done;
  const issued = await licenceToDecide(office, asked.operator);
  if (issued) await tellRegister(parts, issued, actor);
  return { ok: true };
}
