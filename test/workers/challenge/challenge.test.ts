import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ChallengeApi, RepliesApi } from "../../../src/domains/authentication/rpc.ts";
import { DAY, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";

const FORM = "0190f5a0-0000-7000-8000-000000000001";
const OTHER = "0190f5a0-0000-7000-8000-000000000002";

function aChallenge() {
  const stub = env.CHALLENGE.getByName(crypto.randomUUID());
  const api = stub as unknown as ChallengeApi & RepliesApi & { setNow(now: Instant): Promise<void> };
  const code = async (formId = FORM, again = false): Promise<string> => {
    const issued = await api.issue({ formId, again });
    if (!issued.ok || issued.code === null) throw new Error(`no code: ${JSON.stringify(issued)}`);
    return issued.code;
  };
  const tables = () =>
    runInDurableObject(stub, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray());
  const rows = (table: string) =>
    runInDurableObject(stub, (_, state) => state.storage.sql.exec(`SELECT * FROM ${table}`).toArray());
  return { stub, api, code, rows, tables };
}

const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("a code", () => {
  it("has six digits, is right for its form, and stays right when the form is sent again", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    expect(sent).toMatch(/^\d{6}$/);
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: true });
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: true });
  });

  it("is wrong for another form, with a code of its own or without one", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    expect(await api.verify({ formId: OTHER, code: sent })).toEqual({ ok: false, refusal: "code-expired" });
    const others = await code(OTHER);
    expect(await api.verify({ formId: OTHER, code: sent === others ? wrong(sent) : sent })).toMatchObject({ refusal: "code-wrong" });
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: true });
  });

  it("allows three wrong ones and then nothing, however many come at once", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    const guesses = await Promise.all(Array.from({ length: 20 }, () => api.verify({ formId: FORM, code: wrong(sent) })));
    expect(guesses.map((guess) => ("triesLeft" in guess ? guess.triesLeft : "used up")).slice(0, 4)).toEqual([2, 1, "used up", "used up"]);
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: false, refusal: "code-used-up" });
    expect(await api.verify({ formId: FORM, code: await code() })).toEqual({ ok: true });
  });

  it("costs no try when the text cannot be a code", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    for (const text of ["", "12345", "1234567", "12345a", " ".repeat(6)]) {
      expect(await api.verify({ formId: FORM, code: text })).toEqual({ ok: false, refusal: "code-wrong", triesLeft: 3 });
    }
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: true });
  });

  it("is over after ten minutes, to the millisecond", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    await api.setNow(START + 10 * MINUTE - 1);
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: true });
    await api.setNow(START + 10 * MINUTE);
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: false, refusal: "code-expired" });
  });

  it("has three tries for questions too, whoever asks at once, and is void without", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    const spent = await Promise.all([1, 2, 3, 4].map(() => api.spend({ formId: FORM })));
    expect(spent.filter(Boolean)).toHaveLength(3);
    expect(await api.verify({ formId: FORM, code: sent })).toEqual({ ok: false, refusal: "code-used-up" });
    expect(await api.spend({ formId: OTHER })).toBe(false);
  });

  it("is nowhere in storage", async () => {
    const { code, rows } = aChallenge();
    const sent = await code();
    const stored = JSON.stringify([...(await rows("codes")), ...(await rows("sends"))], (_, value) =>
      value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value);
    expect(stored).not.toContain(sent);
  });
});

