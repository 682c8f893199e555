import { describe, expect, it } from "vitest";
import { daysInForce, type LicenceLife } from "../../../src/domains/operators/licensing/rules.ts";
import { DAY } from "../../../src/kernel/clock.ts";

const FROM = 1_800_000_000_000;
/** On a day of the ten, the licence's end being on another. */
const step = (event: LicenceLife["event"]) => (day: number, ends = 365): LicenceLife => ({ event, at: FROM + day * DAY, expiresAt: FROM + ends * DAY });
const [issued, suspended, reinstated, revoked, renewed] = [step("issued"), step("suspended"), step("reinstated"), step("revoked"), step("renewed")];

describe("the days on which a licence was in force, of ten", () => {
  it.each<[string, LicenceLife[][], number | null]>([
    ["of who has none", [], null],
    ["of who had the first when they had begun", [[issued(0.1)]], null],
    ["of who had it from before", [[issued(-9)]], 10],
    ["that it ends on the fourth of", [[issued(-9, 3.5)]], 4],
    ["that it is renewed in", [[issued(-9, 4), renewed(3.5)]], 10],
    ["that it lapsed in, before it was renewed", [[issued(-9, 4), renewed(6.5)]], 7],
    ["that it was suspended for two of", [[issued(-9), suspended(2.5), reinstated(4.5)]], 8],
    ["that it was revoked in", [[issued(-9), revoked(4)]], 4],
    ["that another followed in", [[issued(-9), revoked(4)], [issued(6)]], 8],
  ])("%s", (_, lives, days) => {
    expect(daysInForce(lives, FROM, FROM + 10 * DAY)).toBe(days);
  });
});
