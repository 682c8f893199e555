import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { LineReader, MAX_LINE } from "../../src/check/lines.ts";
import { MAX_BYTES, MAX_LINES, readScrubQuery, Scrub, type ScrubQuery } from "../../src/check/scrub.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { World } from "../support/world.ts";

let world: World;

beforeEach(async () => {
  world = new World();
  world.exclude(1);
  await world.check(world.token(1));
  await world.settle();
  await world.keeper.refresh();
});

const scrubOf = (query: Partial<ScrubQuery> = {}) => new Scrub(world.many(), { purpose: "marketing", from: 1, ...query }, "s");

const linesOf = (text: string): any[] => text.split("\n").slice(0, -1).map((line) => JSON.parse(line));

async function scrub(body: string, query: Partial<ScrubQuery> = {}): Promise<any[]> {
  const one = scrubOf(query);
  return linesOf((await one.answer(utf8(body))) + (await one.end()) + one.done("d"));
}

const words = (lines: any[]) => lines.map(({ line, decision, type, done }) => (done ? "done" : `${line} ${decision ?? type.slice("/problems/".length)}`));

const ask = (n: number, over: object = {}) => JSON.stringify({ token: world.token(n), ...over });

describe("lines", () => {
  it("are the same however the stream is cut into pieces", () => {
    const line = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: "grapheme", maxLength: 30 }), fc.constant("x".repeat(MAX_LINE)), fc.constant("x".repeat(MAX_LINE + 1)));
    fc.assert(
      fc.property(fc.array(line.map((text) => text.replaceAll("\n", " ").replaceAll("\uFEFF", ""))), fc.array(fc.nat(5_000)), fc.boolean(), (lines, cuts, ended) => {
        const bytes = utf8(lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""));
        const reader = new LineReader();
        const read: (string | null)[] = [];
        let at = 0;
        for (const cut of cuts) {
          read.push(...reader.push(bytes.subarray(at, at + cut)));
          at += cut;
        }
        read.push(...reader.push(bytes.subarray(at)), ...reader.end());
        const whole = ended || lines.at(-1) !== "" ? lines : lines.slice(0, -1);
        expect(read).toEqual(whole.map((text) => (utf8(text).length > MAX_LINE ? null : text)));
      }),
    );
  });

  it("too long are never held", () => {
    const reader = new LineReader();
    for (let n = 0; n < 1_000; n++) expect(reader.push(new Uint8Array(65_536).fill(120))).toEqual([]);
    expect(reader.push(utf8("\nnext\n"))).toEqual([null, "next"]);
  });
});

