import { fingerprintOf } from "../../../api/idempotency.ts";
import { nameOf } from "../../../bst/lineage.ts";
import { makeReference, REFERENCES } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy } from "../../../office/columns.ts";
import { type Change, once } from "../../../office/commit.ts";
import type { ClaimOutcome, ClaimRefusal } from "../claims-rpc.ts";
import { type Claimant, sealClaimant } from "./box.ts";
import { readClaim } from "./input.ts";
import type { ClaimConcern } from "./model.ts";
import { type ClaimParts, pseudonymsOf, release } from "./parts.ts";
import { AFTER_REFUSAL, judgeClaimant } from "./rules.ts";
import { insertClaim } from "./store.ts";

type ClaimResult = Result<ClaimOutcome, ClaimRefusal>;
type Pseudonyms = Awaited<ReturnType<typeof pseudonymsOf>>;

/** A claim whose phone was proven. */
interface Proven {
  formId: string;
  claimant: Claimant;
  pseudonyms: Pseudonyms;
  resembles: boolean;
}

/** Releases a phone for who proves it and is, by the registry, not its last holder; else says why not, or leaves it to an officer. */
export async function claimPhone(parts: ClaimParts, unread: unknown): Promise<ClaimResult> {
  const form = readClaim(unread, parts.clock());
  if (!form.ok) return form;
  const { formId, code, claimant } = form;
  const pseudonyms = await pseudonymsOf(parts, claimant);
  const challenge = parts.challenge(nameOf(pseudonyms.phone));
  const verdict = await challenge.verify({ formId, code });
  if (!verdict.ok) return { ...verdict, field: "code" };
  const holder = await parts.register.holderOf(pseudonyms.phone);
  // Nobody's: Register knows whether this very form released it.
  if (holder === null) return released(parts, { formId, claimant, pseudonyms, resembles: false });
  // Whoever asks may be guessing at somebody's document: each question costs a try of the code.
  if (!(await challenge.spend({ formId }))) return { ok: false, refusal: "code-used-up", field: "code" };
  const [said, resembles] = await Promise.all([parts.registry.verify(claimant), parts.person(holder).isPerson(claimant)]);
  const proven = { formId, claimant, pseudonyms, resembles };
  const step = judgeClaimant(said.verdict, resembles);
  if (step === "release") return released(parts, proven);
  return step === "mismatch" || step === "kept" ? { ok: true, outcome: step } : leaveToOfficer(parts, proven, step);
}

async function released(parts: ClaimParts, proven: Proven): Promise<ClaimResult> {
  const { formId, claimant, pseudonyms } = proven;
  const done = await release(parts, formId, claimant, pseudonyms, "registry");
  if (done.ok) return { ok: true, outcome: "released" };
  if (done.refusal === "command-reused") return { ok: false, refusal: "form-reused", field: null };
  const after = AFTER_REFUSAL[done.refusal];
  return after === "kept" || after === "nothing-to-release" ? { ok: true, outcome: after } : leaveToOfficer(parts, proven, after);
}

/** Opens a case, once a form. */
async function leaveToOfficer(parts: ClaimParts, proven: Proven, concern: ClaimConcern): Promise<ClaimResult> {
  const { formId, pseudonyms } = proven;
  const senses = { now: parts.clock(), random: parts.random };
  const command = { id: formId, fingerprint: fingerprintOf("phone-claim", nameOf(pseudonyms.phone), nameOf(pseudonyms.document.p)) };
  const opened = await once<{ reference: string }, never>(parts.office, command, senses, async () => newCase(parts, proven, concern));
  return opened.ok ? { ok: true, outcome: "officer", ...opened.answer } : { ok: false, refusal: "form-reused", field: null };
}

function newCase({ office, envelope, clock, random }: ClaimParts, { claimant, resembles }: Proven, concern: ClaimConcern): Change<{ reference: string }> {
  const reference = makeReference(REFERENCES.phoneClaim, random);
  const actor = { kind: "citizen", id: reference, origin: null } as const;
  const base = createdBy(actor, clock(), random);
  const box = sealClaimant(envelope, base.id, claimant);
  return {
    actor,
    rows: [insertClaim(office.primary, { ...base, reference, state: "open", concern, resembles, box, decidedAt: null, decidedBy: null, reason: null })],
    audit: { action: "phone-claim.opened", resource: `phone-claim/${reference}`, payload: { concern } },
    answer: { reference },
  };
}
