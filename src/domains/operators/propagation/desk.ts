import { z } from "zod";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { placeText, readPlace } from "../../../office/page.ts";
import { noteRead } from "../../../office/reads.ts";
import { enter, type EnterParts, read, visitorIn } from "../../users/people/index.ts";
import { LATENESS_KINDS } from "../acknowledgements/model.ts";
import { type LookParts, propagationOf } from "./look.ts";
import { LAPSE_STATES } from "./model.ts";
import type { LapseLine, StaffPropagationRpc } from "./rpc.ts";
import { BY_SINCE, type Lapse, lapsesBy } from "./store.ts";

/** What the verbs of the regulator's people work with. Whatever of it fails throws: nothing was shown. */
export type PropagationDeskParts = LookParts & EnterParts;

type Answer<Verb extends keyof StaffPropagationRpc> = ReturnType<StaffPropagationRpc[Verb]>;

const A_PAGE = 25;

const Listed = z.object({
  filter: z.object({
    state: z.enum(LAPSE_STATES).catch("open"), kind: z.enum(LATENESS_KINDS).optional().catch(undefined),
    operator: z.string().regex(/^[a-z0-9]{4,32}$/).optional().catch(undefined),
  }),
  after: z.string().max(64).nullable().catch(null),
});

const Referred = z.object({ reference: z.string().max(64) });

export async function overdue(parts: PropagationDeskParts, unread: unknown): Answer<"overdue"> {
  const entered = await enter(parts, visitorIn(unread), "propagation:read");
  if (!entered.ok) return entered;
  const { filter, after } = read(Listed, unread) ?? { filter: { state: "open" as const }, after: null };
  const order = BY_SINCE.since;
  const { rows, next } = await lapsesBy(parts.office, filter, { order, limit: A_PAGE, after: readPlace(after, order) });
  return { ok: true, lines: rows.map(lineOf), next: next && placeText(next) };
}

export async function ofExclusion(parts: PropagationDeskParts, unread: unknown): Answer<"ofExclusion"> {
  const entered = await enter(parts, visitorIn(unread), "propagation:read");
  if (!entered.ok) return entered;
  const asked = read(Referred, unread);
  const reference = asked && readReference(REFERENCES.exclusion, asked.reference);
  const propagation = reference && (await propagationOf(parts, reference));
  if (!propagation) return { ok: false, refusal: "not-found" };
  await noteRead(parts.office, { actor: entered.by.actor, action: "exclusion.propagation-viewed", resource: `exclusion/${reference}` }, parts.clock(), parts.random);
  return { ok: true, propagation };
}

const lineOf = ({ operator, name, kind, state, since, count, most, seenAt, caughtUpAt }: Lapse): LapseLine =>
  ({ operator, name, kind, state, since, count, most, seenAt, caughtUpAt });
