import { expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { Citizen } from "../../src/cli/doors.ts";
import { wholeSystem } from "../support/system.ts";

// No network gives a number away within a test's time: here it is done at once.
const whole = wholeSystem({ register: { RECYCLED_DAYS: "0" } });

const PHONE = "0712345678";
const WANJIRU = { kind: "national_id", value: "20000001", name: "Kamau Wanjiru", dateOfBirth: "27 3 1990" };
const PETER = { document: "20000002", name: "Ng'ang'a Peter", dateOfBirth: "2.11.1985" };

it("the registry makes a typed document firm; a recycled phone goes to who has it now, and nothing else does", async () => {
  const { system, server } = whole;
  const [phone, id] = [await server.tokenize(PHONE), await server.tokenize("20000001", "national_id")];
  const wanjiru = new Citizen(system.url);
  await wanjiru.exclude({ policy: "permanent", phone: PHONE, document: WANJIRU });
  await Promise.all([server.until(phone, "excluded"), server.until(id, "excluded")]);
  const shown = async (path: string, citizen = wanjiru) => textOf((await citizen.browser.open(path)).html);
  await expect.poll(() => shown("/my/data"), { timeout: 15_000, interval: 200 }).toContain("Confirmed by the state’s register of persons");

  const claimant = async () => {
    const { browser } = new Citizen(system.url, { address: "192.0.2.9" });
    await browser.open("/number");
    const claim = async (document: Record<string, string>) => {
      await browser.submit("/number/code", { phone: PHONE, documentKind: "national_id", ...document });
      await browser.submit("/number/confirm", { code: await wanjiru.code(PHONE) });
      return textOf(browser.page.html);
    };
    return claim;
  };
  expect(await (await claimant())({ document: "20000001", name: "Wanjiru Kamau", dateOfBirth: "27.3.1990" })).toContain("The number stays as it is");
  const peter = await claimant();
  expect(await peter({ ...PETER, document: "20000003" })).toContain("does not know this document together with this name");
  expect((await server.check(phone)).word).toBe("excluded");
  expect(await peter(PETER)).toContain("The number is released");
  expect(await server.until(phone, "clear")).toBeLessThan(5_000);
  expect((await server.check(id)).word).toBe("excluded");
  expect(await shown("/my/data")).toContain("Confirm your phone number to see this page");
}, 90_000);

it("an exclusion is in force at once and its document counts, whether the registry hangs, is down, talks nonsense or of somebody else", async () => {
  const { system, server } = whole;
  // Hanging, down, nonsense, about somebody else.
  await Promise.all(["29000001", "29000002", "29000003", "29000004"].map(async (number, nth) => {
    const phone = `072000000${nth + 1}`;
    const tokens = [await server.tokenize(phone), await server.tokenize(number, "national_id")];
    const somebody = new Citizen(system.url, { address: `192.0.2.${20 + nth}` });
    const since = performance.now();
    await somebody.exclude({ policy: "1y", phone, document: { ...WANJIRU, value: number } });
    expect(performance.now() - since).toBeLessThan(4_000);
    for (const token of tokens) await server.until(token, "excluded");
    await expect.poll(async () => textOf((await somebody.browser.open("/my/data")).html), { timeout: 10_000 }).toMatch(/Typed on .*not confirmed/);
  }));
}, 60_000);
