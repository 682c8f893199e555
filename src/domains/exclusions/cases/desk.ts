import { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Page } from "../../../office/page.ts";
import { noteRead } from "../../../office/reads.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { namesSomebody } from "../../users/index.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import * as decide from "./decide.ts";
import { putEvidence, readEvidence } from "./evidence.ts";
import { fileForOffice } from "./file-for-office.ts";
import { caseOf, lookAt, openCase } from "./look.ts";
import { ACTS, CASE_KINDS, CASE_STATES } from "./model.ts";
import type { StaffCaseParts } from "./parts.ts";
import type { StaffCasesRpc, StepRefusal } from "./staff-cases-rpc.ts";
import { BY_URGENCY, casesBy, type StoredCase } from "./store.ts";

type Answer<Verb extends keyof StaffCasesRpc> = ReturnType<StaffCasesRpc[Verb]>;

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const reference = z.string().transform((text) => readReference(REFERENCES.case, text) ?? "");
const OnCase = z.object({ reference });
/** As the API has it: kept in clear, so it names nobody. */
const reason = z.string().trim().min(10).max(500).refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text) && !namesSomebody(text));
const WithReason = z.object({ reason });
const version = z.int().min(1);
const Wanted = WithReason.extend({ version });
const Proposing = Wanted.extend({ act: z.enum(ACTS), until: z.int().nullable() });

const PAGE = 50;
const Cursor = z.tuple([z.number(), z.string()]);
const Listing = z.object({
  filter: z.object({
    state: z.enum(CASE_STATES).optional(), kind: z.enum(CASE_KINDS).optional(), proposal: z.enum(["mine", "others"]).optional(), overdue: z.literal(true).optional(),
  }).catch({}),
  after: z.string().nullable().catch(null),
});

const placeIn = (after: string | null): z.infer<typeof Cursor> | null => {
  try {
    return after === null ? null : (Cursor.safeParse(JSON.parse(after)).data ?? null);
  } catch {
    return null;
  }
};

export async function list(parts: StaffCaseParts, unread: unknown): Answer<"list"> {
  const entered = await enter(parts, visitorIn(unread), "cases:read");
  if (!entered.ok) return entered;
  const { filter: { overdue, proposal, ...filter }, after } = Listing.parse(unread);
  const by = `user:${entered.by.principal.userId}`;
  const query = { ...filter, ...(proposal && { proposal: { whose: proposal, by } }), ...(overdue && { overdueAt: parts.clock() }) };
  const { rows, next }: Page<StoredCase> = await casesBy(parts.office, query, { order: BY_URGENCY.dueAt, limit: PAGE, after: placeIn(after) });
  await looked(parts, entered.by, "case.listed", "cases");
  return { ok: true, cases: rows.map(caseOf), next: next && JSON.stringify(next) };
}

export async function look(parts: StaffCaseParts, unread: unknown): Answer<"look"> {
  const entered = await enter(parts, visitorIn(unread), "cases:read");
  if (!entered.ok) return entered;
  const found = await lookAt(parts, entered.by.principal, read(OnCase, unread)?.reference ?? "");
  if (!found) return refused("not-found");
  await looked(parts, entered.by, "case.viewed", `case/${found.case.reference}`);
  return { ok: true, ...found };
}

const looked = ({ office, clock, random }: StaffCaseParts, { actor }: Caller, action: string, resource: string): Promise<void> =>
  noteRead(office, { actor, action, resource }, clock(), random);

export async function open(parts: StaffCaseParts, unread: unknown): Answer<"open"> {
  const entered = await enter(parts, visitorIn(unread), "identities:read", "fresh");
  if (!entered.ok) return entered;
  const said = read(WithReason, unread);
  if (!said) return refused("reason-unfit");
  const opened = await openCase(parts, entered.by.actor, read(OnCase, unread)?.reference ?? "", said.reason);
  return opened ? { ok: true, opened } : refused("not-found");
}

export async function file(parts: StaffCaseParts, unread: unknown): Answer<"file"> {
  const entered = await enter(parts, visitorIn(unread), "cases:decide", "fresh");
  return entered.ok ? fileForOffice(parts, entered.by.actor, unread) : entered;
}

/** Has a step taken by who may, and showed a factor lately. */
async function serve<Asked>(
  parts: StaffCaseParts, unread: unknown, schema: z.ZodType<Asked>, act: (actor: Actor, reference: string, asked: Asked) => Promise<decide.DecideResult>,
): Promise<Result<object, StepRefusal>> {
  const entered = await enter(parts, visitorIn(unread), "cases:decide", "fresh");
  if (!entered.ok) return entered;
  if (!read(WithReason, unread)) return refused("reason-unfit");
  const asked = read(schema, unread);
  if (!asked) return refused("act-unfit");
  const done = await act(entered.by.actor, read(OnCase, unread)?.reference ?? "", asked);
  if (done.ok) return { ok: true };
  return done.refusal === "case-unknown" ? refused("not-found") : refused(done.refusal);
}

export const notify = (parts: StaffCaseParts, unread: unknown): Answer<"notify"> => serve(parts, unread, Wanted, (...asked) => decide.notify(parts, ...asked));
export const propose = (parts: StaffCaseParts, unread: unknown): Answer<"propose"> => serve(parts, unread, Proposing, (...asked) => decide.propose(parts, ...asked));
export const second = (parts: StaffCaseParts, unread: unknown): Answer<"second"> => serve(parts, unread, Wanted, (...asked) => decide.second(parts, ...asked));
export const sendBack = (parts: StaffCaseParts, unread: unknown): Answer<"sendBack"> => serve(parts, unread, Wanted, (...asked) => decide.sendBack(parts, ...asked));
export const withdraw = (parts: StaffCaseParts, unread: unknown): Answer<"withdraw"> => serve(parts, unread, Wanted, (...asked) => decide.withdraw(parts, ...asked));
export const stop = (parts: StaffCaseParts, unread: unknown): Answer<"stop"> => serve(parts, unread, Wanted, (...asked) => decide.stop(parts, ...asked));

const Adding = z.object({ name: z.string().catch(""), bytes: z.instanceof(Uint8Array) });

export async function addEvidence(parts: StaffCaseParts, unread: unknown): Answer<"addEvidence"> {
  const entered = await enter(parts, visitorIn(unread), "cases:decide", "fresh");
  if (!entered.ok) return entered;
  const adding = read(Adding, unread);
  const at = read(OnCase, unread)?.reference ?? "";
  if (!adding) return refused("evidence-type");
  if (!(await lookAt(parts, entered.by.principal, at))) return refused("not-found");
  return putEvidence(parts, entered.by.actor, at, { ...adding, partyId: null });
}

const Reading = WithReason.extend({ id: z.string().max(40) });

export async function openEvidence(parts: StaffCaseParts, unread: unknown): Answer<"readEvidence"> {
  const entered = await enter(parts, visitorIn(unread), "identities:read", "fresh");
  if (!entered.ok) return entered;
  const asked = read(Reading, unread);
  if (!asked) return refused("reason-unfit");
  const file = await readEvidence(parts, entered.by.actor, read(OnCase, unread)?.reference ?? "", asked);
  return file ? { ok: true, file } : refused("not-found");
}
