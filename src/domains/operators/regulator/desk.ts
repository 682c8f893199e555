import { z } from "zod";
import { DAY } from "../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import { allows } from "../../authentication/capabilities.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { readContact, stepOn } from "../applications/decide.ts";
import { APPLICATION_STEPS, type ApplicationStep } from "../applications/model.ts";
import type { ApplicationParts } from "../applications/parts.ts";
import { judgeStep } from "../applications/rules.ts";
import { applicationByReference, applicationsBy, BY_RECEIPT, countOfCompany, type StoredApplication } from "../applications/store.ts";
import { actOnLicence } from "../licensing/act.ts";
import { lookAtLicence } from "../licensing/look.ts";
import { LICENCE_ACTS } from "../licensing/model.ts";
import { actsIn, standingOf } from "../licensing/rules.ts";
import { conditions, reason } from "../licensing/schema.ts";
import { BY_END, licencesBy, type StoredLicence } from "../licensing/store.ts";
import type { OperatorStepRefusal, ShownApplication, ShownLicence, StaffOperatorsRpc } from "./rpc.ts";

export interface StaffOperatorsParts extends ApplicationParts {
  /** Counts a call of this account; false when those of the minute are used up. */
  admits: (userId: string) => Promise<boolean>;
}

type Answer<Verb extends keyof StaffOperatorsRpc> = ReturnType<StaffOperatorsRpc[Verb]>;

const PAGE = 100;
const SOON = 90 * DAY;
const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const OnApplication = z.object({ reference: z.string().transform((text) => readReference(REFERENCES.application, text) ?? "") });
const OnOperator = z.object({ operator: z.string().max(64) });
const WithReason = z.object({ reason });
const Terms = z.object({ conditions });
const Step = z.object({ version: z.int().min(1), expiresAt: z.int().nullable(), step: z.enum(APPLICATION_STEPS) });
const Act = z.object({ version: z.int().min(1), expiresAt: z.int().nullable(), act: z.enum(LICENCE_ACTS) });

const shownApplication = ({ createdAt: receivedAt, ...row }: StoredApplication): ShownApplication => ({
  reference: row.reference, state: row.state, name: row.name, tradingName: row.tradingName, registrationNumber: row.registrationNumber, website: row.website, address: row.address,
  licenceType: row.licenceType, kinds: row.kinds, declaredCustomers: row.declaredCustomers, receivedAt, recommendation: row.recommendation, recommendedBy: row.recommendedBy,
  recommendedReason: row.recommendedReason, proposedUntil: row.proposedUntil, proposedConditions: row.proposedConditions, decidedAt: row.decidedAt, decidedBy: row.decidedBy,
  decisionReason: row.decisionReason, operator: row.operator, version: row.version,
});

const shownLicence = (row: StoredLicence, now: number): ShownLicence => {
  const { number, operator, type, conditions, requiredKinds, issuedAt, expiresAt, version } = row;
  return { number, operator, type, conditions, requiredKinds, issuedAt, expiresAt, version, standing: standingOf(row, now) };
};

export async function waiting(parts: StaffOperatorsParts, visitor: unknown): Answer<"waiting"> {
  const entered = await enter(parts, visitor, "operator-applications:read");
  if (!entered.ok) return entered;
  const { office, clock } = parts;
  const now = clock();
  const page = { limit: PAGE, after: null };
  const [received, reviewed, ending] = await Promise.all([
    applicationsBy(office, { state: "received" }, { ...page, order: BY_RECEIPT.receivedAt }), applicationsBy(office, { state: "in-review" }, { ...page, order: BY_RECEIPT.receivedAt }),
    licencesBy(office, { until: now + SOON, now }, { ...page, order: BY_END.expiresAt }),
  ]);
  const licences = ending.rows.filter(({ state }) => state !== "revoked").map((row) => shownLicence(row, now));
  return { ok: true, applications: [...reviewed.rows, ...received.rows].map(shownApplication), licences };
}

