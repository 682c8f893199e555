import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { maskPhone } from "../../../kernel/mask.ts";
import { commit } from "../../../office/commit.ts";
import { comerOf, type Rows, tried } from "./comer.ts";
import { goOn } from "./go-on.ts";
import { actorOf, type FactorParts, type Holder, holderOf, read } from "./holder.ts";
import type { TotpSetup } from "./model.ts";
import { freshRecoveryCodes } from "./recovery.ts";
import type { FactorsRpc } from "./rpc.ts";
import { stands } from "./rules.ts";
import { Confirmation, Visitor } from "./schema.ts";
import { openSecret, sealSecret } from "./sealed.ts";
import { confirmTotp as confirmRow, deleteConfirmedTotp, deletePendingTotp, insertTotp, pendingTotp, type TotpRow } from "./store.ts";
import { newTotpSecret, PENDING_LIFE, stepOf, totpUri } from "./totp.ts";

const NOT_BEGUN = { ok: false, refusal: "totp-not-begun" } as const;

/** What this session began and may still confirm. */
async function begunBy({ office }: FactorParts, { session }: Holder, now: Instant): Promise<TotpRow | null> {
  const begun = await pendingTotp(office, session.principal.userId);
  return begun && begun.sessionId === session.id && stands(begun, PENDING_LIFE, now) ? begun : null;
}

const open = ({ accounts }: FactorParts, { held: { user } }: Holder, { sealedSecret }: TotpRow): string =>
  openSecret(accounts.dataKeyOf(user)!, sealedSecret, user.id);

export async function startTotp(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["startTotp"]> {
  const form = read(Visitor, unread);
  if (!form.ok) return form;
  const holder = await holderOf(parts, form.request, "fresh");
  if (!holder.ok) return holder;
  const now = parts.clock();
  const begun = await begunBy(parts, holder, now);
  const secret = begun ? open(parts, holder, begun) : await beginTotp(parts, holder, form.request, now);
  return { ok: true, setup: setupOf(parts, holder, secret) };
}

async function beginTotp(
  { office, accounts, random }: FactorParts, { session, held: { user } }: Holder, visitor: Visitor, now: Instant,
): Promise<string> {
  const secret = newTotpSecret(random);
  const sealedSecret = sealSecret(accounts.dataKeyOf(user)!, secret, user.id, random);
  const row = { id: uuidv7(now, random), userId: user.id, sessionId: session.id, sealedSecret, createdAt: now, lastStep: 0 };
  await commit(office, {
    actor: actorOf(session, visitor),
    rows: [deletePendingTotp(office.primary, user.id), insertTotp(office.primary, row)],
    audit: { action: "totp.begun", resource: `user/${user.id}`, payload: {} },
    answer: {},
  }, { now, random });
  return secret;
}

/** The app shows the label to whoever looks over the shoulder: no more of the phone than tells two accounts apart. */
function setupOf({ accounts }: FactorParts, { held: { user } }: Holder, secret: string): TotpSetup {
  const phone = accounts.profileOf(user)?.phone;
  return { secret, uri: totpUri(secret, phone ? maskPhone(phone).replaceAll("•", "*") : "account") };
}

export async function confirmTotp(parts: FactorParts, unread: unknown): ReturnType<FactorsRpc["confirmTotp"]> {
  const form = read(Confirmation, unread);
  if (!form.ok) return form;
  const { visitor, code } = form.request;
  const holder = await holderOf(parts, visitor);
  if (!holder.ok) return holder;
  const { session, held: { user } } = holder;
  const comer = await comerOf(parts, session, visitor);
  const begun = await begunBy(parts, holder, comer.now);
  if (!begun) return NOT_BEGUN;
  const judged = await tried(parts, comer, async () => confirming(parts, holder, begun, code, comer.now));
  if (!judged.ok) return judged;
  const recovery = freshRecoveryCodes(parts.office.primary, parts.random, user.id, comer.now);
  const done = await goOn(parts, comer, "totp", [...judged.rows, ...recovery.rows], "totp.confirmed");
  return done.ok ? { ok: true, ...done.answer, codes: recovery.codes } : NOT_BEGUN;
}

/**
 * Whoever is signed in has shown a factor to begin, and replaces their app. An enrolment replaces nothing: of two at once
 * the index refuses one.
 */
function confirming(parts: FactorParts, holder: Holder, begun: TotpRow, code: string, now: Instant): Rows | null {
  const { primary } = parts.office;
  const { session, held } = holder;
  const step = stepOf(open(parts, holder, begun), code, now);
  if (step === null) return null;
  const before = session.stage === "full" ? [deleteConfirmedTotp(primary, held.user.id)] : [];
  return [...before, { exactlyOne: confirmRow(primary, begun.id, step, now) }];
}
