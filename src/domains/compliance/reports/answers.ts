import { text } from "../../../i18n/index.ts";
import { allows, type Capability, type Principal } from "../../authentication/capabilities.ts";
import type { FormulaName } from "../standing/formulas.ts";
import type { Days, Finding, Score, Source } from "../standing/model.ts";
import { daysOfMonth, spanOf } from "../standing/period.ts";
import { bandOf } from "../standing/score.ts";
import type { ListedReport, StoredReport } from "./store.ts";

interface List {
  address: (operator: string, from: string, to: string) => string;
  capability: Capability;
}

/** Where the events of each source are listed. */
const LISTS: Record<Source, List> = {
  usage: { address: (operator, from, to) => `/v1/operators/${operator}/usage?from=${from}&to=${to}&by=day`, capability: "usage:read" },
  deliveries: { address: (operator) => `/v1/operators/${operator}/propagation/overdue`, capability: "propagation:read" },
  canaries: { address: (operator, from, to) => `/v1/canary-alarms?operator=${operator}&from=${from}&to=${to}`, capability: "canaries:read" },
  keys: { address: (operator) => `/v1/operators/${operator}/keys`, capability: "operators:read" },
  licence: { address: (operator) => `/v1/operators/${operator}/licence`, capability: "operators:read" },
};

const iso = (at: number): string => new Date(at).toISOString();

/** The addresses of the API that show what a source's figures rest on: those alone that the reader may read. */
function eventsOf(source: Source, operator: string, days: Days, reader: Principal): string[] {
  const { address, capability } = LISTS[source];
  const { from, to } = spanOf(days);
  return allows(reader, capability, source === "canaries" ? null : operator) ? [address(operator, iso(from), iso(to))] : [];
}

/** Formulas that are not used any more are still called something. */
const words = (name: string, what: "title" | "text"): string => text("en", `finding.${name as FormulaName}-${what}`);

const findingOf = (operator: string, days: Days, reader: Principal) => ({ name, version, weight, code, source, inputs, loss, value }: Finding) => ({
  name, version, title: words(name, "title"), explanation: words(name, "text"), formula: code, weight, inputs: { ...inputs }, loss, value, source, events: eventsOf(source, operator, days, reader),
});

export const scoreAnswer = (operator: string, days: Days, { score, band, part, findings }: Score & { findings: Finding[] }, leastPart: number, at: number, reader: Principal) =>
  ({ operator, ...days, computedAt: iso(at), score, band, part, leastPart, findings: findings.map(findingOf(operator, days, reader)) });

export const scoreIn = (tenths: number | null): number | null => (tenths === null ? null : tenths / 10);

export function listedOf({ id, operator, month, edition, computedAt, computedBy, reason, tenths, part, leastPart }: ListedReport) {
  const score = scoreIn(tenths);
  return { id, operator, month, edition, computedAt: iso(computedAt), computedBy, reason, score, band: score === null ? null : bandOf(score), part, leastPart };
}

export const reportAnswer = (report: StoredReport, reader: Principal) =>
  ({ ...listedOf(report), findings: report.findings.map(findingOf(report.operator, daysOfMonth(report.month), reader)) });
