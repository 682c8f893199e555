import { z } from "zod";
import { dayAfter, dayStart } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit } from "../../../office/commit.ts";
import { placeText, readPlace } from "../../../office/page.ts";
import { allows } from "../../authentication/capabilities.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { EntryFilters } from "../schema.ts";
import { BY_TIME, type EntryFilter, listEntries } from "../store.ts";
import type { AuditDeskParts } from "./parts.ts";
import { AUDIT_FIELDS, type AuditField, type AuditSearch, type StaffAuditRpc } from "./rpc.ts";
import { shownOf } from "./shown.ts";

const A_PAGE = 25;

const text = z.string().max(200);
const Searched = z.object({
  search: z.object(Object.fromEntries(AUDIT_FIELDS.map((field) => [field, text]))) as unknown as z.ZodType<AuditSearch>,
  after: z.string().max(64).nullable().catch(null),
});

type Unfit = { refusal: "unreadable" | "backwards"; field: AuditField };

export async function search(parts: AuditDeskParts, unread: unknown): ReturnType<StaffAuditRpc["search"]> {
  const entered = await enter(parts, visitorIn(unread), "audit:read");
  if (!entered.ok) return entered;
  const asked = read(Searched, unread);
  if (!asked) return { ok: false, refusal: "unreadable", field: "resource" };
  const filtered = filterOf(asked.search);
  if (!filtered.ok) return filtered;
  const order = BY_TIME["-at"];
  const { rows, next } = await listEntries(parts.office, filtered.filter, { order, limit: A_PAGE, after: readPlace(asked.after, order) });
  const { actor, principal } = entered.by;
  const audit = { action: "audit.searched", resource: "audit", payload: { ...chosen(asked.search), shown: rows.length } };
  await commit(parts.office, { actor, rows: [], audit, answer: {} }, { now: parts.clock(), random: parts.random });
  return { ok: true, entries: rows.map(shownOf), next: next && placeText(next), may: { note: allows(principal, "audit-flags:note", null) } };
}

/** What of a search says anything. */
const chosen = (search: AuditSearch): Record<string, string> => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ""));

const day = z.iso.date();

/** Each field as the API reads its own; the first that cannot be read is named. */
function filterOf(search: AuditSearch): Result<{ filter: EntryFilter }, Unfit> {
  const shapes: Record<AuditField, z.ZodType> = { ...EntryFilters, from: day, to: day };
  const wanted = chosen(search);
  const readings = Object.entries(wanted).map(([field, value]) => [field as AuditField, shapes[field as AuditField].safeParse(value)] as const);
  const unfit = readings.find(([, reading]) => !reading.success);
  if (unfit) return { ok: false, refusal: "unreadable", field: unfit[0] };
  if (wanted.from && wanted.to && wanted.to < wanted.from) return { ok: false, refusal: "backwards", field: "to" };
  const filter = Object.fromEntries(readings.map(([field, { data }]) => [field, data])) as EntryFilter;
  return { ok: true, filter: { ...filter, from: wanted.from && dayStart(wanted.from), to: wanted.to && dayStart(dayAfter(wanted.to, 1)) } as EntryFilter };
}
