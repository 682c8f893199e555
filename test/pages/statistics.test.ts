import { describe, expect, it } from "vitest";
import { NO_DATA } from "../../src/domains/exclusions/statistics/publish.ts";
import { visitor } from "./browser.ts";

const rowsOf = (html: string): string[] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => row!.replaceAll(/<\/t[hd]>/g, " | ").replaceAll(/<[^>]+>/g, "").trim());

describe("the page of the figures", () => {
  it("tells each month in a table: a number, that it is not shown, or that there is no data", async () => {
    const { get } = visitor();
    const { status, html } = await get("/statistics");
    expect(status).toBe(200);
    const rows = rowsOf(html);
    for (const row of ["November 2025 | no data | no data |", "January 2026 | not shown | 20 |", "October 2026 | 2,430 | 7,290 |"]) expect(rows).toContain(row);
    expect(html).toContain("Counted up to 4 November 2026, 14:30.");
  });

  it("tells the newest month apart, by names, and how many parts are not shown", async () => {
    const { html } = await visitor().get("/statistics");
    const rows = rowsOf(html);
    for (const row of ["1 year | 1,215 |", "Permanently | 60 |", "Nairobi City | 606 |", "County not said | 617 |"]) expect(rows).toContain(row);
    expect(html).toContain("2 more: not shown");
    expect(html).toContain("Nothing of this month can be shown without telling of few people.");
    expect(rows.join()).not.toContain("Family");
  });

  it("draws the months as decoration, whose size says nothing the table does not", async () => {
    const { html } = await visitor().get("/statistics");
    const [chart] = /<svg class="chart".*?<\/svg>/s.exec(html)!;
    expect(chart).toContain('aria-hidden="true"');
    expect([chart.match(/<rect/g)!.length, chart.match(/<path/g)!.length]).toEqual([9, 3]);
  });

  it("says no data where nothing was counted or measured, and never 0", async () => {
    const { get, statistics } = visitor();
    expect((await get("/statistics")).html).toMatch(/<td>0<\/td><td><bdi>no data<\/bdi><\/td><td><bdi>no data<\/bdi>/);
    statistics.figures = { asOf: null, months: statistics.figures.months.map((month) => ({ ...month, begun: NO_DATA, inForce: NO_DATA })), propagation: [] };
    const { html } = await get("/statistics");
    expect(html).toContain("Nothing has been counted yet.");
    expect([html.match(/<td>no data<\/td>/g)!.length, html.includes("chart\" viewBox"), html.match(/<h2>/g)!.length]).toEqual([24, false, 3]);
  });

  it("needs no script, is no more than 50 KB in any language, and is found from the home page", async () => {
    const { get } = visitor();
    for (const locale of ["en", "sw", "fr", "ar"]) {
      const { html } = await get(`/statistics?lang=${locale}`);
      expect(Buffer.byteLength(html), locale).toBeLessThan(50 * 1024);
      expect(html).not.toContain("<script");
    }
    expect((await get("/")).html).toContain('href="/statistics"');
  });

  it("says that it does not work while origin is away", async () => {
    const { get, statistics } = visitor();
    statistics.published = async () => Promise.reject(new Error("no answer in time"));
    expect((await get("/statistics")).status).toBe(503);
  });
});
