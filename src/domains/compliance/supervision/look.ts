import { z } from "zod";
import { placeText, readPlace } from "../../../office/page.ts";
import { allows, type Caller } from "../../authentication/capabilities.ts";
import { enterFor } from "../../operators/desk/index.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { score } from "../reports/compute.ts";
import { BY_TIME, newestOf, reportsBy } from "../reports/store.ts";
import { begun, daysOfMonth, monthOf } from "../standing/period.ts";
import { operatorNamed, operatorsByName } from "../standing/store.ts";
import { BY_OPENING, violationsBy } from "../violations/store.ts";
import type { SupervisionParts } from "./parts.ts";
import type { Look, NamedOperator, SupervisionRpc } from "./rpc.ts";
import { reportOf, violationOf } from "./shown.ts";

const A_PAGE = 20;
const A_YEAR = 12;
const NEWEST = BY_OPENING["-createdAt"];

const After = z.object({ after: z.string().max(64).nullable().catch(null) });
const Named = z.object({ operator: z.string().max(32) });

const pageIn = (unread: unknown) => ({ order: NEWEST, limit: A_PAGE, after: readPlace(read(After, unread)?.after ?? null, NEWEST) });

export async function overview(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["overview"]> {
  const entered = await enter(parts, visitorIn(unread), "compliance:read");
  if (!entered.ok) return entered;
  const { office, clock } = parts;
  const [operators, page] = await Promise.all([operatorsByName(office), violationsBy(office, {}, pageIn(unread))]);
  const names = new Map(operators.map((one) => [one.id, one]));
  const newest = new Map((await newestOf(office, operators.map(({ id }) => id))).map((row) => [row.operator, reportOf(row)]));
  return {
    ok: true,
    operators: operators.map(({ id, name }) => ({ id, name, report: newest.get(id) ?? null })),
    violations: page.rows.map((row) => violationOf(row, names.get(row.operator) ?? { id: row.operator, name: row.operator }, entered.by, "officer", clock())),
    next: page.next && placeText(page.next),
    may: { open: allows(entered.by.principal, "violations:write", null) },
  };
}

export async function look(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["look"]> {
  const entered = await enter(parts, visitorIn(unread), "compliance:read");
  if (!entered.ok) return entered;
  const asked = read(Named, unread);
  const operator = asked && (await operatorNamed(parts.office, asked.operator));
  return operator ? { ok: true, ...(await lookAt(parts, operator, entered.by, "officer", unread)) } : { ok: false, refusal: "not-found" };
}

export async function own(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["own"]> {
  const entered = await enterFor(parts, unread, "compliance:read");
  if (!entered.ok) return entered;
  const operator = await operatorNamed(parts.office, entered.operator);
  return operator ? { ok: true, ...(await lookAt(parts, operator, entered.by, "operator", unread)) } : { ok: false, refusal: "not-found" };
}

async function lookAt(parts: SupervisionParts, { id, name }: NamedOperator, by: Caller, as: "officer" | "operator", unread: unknown): Promise<Look> {
  const { office, clock, terms } = parts;
  const [operator, now] = [{ id, name }, clock()];
  const month = monthOf(now);
  const [live, reports, page] = await Promise.all([
    score(parts, id, begun(daysOfMonth(month), now)!),
    reportsBy(office, { operator: id }, { order: BY_TIME["-computedAt"], limit: A_YEAR, after: null }),
    violationsBy(office, { operator: id, ...(as === "operator" && { notified: true }) }, pageIn(unread)),
  ]);
  return {
    operator, month, live: { ...live, leastPart: terms.leastPart }, reports: reports.rows.map(reportOf),
    violations: page.rows.map((row) => violationOf(row, operator, by, as, now)), next: page.next && placeText(page.next),
  };
}