describe("sending", () => {
  it("leaves the code that stands, unless asked again; then only the new one is right", async () => {
    const { api, code } = aChallenge();
    const first = await code();
    expect(await api.issue({ formId: FORM, again: false })).toEqual({ ok: true, code: null });
    const second = await code(FORM, true);
    if (first !== second) expect(await api.verify({ formId: FORM, code: first })).toMatchObject({ refusal: "code-wrong" });
    expect(await api.verify({ formId: FORM, code: second })).toEqual({ ok: true });
  });

  it("sends three in fifteen minutes over all forms, and says when the next can be", async () => {
    const { api, code } = aChallenge();
    await code();
    await api.setNow(START + MINUTE);
    await code(OTHER);
    await code(OTHER, true);
    expect(await api.issue({ formId: FORM, again: true })).toEqual({
      ok: false, refusal: "too-many-codes", retryAt: START + 15 * MINUTE,
    });
    await api.setNow(START + 15 * MINUTE);
    await code(FORM, true);
  });

  it("sends eight a day", async () => {
    const { api, code } = aChallenge();
    for (let sent = 0; sent < 8; sent++) {
      await api.setNow(START + sent * 20 * MINUTE);
      await code(FORM, true);
    }
    await api.setNow(START + 10 * 60 * MINUTE);
    expect(await api.issue({ formId: FORM, again: true })).toMatchObject({ refusal: "too-many-codes", retryAt: START + DAY });
  });

  it("does not count a code that could not be sent, and voids it", async () => {
    const { api, code } = aChallenge();
    for (let failed = 0; failed < 5; failed++) {
      const lost = await code(FORM, true);
      await api.withdraw({ formId: FORM });
      expect(await api.verify({ formId: FORM, code: lost })).toMatchObject({ refusal: "code-expired" });
    }
    await code();
  });
});

describe("time", () => {
  it("empties the object, which then begins anew", async () => {
    const { api, stub, code, rows, tables } = aChallenge();
    await code();
    await api.setNow(START + 11 * MINUTE);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await rows("codes")).toEqual([]);
    expect(await rows("sends")).toHaveLength(1);
    await api.setNow(START + DAY);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await tables()).toEqual([]);
    expect(await runDurableObjectAlarm(stub)).toBe(false);
    expect(await api.verify({ formId: FORM, code: await code() })).toEqual({ ok: true });
  });

  it("leaves nothing of a phone that was only asked about, or whose one code never went out", async () => {
    const { api, code, tables } = aChallenge();
    expect(await api.verify({ formId: FORM, code: "000000" })).toMatchObject({ refusal: "code-expired" });
    expect(await tables()).toEqual([]);
    await code();
    await api.withdraw({ formId: FORM });
    expect(await tables()).toEqual([]);
  });
});

describe("what can come twice", () => {
  it("has one code sent for it within a day, unless that did not go out", async () => {
    const { api, code } = aChallenge();
    const asked = { formId: FORM, again: true, requestId: "r" };
    const answers = await Promise.all([api.issue(asked), api.issue(asked)]);
    expect(answers.filter((answer) => answer.ok && answer.code !== null)).toHaveLength(1);
    await api.withdraw({ formId: FORM });
    expect(await api.issue(asked)).toMatchObject({ code: expect.stringMatching(/^\d{6}$/) });
    await api.setNow(START + DAY - 1);
    expect(await api.issue(asked)).toEqual({ ok: true, code: null });
    await code(FORM, true);
  });

  it("spends one try, and is answered the same", async () => {
    const { api, code } = aChallenge();
    const sent = await code();
    const tried = { formId: FORM, code: wrong(sent), requestId: "r" };
    const answers = await Promise.all([api.verify(tried), api.verify(tried), api.verify(tried)]);
    for (const answer of answers) expect(answer).toEqual({ ok: false, refusal: "code-wrong", triesLeft: 2 });
    expect(await api.verify({ ...tried, requestId: "s" })).toMatchObject({ triesLeft: 1 });
    expect(await api.verify({ formId: FORM, code: sent, requestId: "s" })).toEqual({ ok: true });
  });

  it("is replied to once, five times an hour and fifteen a day, and forgotten after it", async () => {
    const { stub, api, rows, tables } = aChallenge();
    const twice = await Promise.all([api.mayReply({ messageId: "m" }), api.mayReply({ messageId: "m" })]);
    expect(twice.toSorted()).toEqual([false, true]);
    let replies = 1;
    for (let quarter = 1; quarter < 4 * 23; quarter++) {
      await api.setNow(START + quarter * 15 * MINUTE);
      for (const nth of [1, 2]) replies += Number(await api.mayReply({ messageId: `${quarter} ${nth}` }));
      if (quarter === 3) expect(replies).toBe(5);
    }
    expect(replies).toBe(15);
    expect(await rows("replies")).toHaveLength(15);
    await api.setNow(START + 3 * DAY);
    await runDurableObjectAlarm(stub);
    expect(await tables()).toEqual([]);
  });
});
