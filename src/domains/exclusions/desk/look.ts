import { z } from "zod";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { pageOf, placeText, readPlace } from "../../../office/page.ts";
import { allows } from "../../authentication/capabilities.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { BY_START, type ExclusionChangeRow, type ExclusionFilter, type ExclusionRow, exclusionByReference, exclusionsPage, lastChanges, readCopy } from "../office/store.ts";
import { EXCLUSION_STATES, ORIGINS } from "../model.ts";
import { POLICY_CODES } from "../policies.ts";
import type { ExclusionLine, ExclusionLook, TimelineChange } from "./model.ts";
import { type DeskParts, noted } from "./parts.ts";
import type { StaffExclusionsRpc } from "./rpc.ts";
import { casesOfExclusion } from "./store.ts";

type Answer<Verb extends keyof StaffExclusionsRpc> = ReturnType<StaffExclusionsRpc[Verb]>;

const A_PAGE = 25;
const CHANGES = 200;
const CASES = 50;

/** What is none of the list's narrows nothing. */
const narrows = <Value extends string>(values: z.ZodType<Value>) => values.optional().catch(undefined);

const Listed = z.object({
  filter: z.object({
    state: narrows(z.enum(EXCLUSION_STATES)), policy: narrows(z.enum([...POLICY_CODES, "custom"])), origin: narrows(z.enum(ORIGINS)), personId: narrows(z.uuid()),
  }),
  after: z.string().max(64).nullable().catch(null),
});

const Referred = z.object({ reference: z.string().max(64) });

export async function list(parts: DeskParts, unread: unknown): Answer<"list"> {
  const entered = await enter(parts, visitorIn(unread), "exclusions:read");
  if (!entered.ok) return entered;
  const { filter, after } = read(Listed, unread) ?? { filter: {}, after: null };
  const order = BY_START["-startedAt"];
  const page = { order, limit: A_PAGE, after: readPlace(after, order) };
  const { rows: [rows], asOf } = await readCopy(parts.office, (database) => [exclusionsPage(database, filter, page)]);
  const { rows: shown, next } = pageOf(rows, page);
  await noted(parts, entered.by, "exclusion.listed", "exclusions", { ...chosen(filter), shown: shown.length });
  const may = { search: allows(entered.by.principal, "identities:read", null) };
  return { ok: true, lines: shown.map(lineOf), next: next && placeText(next), asOf, may };
}

/** What of a filter was chosen. */
const chosen = (filter: ExclusionFilter) => JSON.parse(JSON.stringify(filter)) as Record<string, string>;

export async function find(parts: DeskParts, unread: unknown): Answer<"find"> {
  const entered = await enter(parts, visitorIn(unread), "exclusions:read");
  if (!entered.ok) return entered;
  const reference = referenceIn(unread);
  if (!reference) return { ok: false, refusal: "reference-unreadable" };
  const { rows: [[row]] } = await readCopy(parts.office, (database) => [exclusionByReference(database, reference)]);
  await noted(parts, entered.by, "exclusion.sought", "exclusions", { hits: row ? 1 : 0 });
  return { ok: true, reference: row ? reference : null };
}

export async function look(parts: DeskParts, unread: unknown): Answer<"look"> {
  const entered = await enter(parts, visitorIn(unread), "exclusions:read");
  if (!entered.ok) return entered;
  const reference = referenceIn(unread);
  if (!reference) return { ok: false, refusal: "not-found" };
  const { rows: [[row], changes, cases], asOf } = await readCopy(parts.office, (database) =>
    [exclusionByReference(database, reference), lastChanges(database, reference, CHANGES), casesOfExclusion(database, reference, CASES)]);
  if (!row) return { ok: false, refusal: "not-found" };
  await noted(parts, entered.by, "exclusion.viewed", `exclusion/${reference}`, {});
  return { ok: true, asOf, exclusion: { ...shownOf(row), changes: changes.map(changeOf), cases } };
}

/** As people write it; null for what cannot be one. */
function referenceIn(unread: unknown): string | null {
  const asked = read(Referred, unread);
  return asked && readReference(REFERENCES.exclusion, asked.reference);
}

export const lineOf = ({ reference, state, origin, policy, startedAt, endsAt, endedAt }: ExclusionRow): ExclusionLine =>
  ({ reference, state, origin, policy, startedAt, endsAt, endedAt });

function changeOf(row: ExclusionChangeRow): TimelineChange {
  const { generation: _, reference: __, ...change } = row;
  return change;
}

/** Where its holder is from is for statistics alone. */
function shownOf(row: ExclusionRow): Omit<ExclusionLook, "changes" | "cases"> {
  const { id: _, generation: __, county: ___, ...shown } = row;
  return shown;
}
