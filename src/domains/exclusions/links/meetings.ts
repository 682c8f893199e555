import type { Actor } from "../../../kernel/actor.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { type Page, pageOf, type PageQuery } from "../../../office/page.ts";
import type { CrossReference, Paged } from "../who-rpc.ts";
import { type LinkParts, noted } from "./parts.ts";
import { insertLooked, lookedAmong, type Looked } from "./store.ts";

/** A cross-reference as officers list it; `looked` is null while nobody did. */
export interface Meeting extends CrossReference {
  id: string;
  identifier: string;
  looked: Looked | null;
}

/** How many are gone through at once, and how often at most for one page: a page that is not full may be followed by more. */
const AT_ONCE = 200;
const TIMES = 10;

const idOf = ({ linkKeys }: LinkParts, row: CrossReference): string => `${row.position}-${linkKeys.crossReference(row)}`;
const nameIn = (id: string): string => id.slice(id.indexOf("-") + 1);

const named = (parts: LinkParts, row: CrossReference) => ({ ...row, id: idOf(parts, row), identifier: parts.linkKeys.identifier(row.p) });

async function withLooks(parts: LinkParts, rows: readonly CrossReference[]): Promise<Meeting[]> {
  const known = rows.map((row) => named(parts, row));
  const looked = rows.length === 0 ? [] : await lookedAmong(parts.office, known.map(({ id }) => nameIn(id)));
  const byName = new Map(looked.map((row) => [row.name, row]));
  return known.map((row) => ({ ...row, looked: byName.get(nameIn(row.id)) ?? null }));
}

/** A page of those that were looked at, or not, or of all. */
export async function meetings(
  parts: LinkParts, actor: Actor, sort: Paged<"at" | "-at">["sort"], page: PageQuery, looked: boolean | undefined,
): Promise<Page<Meeting>> {
  await noted(parts, actor, "cross-reference.listed", "cross-references");
  const found: Meeting[] = [];
  let after = page.after as number[] | null;
  for (let times = 0; times < TIMES && found.length <= page.limit; times++) {
    const rows = await parts.register.crossReferences({ sort, after, limit: AT_ONCE });
    const fitting = (await withLooks(parts, rows)).filter((row) => looked === undefined || (row.looked !== null) === looked);
    found.push(...fitting);
    if (rows.length < AT_ONCE) return pageOf(found, page);
    const last = rows.at(-1)!;
    after = [last.at, last.position];
  }
  return found.length > page.limit ? pageOf(found, page) : { rows: found, next: after };
}

export type LookRefusal = { refusal: "unknown" | "looked-at" };

/** Notes that an officer looked at it, and why that is enough: once. It changes nothing else. */
export async function lookAt(parts: LinkParts, actor: Actor, id: string, reason: string): Promise<Result<{ meeting: Meeting }, LookRefusal>> {
  const position = Number(/^(\d{1,15})-[\da-f]{32}$/.exec(id)?.[1] ?? NaN);
  const row = Number.isNaN(position) ? null : await parts.register.crossReferenceAt(position);
  if (!row || idOf(parts, row) !== id) return { ok: false, refusal: "unknown" };
  const now = parts.clock();
  const looked: Looked = { id: uuidv7(now, parts.random), name: nameIn(id), at: now, by: nameOf(actor), reason };
  const done = await commit(parts.office, {
    actor, rows: [insertLooked(parts.office.primary, looked)], audit: { action: "cross-reference.looked-at", resource: `cross-reference/${nameIn(id)}`, payload: { reason } }, answer: {},
  }, { now, random: parts.random });
  return done.ok ? { ok: true, meeting: { ...named(parts, row), looked } } : { ok: false, refusal: "looked-at" };
}
