import { text } from "../../../i18n/index.ts";
import { systemActor } from "../../../kernel/actor.ts";
import { HOUR, type Instant } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { drainEvents } from "../../../office/drain.ts";
import { type Claimant, openClaimant, resealed } from "./box.ts";
import { DECIDED } from "./decide.ts";
import { type ClaimParts, pseudonymsOf, release } from "./parts.ts";
import { claimById, openBoxes, type StoredClaim, updateClaim } from "./store.ts";

const ITSELF = systemActor("phone-claims");
const BOXES_AT_ONCE = 100;
/** Whoever cannot be reached for so long is not told. */
const TELLING = HOUR;

/** Carries out what officers decided, right after the commit and each minute. */
export const carryClaims = (parts: ClaimParts, report: (error: unknown) => void): Promise<void> =>
  drainEvents({ office: parts.office, report, handlers: { [DECIDED]: ({ subject }) => carry(parts, subject) } });

/** Each minute: what was left behind; and boxes under an older key-encryption key are sealed anew, so that it can be retired. */
export async function sweepClaims(parts: ClaimParts, report: (error: unknown) => void): Promise<void> {
  await carryClaims(parts, report);
  for (const { id, box, version } of await openBoxes(parts.office, BOXES_AT_ONCE)) {
    const fresh = resealed(parts.envelope, id, box!);
    if (fresh) await write(parts, { id, version }, { box: fresh }, "phone-claim.resealed", id, parts.clock());
  }
}

/** Register first, then the SMS, and then nobody knows any more who claimed. Whatever fails comes again. */
async function carry(parts: ClaimParts, id: string): Promise<void> {
  const claim = await claimById(parts.office, id);
  if (!claim?.box) return;
  const claimant = openClaimant(parts.envelope, id, claim.box);
  const state = claim.state === "released" ? await carriedOut(parts, claim, claimant) : claim.state;
  await tell(parts, claim, claimant, state === "released" ? "released" : "refused");
  await write(parts, claim, { state, box: null }, "phone-claim.told", claim.reference, parts.clock());
}

/** A phone that is nobody's by now is free, which is what was asked for. */
async function carriedOut(parts: ClaimParts, { id }: StoredClaim, claimant: Claimant): Promise<"released" | "kept"> {
  const done = await release(parts, id, claimant, await pseudonymsOf(parts, claimant), "officer");
  return done.ok || done.refusal === "nothing-to-release" ? "released" : "kept";
}

async function tell({ sms, clock }: ClaimParts, { reference, decidedAt }: StoredClaim, { phone, locale }: Claimant, outcome: "released" | "refused"): Promise<void> {
  const sent = await sms.send({ to: phone, message: text(locale, `sms.claim-${outcome}`, { reference }) });
  if (!sent.ok && clock() < decidedAt! + TELLING) throw new Error(`a claimant was not told: ${sent.reason}`);
}

async function write(
  { office, random }: ClaimParts, row: Pick<StoredClaim, "id" | "version">, set: Partial<StoredClaim>, action: string, named: string, now: Instant,
): Promise<void> {
  const audit = { action, resource: `phone-claim/${named}`, payload: set.state ? { state: set.state } : {} };
  await commit(office, { actor: ITSELF, rows: [updateClaim(office.primary, row, set, ITSELF, now)], audit, answer: {} }, { now, random });
}
