/** docs/performance.md and its chart, written by the benchmark that measured them. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { drawChart } from "./chart.ts";
import { asMarkdown, type Report } from "./report.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DOCS = `${ROOT}docs/`;
const CHART = "performance.svg";

/** Replaces both files. `reports` are in the page's order, by the name each is measured under. */
export function writePage(reports: ReadonlyMap<string, Report>, measuredOn: Date): void {
  const charts = [...reports.values()].flatMap(({ bars = [] }) => bars);
  writeFileSync(`${DOCS}${CHART}`, drawChart("Checks a second, against servers that ask a store per check", describe(charts), charts));
  writeFileSync(`${DOCS}performance.md`, page(reports, measuredOn, describe(charts)));
}

function page(reports: ReadonlyMap<string, Report>, measuredOn: Date, description: string): string {
  const sections = [...reports].map(([name, report]) => `${asMarkdown(report)}\n\nMeasured by \`npm run bench -- ${name}\`.`);
  return [
    "# Performance",
    `Written by \`npm run bench -- ${[...reports.keys()].join(" ")} --write\` on ${measuredOn.toISOString().slice(0, 10)}. Figures are medians with their quartiles in brackets, each beside a baseline of the same run: machines ` +
      "differ and this kind swings by a third, so read the ratios first.",
    facts(),
    `![${description}](${CHART})`,
    ...sections,
  ].join("\n\n") + "\n";
}

function facts(): string {
  const version = (name: string): string => (JSON.parse(readFileSync(`${ROOT}node_modules/${name}/package.json`, "utf8")) as { version: string }).version;
  const rows = [
    ["processor", `${cpus()[0]!.model.trim()}, ${cpus().length} cores`],
    ["memory", `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["kernel", `${type()} ${release()}`],
    ["Node", process.version],
    ["workerd", version("workerd")],
    ["Hono", version("hono")],
  ];
  return ["| machine | |", "| --- | --- |", ...rows.map(([name, fact]) => `| ${name} | ${fact} |`)].join("\n");
}

const describe = (charts: NonNullable<Report["bars"]>): string =>
  charts.map(({ title, unit, bars }) => `${title}, ${unit}: ${bars.map(({ name, value }) => `${name} ${value.median.toLocaleString("en")}`).join("; ")}.`).join(" ");
