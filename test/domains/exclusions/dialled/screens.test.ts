import { describe, expect, it } from "vitest";
import type { UssdScreen } from "../../../../src/adapters/ussd/port.ts";
import { dialled, DIALLED_KEYS, DIALLED_LOCALES, type DialledLocale } from "../../../../src/i18n/dialled.ts";
import { formatInstant } from "../../../../src/i18n/index.ts";
import type { Coded } from "../../../../src/domains/exclusions/dialled/rules.ts";
import { CODED_POLICIES } from "../../../../src/domains/exclusions/dialled/rules.ts";
import { termOf, withLines } from "../../../../src/domains/exclusions/dialled/words.ts";
import type { EndingRefusal } from "../../../../src/domains/exclusions/ending-rpc.ts";
import { EXCLUSION_STATES, ORIGINS, type Receipt } from "../../../../src/domains/exclusions/model.ts";
import { POLICY_CODES } from "../../../../src/domains/exclusions/policies.ts";
import * as screens from "../../../../src/domains/exclusions/ussd/screens.ts";
import { fitsScreen, septetsOf } from "../../../../src/kernel/gsm7.ts";
import { PLAIN } from "../../../support/exclusions.ts";

const DAYS = Array.from({ length: 12 }, (_, month) => Date.UTC(2128, month, 28, 20, 59));

/** The day of a year that takes most room, near midnight in Nairobi. */
const LONGEST = Object.fromEntries(DIALLED_LOCALES.map((locale) => {
  const lengths = DAYS.map((at) => ({ at, length: formatInstant(locale, at).length }));
  return [locale, lengths.toSorted((a, b) => b.length - a.length)[0]!.at];
}));
const longestDay = (locale: DialledLocale): number => LONGEST[locale]!;

function receiptsIn(locale: DialledLocale): Receipt[] {
  const at = longestDay(locale);
  const plain: Receipt = { ...PLAIN, reference: "NSER-WWWWWWWWWW", policy: "5y", endMode: "confirmed", startedAt: 1, endsAt: at, identifiers: [] };
  const ends = [{ endsAt: at }, { endsAt: null }, { endMode: "automatic" as const }, { askableFrom: 1 }, { endableFrom: at, endingLapsesAt: at, annulsAt: at }, { endableFrom: 1, annulsAt: 1 }];
  return EXCLUSION_STATES.flatMap((state) => ORIGINS.flatMap((origin) => ends.map((end) => ({ ...plain, state, origin, ...end }))));
}

const LINES = [{ name: "Befrienders Kenya", number: "0722 000 000" }, { name: "“Curly”", number: "1" }, { name: "N".repeat(200), number: "2" }, { name: "Red Cross", number: "1199" }];

/** Every screen there is, with what makes it longest. */
function* everyScreen(locale: DialledLocale): Generator<UssdScreen> {
  const at = longestDay(locale);
  yield* [screens.menu(locale), screens.longer(locale), screens.help(locale, []), screens.help(locale, LINES), screens.later(locale), screens.foreign(locale)];
  for (const policy of POLICY_CODES) yield screens.confirm(locale, policy);
  for (const asked of [...CODED_POLICIES, "ask-to-end", "confirm-ending"] as Coded[]) yield screens.code(locale, asked);
  yield* [screens.sent(locale, null), screens.sent(locale, { refusal: "sms-failed", field: "phone" }), screens.sent(locale, { refusal: "too-many-codes", field: "phone", minutes: 1440 })];
  yield screens.unproven(locale, { refusal: "code-wrong", field: "code", triesLeft: 2 });
  for (const refusal of ["code-expired", "code-used-up"] as const) yield screens.unproven(locale, { refusal, field: "code" });
  yield screens.mine(locale, null, at);
  for (const receipt of receiptsIn(locale)) {
    yield* [screens.mine(locale, receipt, at), screens.mine(locale, receipt, at - 1), screens.ending(locale, receipt)];
    for (const outcome of ["registered", "extended", "unchanged"] as const) {
      const result = { ok: true, outcome, personId: "p", receipt, sequence: 1 } as const;
      yield* [screens.stopped(locale, result), screens.excluded(locale, result)];
    }
  }
  yield screens.excluded(locale, { ok: false, refusal: "command-reused" });
  const refusals: EndingRefusal[] = [
    ...(["nothing-to-end", "ends-by-itself", "not-theirs-to-end", "being-annulled", "nothing-asked", "command-reused"] as const).map((refusal) => ({ refusal })),
    { refusal: "minimum-runs", from: at }, { refusal: "waiting", from: at }, { refusal: "review-needed", from: at }, { refusal: "review-needed", from: null },
  ];
  for (const refusal of refusals) yield screens.notEnded(locale, refusal);
}

describe.each(DIALLED_LOCALES)("in %s", (locale) => {
  it("every screen is one, in the alphabet of 2G, also when the last input said nothing", () => {
    const all = [...everyScreen(locale)].flatMap((screen) => [screen, screens.unclear(locale, screen)]);
    expect(all.length).toBeGreaterThan(500);
    const wrong = all.filter(({ say }) => !fitsScreen(say) || /undefined|NaN|[{}]/.test(say));
    expect([...new Set(wrong.map(({ say }) => `${septetsOf(say)}: ${say}`))]).toEqual([]);
  });

  it("every message is one SMS", () => {
    const at = longestDay(locale);
    const receipt = receiptsIn(locale)[0]!;
    const values = {
      reference: "NSER-WWWWWWWWWW", code: "123456", minutes: 1440, tries: 2, from: formatInstant(locale, at), until: formatInstant(locale, at),
      period: "Permanently", term: termOf(locale, receipt), lines: "",
    };
    for (const key of DIALLED_KEYS) expect(dialled(locale, key, values as never), key).toSatisfy(fitsScreen);
  });

  it("a message that stays on the phone does not say what this is about", () => {
    const telling = /gambl|bet|exclu|kamari|kizuizi|dau/i;
    expect(DIALLED_KEYS.filter((key) => key.startsWith("sms.") && telling.test(dialled(locale, key, {} as never)))).toEqual([]);
  });

  it("help names the lines that fit and can be written, and no other", () => {
    const said = screens.help(locale, LINES).say;
    expect(said).toContain("Befrienders Kenya: 0722 000 000\nRed Cross: 1199");
    expect(said).not.toMatch(/Curly|NNN/);
    expect(withLines(dialled(locale, "sms.help"), LINES)).toSatisfy(fitsScreen);
    expect(screens.help(locale, []).say).not.toMatch(/\d{3}/);
  });

  it("what can be done about the end is offered when it can be done, and not before", () => {
    const at = longestDay(locale);
    const [receipt] = receiptsIn(locale);
    const offered = (some: Partial<Receipt>, now = at) => screens.mine(locale, { ...receipt!, ...some }, now).say.split("\n").map(([digit]) => digit).filter((digit) => /[1-4]/.test(digit!));
    expect(offered({})).toEqual(["1"]);
    expect(offered({ askableFrom: at }, at - 1)).toEqual(["1"]);
    expect(offered({ askableFrom: at })).toEqual(["1", "2"]);
    expect(offered({ state: "ending", endableFrom: at }, at - 1)).toEqual(["1", "4"]);
    expect(offered({ state: "ending", endableFrom: at })).toEqual(["1", "3", "4"]);
    expect(offered({ origin: "court", askableFrom: at })).toEqual(["1"]);
    expect(offered({ endsAt: null })).toEqual([]);
  });
});