describe("a scrub", () => {
  it("answers each line under its number, and ends with a line that says so", async () => {
    const lines = await scrub(`${ask(1)}\n${ask(2, { purpose: "payout" })}\n${ask(2)}`);
    const age = expect.any(Number);
    expect(lines).toEqual([
      { line: 1, decision: "excluded", kinds: ["msisdn"], maxStalenessMs: age },
      { line: 2, decision: "clear", kinds: ["msisdn"], mustPay: true, maxStalenessMs: age },
      { line: 3, decision: "clear", kinds: ["msisdn"], maxStalenessMs: age },
      { done: true, count: 3, digest: "d", answerId: "s", sequence: 4, freshThrough: expect.any(String), maxStalenessMs: age },
    ]);
  });

  it.each([
    ["nothing", "", "body-malformed"],
    ["spaces", "   ", "body-malformed"],
    ["no JSON", "{'token':1}", "body-malformed"],
    ["half of it", '{"token":"', "body-malformed"],
    ["a zero", "\u0000", "body-malformed"],
    ["an array", "[]", "field-invalid"],
    ["a number", "7", "field-invalid"],
    ["null", "null", "field-invalid"],
    ["a prototype", '{"__proto__":{"token":"x"},"constructor":1}', "field-invalid"],
    ["a token that is none", '{"token":"BST-nonsense"}', "token-invalid"],
    ["a line separator within", '{"token":"\u2028"}', "token-invalid"],
    ["too much", `{"token":"${"x".repeat(MAX_LINE)}"}`, "body-too-large"],
  ])("says what is wrong with a line of %s, and goes on", async (_, line, problem) => {
    expect(words(await scrub(`${ask(1)}\n${line}\n${ask(2)}\n`))).toEqual(["1 excluded", `2 ${problem}`, "3 clear", "done"]);
  });

  it("takes lines that end as Windows ends them", async () => {
    expect(words(await scrub(`${ask(1)}\r\n${ask(2)}\r\n`))).toEqual(["1 excluded", "2 clear", "done"]);
  });

  it("survives bytes that are no UTF-8", async () => {
    const one = scrubOf();
    const text = await one.answer(new Uint8Array([0xff, 0xfe, 0x0a, ...utf8(`${ask(1)}\n`), 0xc3, 0x0a]));
    expect(words(linesOf(text))).toEqual(["1 body-malformed", "2 excluded", "3 body-malformed"]);
  });

  it("goes on from a line, with the numbers it has from the beginning", async () => {
    const body = [1, 2, 1, 2].map((n) => `${ask(n)}\n`).join("");
    expect(words(await scrub(body, { from: 3 }))).toEqual(["3 excluded", "4 clear", "done"]);
    expect((await scrub(body, { from: 3 })).at(-1)).toMatchObject({ count: 2 });
    expect(words(await scrub(body, { from: 5 }))).toEqual(["done"]);
    const one = scrubOf({ from: 3 });
    const pieces = [await one.answer(utf8(body.slice(0, 100))), await one.answer(utf8(body.slice(100)))];
    expect(words(linesOf(pieces.join("")))).toEqual(["3 excluded", "4 clear"]);
  });

  it("of nothing is done at once", async () => {
    expect(await scrub("")).toMatchObject([{ done: true, count: 0, sequence: null }]);
  });

  it("says indeterminate from where the lease ended", async () => {
    const one = scrubOf();
    const before = await one.answer(utf8(`${ask(1)}\n${ask(2)}\n`));
    world.failing = true;
    world.now += 5_000;
    const after = await one.answer(utf8(`${ask(2)}\n${ask(1)}\n`));
    expect(words(linesOf(before + after))).toEqual(["1 excluded", "2 clear", "3 indeterminate", "4 excluded"]);
  });

  it("with too many lines answers those it may and says so in its last", async () => {
    const one = scrubOf({ from: MAX_LINES });
    await one.answer(new Uint8Array(MAX_LINES - 1).fill(0x0a));
    expect(one.overflown).toBe(false);
    expect(words(linesOf(await one.answer(utf8(`${ask(1)}\n`))))).toEqual([`${MAX_LINES} excluded`]);
    expect(one.overflown).toBe(false);
    expect(words(linesOf(await one.answer(utf8(`${ask(1)}\n`))))).toEqual([`${MAX_LINES + 1} body-too-large`]);
    expect(one.overflown).toBe(true);
  });

  it("with too many bytes ends likewise", async () => {
    const one = scrubOf({ from: 2 });
    await one.answer(new Uint8Array(MAX_BYTES).fill(120));
    expect(one.overflown).toBe(false);
    expect(words(linesOf(await one.answer(utf8("\nx"))))).toEqual(["2 body-too-large"]);
    expect(one.overflown).toBe(true);
  });
});

describe("a scrub's query", () => {
  const read = (query: string) => readScrubQuery(new URLSearchParams(query));

  it("may say nothing, a purpose and a line", () => {
    expect(read("")).toEqual({ ok: true, purpose: undefined, from: 1 });
    expect(read("purpose=marketing&from=1000000")).toEqual({ ok: true, purpose: "marketing", from: 1_000_000 });
  });

  it.each(["purpose=", "purpose=curiosity", "from=", "from=0", "from=-1", "from=1.5", "from=1e3", "from=01", "from=1000001", "from=x"])("%s is refused", (query) => {
    expect(read(query)).toMatchObject({ ok: false, problem: "field-invalid" });
  });
});
