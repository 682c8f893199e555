/** Horizontal bars as SVG, without a library: readable on light and dark, by eye and by screen reader. */
import type { Quartiles } from "../quartiles.ts";

export interface Bars {
  title: string;
  unit: string;
  bars: readonly Bar[];
}

export interface Bar {
  name: string;
  value: Quartiles;
  kind: "ours" | "peer" | "baseline";
}

const WIDTH = 760;
const LABELS = 250;
const VALUES = 130;
const ROW = 26;
const BAR = 14;
const HEAD = 44;
const MARGIN = 20;
const ROOM = WIDTH - LABELS - VALUES - 2 * MARGIN;

/** A blue of the Okabe–Ito palette and greys, told apart by lightness too; what is filled has 3:1 against its background. */
const STYLE = `
  .card { fill: #ffffff; } text { fill: #1f2328; font: 13px system-ui, sans-serif; } .title { font-weight: 600; font-size: 15px; }
  .small { fill: #59636e; font-size: 12px; font-weight: 400; }
  .ours { fill: #0072b2; } .peer { fill: #8c8c8c; } .baseline { fill: none; stroke: #59636e; } .spread { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; } text { fill: #f0f6fc; } .small { fill: #9198a1; } .ours { fill: #56b4e9; } .peer { fill: #7d7d7d; }
    .baseline { stroke: #9198a1; } .spread { stroke: #f0f6fc; }
  }`;

/** One chart under the other. `description` says in words what they show. */
export function drawChart(title: string, description: string, charts: readonly Bars[]): string {
  let y = 0;
  const drawn = charts.map((chart) => {
    const at = y;
    y += heightOf(chart);
    return drawBars(chart, at);
  });
  const height = y + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="card" width="${WIDTH}" height="${height}" rx="8"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

const heightOf = ({ bars }: Bars): number => HEAD + bars.length * ROW + MARGIN / 2;

function drawBars({ title, unit, bars }: Bars, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value.upper));
  const head = `<text class="title" x="${MARGIN}" y="${top + 30}">${escape(title)}<tspan class="small" dx="8">${escape(unit)}</tspan></text>`;
  return [head, ...bars.map((bar, at) => drawBar(bar, top + HEAD + at * ROW, ROOM / longest))].join("\n");
}

function drawBar({ name, value: { lower, median, upper }, kind }: Bar, top: number, scale: number): string {
  const x = MARGIN + LABELS;
  const middle = top + BAR / 2;
  const at = (value: number): string => (x + value * scale).toFixed(1);
  return [
    `<text x="${x - 10}" y="${middle + 4.5}" text-anchor="end">${escape(name)}</text>`,
    `<rect class="${kind}" x="${x}" y="${top}" width="${Math.max(1, median * scale).toFixed(1)}" height="${BAR}" rx="2"/>`,
    `<line class="spread" x1="${at(lower)}" x2="${at(upper)}" y1="${middle}" y2="${middle}"/>`,
    `<text x="${(Number(at(upper)) + 8).toFixed(1)}" y="${middle + 4.5}">${escape(format(median))}</text>`,
  ].join("");
}

const format = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 2 });

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);