export async function look(parts: StaffOperatorsParts, unread: unknown): Answer<"look"> {
  const entered = await enter(parts, visitorIn(unread), "operator-applications:read");
  if (!entered.ok) return entered;
  const asked = read(OnApplication, unread);
  const found = asked && (await applicationByReference(parts.office, asked.reference));
  if (!found) return refused("not-found");
  const { principal, actor } = entered.by;
  const by = nameOf(actor);
  // An end that surely fits: whether the typed one does, the step itself says.
  const knows = (step: ApplicationStep): boolean => judgeStep(found, { step, by, expiresAt: parts.clock() + 2 * DAY }, parts.clock()).ok;
  const steps = allows(principal, "operator-applications:decide", null) ? APPLICATION_STEPS.filter(knows) : [];
  return { ok: true, application: shownApplication(found), ofCompany: await countOfCompany(parts.office, found.registrationNumber), steps };
}

/** What a refused step is called on the page. */
const SAID: Readonly<Record<string, Exclude<OperatorStepRefusal["refusal"], "not-found">>> = {
  "expiry-missing": "expiry-unfit", "expiry-unfit": "expiry-unfit", "own-recommendation": "another", "recommended-already": "another", "conflict": "conflict",
};

const saidOf = (refusal: string): { ok: false } & OperatorStepRefusal => refused(refusal === "unknown" ? "not-found" : (SAID[refusal] ?? "not-now")) as { ok: false } & OperatorStepRefusal;

/** What was typed beside a step, or which of it is unfit. */
function termsIn(unread: unknown): { ok: true; reason: string; conditions: string[] } | { ok: false; refusal: "reason-unfit" | "conditions-unfit" } {
  const [why, terms] = [read(WithReason, unread), read(Terms, unread)];
  if (!why) return refused("reason-unfit");
  return terms ? { ...why, ...terms, ok: true } : refused("conditions-unfit");
}

export async function step(parts: StaffOperatorsParts, unread: unknown): Answer<"step"> {
  const entered = await enter(parts, visitorIn(unread), "operator-applications:decide", "fresh");
  if (!entered.ok) return entered;
  const [on, asked, terms] = [read(OnApplication, unread), read(Step, unread), termsIn(unread)];
  if (!on || !asked) return refused("not-now");
  if (!terms.ok) return terms;
  const done = await stepOn(parts, entered.by.actor, on.reference, { ...asked, reason: terms.reason, conditions: terms.conditions, expiresAt: asked.expiresAt ?? undefined });
  return done.ok ? { ok: true } : saidOf(done.refusal);
}

export async function contact(parts: StaffOperatorsParts, unread: unknown): Answer<"contact"> {
  const entered = await enter(parts, visitorIn(unread), "identities:read", "fresh");
  if (!entered.ok) return entered;
  const [on, why] = [read(OnApplication, unread), read(WithReason, unread)];
  if (!why) return refused("reason-unfit");
  const found = on && (await readContact(parts, entered.by.actor, on.reference, why.reason));
  if (!found) return refused("not-found");
  const { name, email, phone } = found;
  return { ok: true, contact: { name, email, phone } };
}

export async function licence(parts: StaffOperatorsParts, unread: unknown): Answer<"licence"> {
  const entered = await enter(parts, visitorIn(unread), "operator-applications:read");
  if (!entered.ok) return entered;
  const on = read(OnOperator, unread);
  const found = on && (await lookAtLicence({ primary: parts.office.primary, nearest: parts.office.primary }, on.operator));
  if (!found) return refused("not-found");
  const acts = allows(entered.by.principal, "licences:write", null) ? actsIn(found.licence.state) : [];
  const history = found.steps.map(({ event, at, reason: why, expiresAt }) => ({ event, at, reason: why, expiresAt }));
  return { ok: true, licence: shownLicence(found.licence, parts.clock()), history, warnings: found.warnings, acts };
}

export async function act(parts: StaffOperatorsParts, unread: unknown): Answer<"act"> {
  const entered = await enter(parts, visitorIn(unread), "licences:write", "fresh");
  if (!entered.ok) return entered;
  const [on, asked, terms] = [read(OnOperator, unread), read(Act, unread), termsIn(unread)];
  if (!on || !asked) return refused("not-now");
  if (!terms.ok) return terms;
  const { expiresAt, ...wanted } = asked;
  const changed = asked.act === "renew" || asked.act === "amend" ? { conditions: terms.conditions } : {};
  const done = await actOnLicence(parts, entered.by.actor, on.operator, { ...wanted, ...changed, reason: terms.reason, ...(expiresAt !== null && { expiresAt }) });
  return done.ok ? { ok: true } : saidOf(done.refusal);
}
