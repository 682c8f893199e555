/** What a benchmark found, as it is printed and written down. */
import type { Quartiles } from "../quartiles.ts";
import type { Bars } from "./chart.ts";

/** Short is for a machine that does other things beside: fewer rounds and smaller sets, the same answers verified. */
export type Length = "short" | "full";

export interface Report {
  title: string;
  /** How it was measured, and against what. */
  method: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** What the figures do not say by themselves: where we lose, what could not be measured. */
  notes: readonly string[];
  bars?: readonly Bars[];
  /** Anything that must not be: a ratio below what is asserted, an error under load. */
  faults: readonly string[];
  /** The same as numbers, for programs. */
  figures: unknown;
}

export const count = (value: number): string => Math.round(value).toLocaleString("en");
export const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

/** `median [lower, upper]` */
export const spread = ({ lower, median, upper }: Quartiles, show: (value: number) => string = String): string =>
  `${show(median)} [${show(lower)}, ${show(upper)}]`;

/** As a terminal shows it. */
export function asText({ title, head, rows, notes, faults }: Report): string {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]) => `  ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join("  ")}`.trimEnd();
  return ["", title, line(head), ...rows.map(line), ...notes.map((note) => `  * ${note}`), ...faults.map((fault) => `  FAULT ${fault}`)].join("\n");
}

/** As a section of a page. */
export function asMarkdown({ title, method, head, rows, notes }: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const table = [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
  return [`## ${title}`, method, table, notes.map((note) => `- ${note}`).join("\n")].filter(Boolean).join("\n\n");
}
