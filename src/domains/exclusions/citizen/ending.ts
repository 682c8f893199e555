import { isFresh } from "../../users/index.ts";
import type { CitizenResult } from "../citizen-rpc.ts";
import type { EndingApi } from "../ending-rpc.ts";
import type { Receipt } from "../model.ts";
import { Act, read } from "./input.ts";
import { type CitizenParts, holderOfGrant } from "./parts.ts";

type Answer = Promise<CitizenResult<{ receipt: Receipt }>>;

/** Whoever picks up an open phone could end what its owner promised themself: only a code of just now does. */
const FRESH = { askToEnd: true, confirmEnding: true, keep: false } as const satisfies Record<keyof EndingApi, boolean>;

async function act(parts: CitizenParts, verb: keyof EndingApi, unread: unknown): Answer {
  const form = read(Act, unread);
  if (!form.ok) return form;
  const { formId, reference } = form.request;
  const held = await holderOfGrant(parts, form.request.grant);
  if (!held.ok) return held;
  const { phone, visit } = held.grant;
  if (FRESH[verb] && !isFresh(visit.provenAt, parts.clock())) return { ok: false, refusal: "code-too-old", field: null };
  const done = await parts.register[verb]({ commandId: formId, phone, reference, channel: "web" });
  if (!done.ok) return done.refusal === "command-reused" ? { ok: false, refusal: "form-reused", field: null } : { ...done, field: null };
  parts.outboxFilled();
  return { ok: true, receipt: done.receipt };
}

/** The first act of ending one's own exclusion. */
export const askToEnd = (parts: CitizenParts, unread: unknown): Answer => act(parts, "askToEnd", unread);

/** The second act. */
export const confirmEnding = (parts: CitizenParts, unread: unknown): Answer => act(parts, "confirmEnding", unread);

/** Thinks better of it. */
export const keep = (parts: CitizenParts, unread: unknown): Answer => act(parts, "keep", unread);
