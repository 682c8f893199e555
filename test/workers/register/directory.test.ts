import { expect, describe, test } from "vitest";
import { Directory } from "../../../src/check/directory.ts";
import { publicIdOf } from "../../../src/check/public-id.ts";
import { DEFAULT_TERMS, type KeyTerms } from "../../../src/check/terms.ts";
import type { RotationReason } from "../../../src/domains/operators/pair-keys/rpc.ts";
import type { ActOnToken } from "../../../src/domains/operators/rpc.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aRegister } from "./support.ts";

const HASH = "00ff";

/** A Register with one operator that has one key. */
async function enrolled(terms?: KeyTerms) {
  const register = aRegister();
  const { api } = register;
  const operator = await api.enrolOperator({ commandId: "e", fingerprint: "f", name: "Mfano Ltd", requiredKinds: [] });
  if (!operator.ok) throw new Error(operator.refusal);
  const { id } = operator.operator;
  const order = { commandId: "k", fingerprint: "g", operator: id, hash: HASH, sealedReply: new Uint8Array([9]), ...(terms && { terms }) };
  const issued = await api.issueKey(order);
  if (!issued.ok) throw new Error(issued.refusal);
  return { ...register, id, keyId: issued.keyId, after: async (seq: number) => (await api.poll(seq)).rows };
}

const rotate = (operator: string, commandId = "r", pairKeyId?: string) => ({ commandId, fingerprint: `${operator}${pairKeyId}`, operator, pairKeyId });

const nobody = { kind: "system" as const, id: "test", origin: null };
const deactivation = (operator: string, epoch: number) =>
  ({ operator, act: "deactivated" as const, epoch, generation: 0, p: new Uint8Array(16), reason: null, actor: nobody });

describe("a key's terms", () => {
  const terms: KeyTerms = { scopes: ["checks"], expiresAt: START + HOUR, networks: ["192.0.2.0/24"], perSecond: 7, perDay: 70 };

  test("travel in the log and are what its holder has, until it expires", async () => {
    const { api, after, keyId, id } = await enrolled(terms);
    expect(await after(2)).toMatchObject([{ type: "key", key: { id: keyId, hash: HASH, operator: id, state: "active", ...terms } }]);
    expect(await api.keyHolder(HASH)).toMatchObject({ key: terms, operator: { id }, generations: [] });
    await api.setNow(START + HOUR);
    expect(await api.keyHolder(HASH)).toBeNull();
  });

  test("are the usual ones for a caller that says none, as the release before does not", async () => {
    const { api, after } = await enrolled();
    expect(await after(2)).toMatchObject([{ key: DEFAULT_TERMS }]);
    expect(await api.keyHolder(HASH)).toMatchObject({ key: DEFAULT_TERMS });
  });

  test("go with a mode, which the release before does not say, a public id that follows from its own, and a name that does not travel", async () => {
    const { api, after, id, keyId } = await enrolled();
    const issued = await api.issueKey({ commandId: "t", fingerprint: "t", operator: id, hash: "11ff", sealedReply: new Uint8Array([1]), mode: "test", name: "Tills" });
    const [, test] = await after(2);
    expect(await after(2)).toMatchObject([
      { key: { id: keyId, mode: "live", publicId: publicIdOf({ id: keyId, mode: "live", operator: id }) } }, { key: { mode: "test", publicId: expect.stringMatching(`^pk_test_${id}_[a-z0-9]{12}$`) } },
    ]);
    expect(JSON.stringify(test)).not.toContain("Tills");
    expect(await api.findKey(id, issued.ok ? issued.keyId : "")).toMatchObject({ mode: "test", state: "active" });
    expect([await api.findKey("nobody", keyId), await api.findKey(id, "none")]).toEqual([null, null]);
    const { keys } = await api.projection(0, 10);
    expect(keys.toSorted((one, other) => one.mode.localeCompare(other.mode))).toMatchObject([{ mode: "live", name: null }, { mode: "test", name: "Tills" }]);
  });

  test("stay when the key is revoked", async () => {
    const { api, after, id, keyId } = await enrolled(terms);
    await api.revokeKey({ operator: id, keyId });
    expect(await after(3)).toMatchObject([{ key: { state: "revoked", ...terms } }]);
  });
});

describe("an epoch", () => {
  test("is followed by another, read through its grace, and retired after it by the clock", async () => {
    const { api, after, goTo, id, rows } = await enrolled();
    const answer = await api.rotateEpoch(rotate(id));
    const current = { operator: id, epoch: 1, pairKeyId: "1", rootEpoch: 0, state: "current", until: null };
    expect(answer).toEqual({ ok: true, epoch: current });
    const grace = { ...current, epoch: 0, state: "grace", until: START + 90 * DAY };
    expect(await after(3)).toMatchObject([{ type: "epoch", epoch: grace }, { type: "epoch", epoch: current }]);
    expect(await api.keyHolder(HASH)).toMatchObject({ epoch: { epoch: 1 } });
    await goTo(START + 90 * DAY - 1);
    expect(await after(5)).toEqual([]);
    await goTo(START + 90 * DAY);
    expect(await after(5)).toMatchObject([{ type: "epoch", epoch: { ...grace, state: "retired" } }]);
    expect(await api.epochsOf(id)).toMatchObject([{ epoch: 0, state: "retired" }, { epoch: 1, state: "current" }]);
    expect((await rows("select action, channel from audit order by position")).slice(2)).toEqual([
      { action: "operator.epoch-rotated", channel: "api" }, { action: "operator.epoch-retired", channel: "clock" },
    ]);
  });

  test("moves once for a repeated command, and each is retired in its own time", async () => {
    const { api, after, goTo, id } = await enrolled();
    const first = await api.rotateEpoch(rotate(id));
    expect(await api.rotateEpoch(rotate(id))).toEqual(first);
    expect(await api.rotateEpoch(rotate(id, "r", "2"))).toEqual({ ok: false, refusal: "command-reused" });
    await api.setNow(START + DAY);
    expect(await api.rotateEpoch(rotate(id, "r2", "2"))).toMatchObject({ epoch: { epoch: 2, pairKeyId: "2" } });
    await goTo(START + 90 * DAY);
    expect((await after(7)).map((row) => row.type === "epoch" && row.epoch.epoch)).toEqual([0]);
    await goTo(START + 91 * DAY);
    expect((await after(7)).map((row) => row.type === "epoch" && row.epoch.epoch)).toEqual([0, 1]);
  });

  test("of an operator nobody knows is refused", async () => {
    const { api } = await enrolled();
    expect(await api.rotateEpoch(rotate("nobody"))).toEqual({ ok: false, refusal: "operator-unknown" });
    expect(await api.epochsOf("nobody")).toEqual([]);
  });
});

describe("a key in the place of another", () => {
  const terms: KeyTerms = { scopes: ["checks"], expiresAt: START + 9 * DAY, networks: ["192.0.2.0/24"], perSecond: 7, perDay: 70 };
  const rotation = (operator: string, keyId: string, overlapMs: number, more: { commandId?: string; fingerprint?: string; expiresAt?: number | null } = {}) =>
    ({ commandId: "turn", fingerprint: "turn", operator, keyId, hash: "22ff", sealedReply: new Uint8Array([2]), overlapMs, ...more });

  test("has its terms; both hold until the overlap is over, and each has its entry in the audit", async () => {
    const { api, after, id, keyId, rows } = await enrolled(terms);
    const answer = await api.rotateKey(rotation(id, keyId, DAY));
    expect(answer).toEqual({ ok: true, keyId: expect.any(String), sealedReply: new Uint8Array([2]) });
    expect(await after(3)).toMatchObject([{ key: { hash: "22ff", mode: "live", state: "active", ...terms } }, { key: { id: keyId, state: "active", ...terms, expiresAt: START + DAY } }]);
    await api.setNow(START + DAY - 1);
    expect([await api.keyHolder(HASH), await api.keyHolder("22ff")]).toMatchObject([{ key: { state: "active" } }, { key: terms }]);
    await api.setNow(START + DAY);
    expect([await api.keyHolder(HASH), await api.keyHolder("22ff")]).toMatchObject([null, { key: terms }]);
    expect((await rows("select action, resource from audit order by position")).slice(2)).toEqual([
      { action: "operator.key-issued", resource: answer.ok && answer.keyId }, { action: "operator.key-rotated", resource: keyId },
    ]);
  });

  test("is the same for a repeated command, and none for one that says something else", async () => {
    const { api, after, id, keyId } = await enrolled(terms);
    const first = await api.rotateKey(rotation(id, keyId, 0));
    const again = { ...rotation(id, keyId, 0), hash: "33ff", sealedReply: new Uint8Array([3]) };
    expect(await api.rotateKey(again)).toEqual(first);
    expect(await api.rotateKey({ ...again, fingerprint: "other" })).toEqual({ ok: false, refusal: "command-reused" });
    expect([(await after(3)).length, await api.keyHolder("33ff")]).toEqual([2, null]);
  });

  test("takes it at once where nothing overlaps, and never lets it hold longer than it did", async () => {
    const { api, after, id, keyId } = await enrolled(terms);
    await api.rotateKey(rotation(id, keyId, 30 * DAY, { expiresAt: null }));
    expect(await after(3)).toMatchObject([{ key: { expiresAt: null } }, { key: { id: keyId, expiresAt: terms.expiresAt } }]);
    await api.rotateKey({ ...rotation(id, keyId, 0, { commandId: "two" }), hash: "44ff" });
    expect(await after(5)).toMatchObject([{ key: { hash: "44ff" } }, { key: { id: keyId, state: "revoked" } }]);
    expect(await api.keyHolder(HASH)).toBeNull();
  });

  test("is refused for one that has ended, another's, and none", async () => {
    const { api, id, keyId } = await enrolled(terms);
    expect(await api.rotateKey(rotation("nobody", keyId, 0))).toEqual({ ok: false, refusal: "key-unknown" });
    expect(await api.rotateKey(rotation(id, "none", 0))).toEqual({ ok: false, refusal: "key-unknown" });
    await api.setNow(terms.expiresAt!);
    expect(await api.rotateKey(rotation(id, keyId, DAY))).toEqual({ ok: false, refusal: "key-ended" });
  });
});

describe("an epoch that is left because it was compromised", () => {
  const compromised = (operator: string, commandId: string) => ({ ...rotate(operator, commandId), reason: "compromised" as const });

  test("is read for the shorter time, and so are those before it", async () => {
    const { api, goTo, id } = await enrolled();
    await api.rotateEpoch(rotate(id));
    await api.rotateEpoch(compromised(id, "r2"));
    const until = START + 7 * DAY;
    expect(await api.epochsOf(id)).toMatchObject([{ state: "grace", until }, { state: "grace", until }, { state: "current", until: null }]);
    await goTo(until);
    expect((await api.epochsOf(id)).map(({ state }) => state)).toEqual(["retired", "retired", "current"]);
  });

  test("is read no longer than it would have been", async () => {
    const { api, id } = await enrolled();
    await api.rotateEpoch(rotate(id));
    await api.setNow(START + 88 * DAY);
    await api.rotateEpoch(compromised(id, "r2"));
    expect(await api.epochsOf(id)).toMatchObject([{ until: START + 90 * DAY }, { until: START + 95 * DAY }, {}]);
  });
});

describe("a token", () => {
  const p = new Uint8Array(16).fill(5);
  const actor = { kind: "operator" as const, id: "op", origin: null };
  const token = (operator: string, epoch: number, generation: number, act: ActOnToken = "deactivated") =>
    ({ operator, act, epoch, generation, p, reason: act === "compromised" ? ("leaked" as const) : null, actor });

  test("retired by itself leaves one row in the log, however often it is said, and its person the next generation", async () => {
    const { api, after, id, rows } = await enrolled();
    for (const [generation, kept] of [[1, true], [0, false], [1, false]] as const) expect(await api.actOnToken(token(id, 0, generation))).toEqual({ ok: true, kept });
    const generation = { operator: id, p: "05".repeat(16), epoch: 0, least: 2 };
    expect(await after(3)).toMatchObject([{ type: "generation", generation }]);
    expect(await api.keyHolder(HASH)).toMatchObject({ generations: [generation] });
    expect((await api.tokensOf(id)).generations).toEqual([generation]);
    await api.rotateEpoch(rotate(id));
    await api.actOnToken(token(id, 1, 0));
    expect(await rows("select epoch, least from tokenGenerations")).toEqual([{ epoch: 1, least: 1 }]);
  });

  test("rotated by two at once is rotated once", async () => {
    const { api, id, rows } = await enrolled();
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.actOnToken(token(id, 0, 0, "rotated"))));
    expect(answers.filter((answer) => answer.ok && answer.kept).length).toBe(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await rows("select least from tokenGenerations")).toEqual([{ least: 1 }]);
    expect(await rows("select act from tokenActs")).toEqual([{ act: "rotated" }]);
  });

  test("has a history, in the order it was done, with its operator's epochs; one that nothing was done to has no row", async () => {
    const { api, id, rows, goTo } = await enrolled();
    await api.actOnToken(token(id, 0, 0, "rotated"));
    await api.actOnToken(token(id, 0, 1, "compromised"));
    await api.setNow(START + HOUR);
    await api.actOnToken(token(id, 0, 0, "compromised"));
    await api.rotateEpoch(rotate(id));
    await goTo(START + HOUR + 90 * DAY);
    const { acts, epochs } = await api.tokenHistory(id, p);
    expect(acts.map(({ at, act, generation, leastGeneration, reason, actor }) => [at, act, generation, leastGeneration, reason, actor])).toEqual([
      [START, "rotated", 0, 1, null, actor], [START, "compromised", 1, 2, "leaked", actor], [START + HOUR, "compromised", 0, 2, "leaked", actor],
    ]);
    expect(epochs).toEqual([
      { at: START, event: "epoch-began", epoch: 0 }, { at: START + HOUR, event: "epoch-began", epoch: 1 }, { at: START + HOUR + 90 * DAY, event: "epoch-retired", epoch: 0 },
    ]);
    expect((await api.tokenHistory(id, new Uint8Array(16))).acts).toEqual([]);
    expect((await api.tokenHistory("other", p))).toEqual({ acts: [], epochs: [] });
    expect(await rows("select distinct p from tokenActs")).toEqual([{ p: "05".repeat(16) }]);
    expect((await rows("select action from audit order by position")).slice(2).map(({ action }) => action)).toEqual([
      "operator.token-rotated", "operator.token-compromised", "operator.token-compromised", "operator.epoch-rotated", "operator.epoch-retired",
    ]);
  });

  test("is not retired singly beyond ten thousand persons of epochs that are read; one of these again, and a new epoch, are", async () => {
    const { api, id, rows } = await enrolled();
    await api.actOnToken(token(id, 0, 0, "rotated"));
    await rows(`with recursive n(n) as (select 1 union all select n + 1 from n where n < 9999)
      insert into tokenGenerations select '${id}', printf('%032x', n), 0, 1 from n`);
    const another = { ...token(id, 0, 0), p: new Uint8Array(16).fill(6) };
    expect(await api.actOnToken(another)).toEqual({ ok: false, refusal: "too-many-retired" });
    expect(await api.actOnToken(token(id, 0, 1, "rotated"))).toEqual({ ok: true, kept: true });
    await rows(`update operatorEpochs set state = 'retired'`);
    await rows(`insert into operatorEpochs values ('${id}', 1, '1', 0, 'current', null)`);
    expect(await api.actOnToken({ ...another, epoch: 1 })).toEqual({ ok: true, kept: true });
  });

  test("of the last generation, of an epoch that is over, or of nobody, is refused", async () => {
    const { api, after, id, goTo } = await enrolled();
    expect(await api.actOnToken(token(id, 0, 31))).toEqual({ ok: false, refusal: "generations-exhausted" });
    expect(await api.actOnToken(token("nobody", 0, 0))).toEqual({ ok: false, refusal: "operator-unknown" });
    expect(await after(3)).toEqual([]);
    await api.rotateEpoch(rotate(id));
    await goTo(START + 90 * DAY);
    for (const act of ["rotated", "compromised", "deactivated"] as const) {
      expect(await api.actOnToken(token(id, 0, 0, act))).toEqual({ ok: false, refusal: "token-retired" });
    }
  });
});

describe("the pairwise key", () => {
  const actor = { kind: "user" as const, id: "u1", origin: null };
  const move = (commandId: string, pairKeyId: string, reason: RotationReason = "scheduled", after: string | null = null) =>
    ({ commandId, fingerprint: pairKeyId, pairKeyId, reason, actor, after });
  const enrol = async (api: Awaited<ReturnType<typeof enrolled>>["api"], name: string) => {
    const answer = await api.enrolOperator({ commandId: name, fingerprint: name, name, requiredKinds: [] });
    return answer.ok ? answer.operator.id : "";
  };

  test("moves every operator's epoch once, and is what new operators begin with", async () => {
    const { api, id, rows } = await enrolled();
    const other = await enrol(api, "Other");
    await api.rotateEpoch(rotate(other, "r", "2"));
    expect(await api.pairKeys()).toEqual({ newest: "1", uses: [{ pairKeyId: "1", current: 1, grace: 1 }, { pairKeyId: "2", current: 1, grace: 0 }] });
    const answer = { ok: true, moved: 1, already: 1, left: [], next: null };
    for (let n = 0; n < 2; n++) expect(await api.rotatePairKey(move("m", "2"))).toEqual(answer);
    expect(await api.epochsOf(id)).toMatchObject([{ state: "grace", until: START + 90 * DAY }, { epoch: 1, pairKeyId: "2", state: "current" }]);
    expect(await api.epochsOf(await enrol(api, "Late"))).toMatchObject([{ epoch: 0, pairKeyId: "2" }]);
    expect(await api.pairKeys()).toMatchObject({ newest: "2" });
    expect(await rows("select action, resource, actor from audit where action = 'pair-key.rotated'")).toEqual([
      { action: "pair-key.rotated", resource: "2", actor: JSON.stringify(actor) },
    ]);
    expect(await api.rotatePairKey({ ...move("m", "3"), fingerprint: "3" })).toEqual({ ok: false, refusal: "command-reused" });
  });

  test("is not moved back by a repetition that comes late", async () => {
    const { api, id } = await enrolled();
    await api.rotatePairKey(move("m", "2"));
    await api.rotatePairKey(move("m3", "3"));
    await api.rotatePairKey(move("m", "2"));
    expect((await api.epochsOf(id)).map(({ pairKeyId }) => pairKeyId)).toEqual(["1", "2", "3"]);
    expect((await api.pairKeys()).newest).toBe("3");
  });

  test("that leaked leaves what is sealed with it no longer than the shorter time, of operators that moved before as well", async () => {
    const { api, id } = await enrolled();
    const other = await enrol(api, "Other");
    await api.rotateEpoch(rotate(other, "r", "2"));
    await api.rotatePairKey(move("m", "2", "compromised"));
    for (const operator of [id, other]) expect((await api.epochsOf(operator))[0]).toMatchObject({ state: "grace", until: START + 7 * DAY });
  });

  test("that leaked is left later by who has no number for another epoch, whose old ones are read no longer either", async () => {
    const { api, id, goTo } = await enrolled();
    for (let n = 0; n < 31; n++) await api.rotateEpoch(rotate(id, `r${n}`));
    expect(await api.rotatePairKey(move("m", "2", "compromised"))).toMatchObject({ left: [id] });
    await api.setNow(START + DAY);
    expect(await api.rotatePairKey(move("m", "2", "compromised"))).toMatchObject({ left: [id] });
    expect(new Set((await api.epochsOf(id)).map(({ until }) => until))).toEqual(new Set([START + 7 * DAY, null]));
    await goTo(START + 7 * DAY);
    expect(await api.rotatePairKey(move("m2", "2", "compromised"))).toMatchObject({ moved: 1, left: [] });
  });

  test("goes through more operators than one step takes, and on where it was cut short; who cannot move is named", async () => {
    const { api, id } = await enrolled();
    for (let n = 0; n < 104; n++) await enrol(api, `Operator ${n}`);
    for (let n = 0; n < 31; n++) await api.rotateEpoch(rotate(id, `r${n}`));
    const first = await api.rotatePairKey(move("m", "2"));
    if (!first.ok) throw new Error(first.refusal);
    expect(first.next).not.toBeNull();
    expect(await api.rotatePairKey(move("m", "2"))).toEqual(first);
    const second = await api.rotatePairKey(move("m", "2", "scheduled", first.next));
    if (!second.ok) throw new Error(second.refusal);
    expect([first.moved + second.moved, [...first.left, ...second.left], second.next]).toEqual([104, [id], null]);
    expect((await api.pairKeys()).uses).toMatchObject([{ pairKeyId: "1", current: 1 }, { pairKeyId: "2", current: 104 }]);
  });
});

describe("an allowance", () => {
  test("travels once in the log, and is what the key's quota says", async () => {
    const { api, after, keyId } = await enrolled();
    const allowance = { keyId, perSecond: 0.25, until: START + HOUR };
    expect(await api.quotasOf([keyId, "none"])).toEqual([{ keyId, perSecond: 100, perDay: 100_000, allowance: null }]);
    for (let n = 0; n < 2; n++) expect(await api.setAllowance(allowance)).toEqual({ ok: true });
    expect(await after(3)).toMatchObject([{ type: "allowance", allowance }]);
    expect(await api.quotasOf([keyId])).toMatchObject([{ allowance }]);
    await api.setAllowance({ ...allowance, perSecond: 0 });
    expect((await after(4)).length).toBe(1);
  });

  test("of a key that is not in force is refused, and it has no quota", async () => {
    const { api, id, keyId } = await enrolled();
    await api.revokeKey({ operator: id, keyId });
    expect(await api.setAllowance({ keyId, perSecond: 0, until: START })).toEqual({ ok: false, refusal: "key-unknown" });
    expect(await api.quotasOf([keyId])).toEqual([]);
  });

  test("leaves the log with the exclusions it was among, and retired tokens do not", async () => {
    const { api, goTo, id, keyId, rows } = await enrolled();
    await api.setAllowance({ keyId, perSecond: 0, until: START + HOUR });
    await api.actOnToken(deactivation(id, 0));
    await api.announce({ hash: "a", sequence: 5 });
    await goTo(START + 31 * DAY);
    expect((await rows("select type from changes order by seq")).map(({ type }) => type)).toEqual(["operator", "epoch", "key", "generation", "manifest"]);
    const page = await api.copy(null);
    const directory = new Directory({ generations: page.directory.flatMap((row) => (row.type === "generation" ? [row.generation] : [])) });
    expect(directory.generations.least((await api.epochsOf(id))[0]!, new Uint8Array(16))).toBe(1);
  });
});

test("every question the directory asks its tables is answered by an index", async () => {
  const { rows } = await enrolled();
  const questions = [
    "select * from operatorKeys where hash = 'x'",
    "select * from operatorKeys where id = 'x' and state = 'active'",
    "select * from operatorEpochs where operator = 'x' order by epoch",
    "select * from operatorEpochs where state = 'grace' and until <= 5 order by until",
    "select until from operatorEpochs where state = 'grace' order by until limit 1",
    "select * from tokenGenerations where operator = 'x'",
    "select * from tokenGenerations where operator = 'x' and p = 'y'",
    "select * from keyAllowances where keyId = 'x'",
  ];
  for (const question of questions) {
    const plan = (await rows<{ detail: string }>(`explain query plan ${question}`)).map(({ detail }) => detail).join("; ");
    expect(plan, question).toMatch(/^(SEARCH|SCAN operatorEpochs USING (COVERING )?INDEX epochs_to_retire)/);
    expect(plan, question).not.toContain("TEMP B-TREE");
  }
});

describe("the audit", () => {
  test("names who gave each command, and nobody for the release before", async () => {
    const { api, id, keyId, rows } = await enrolled();
    const actor = { kind: "user" as const, id: "u1", origin: { network: "192.0.2.0/24", agent: "curl", country: "KE", county: "047" } };
    await api.enrolOperator({ commandId: "e2", fingerprint: "f", name: "Other Ltd", requiredKinds: [], actor });
    await api.issueKey({ commandId: "k2", fingerprint: "g", operator: id, hash: "11ff", sealedReply: new Uint8Array([9]), actor });
    await api.rotateEpoch({ ...rotate(id), actor });
    await api.actOnToken({ ...deactivation(id, 1), actor });
    await api.revokeKey({ operator: id, keyId, actor });
    const entries = await rows("select action, actor from audit order by position");
    expect(entries.slice(0, 2).map(({ actor }) => actor)).toEqual([null, null]);
    expect(entries.slice(2).map(({ action }) => action)).toEqual([
      "operator.enrolled", "operator.key-issued", "operator.epoch-rotated", "operator.token-deactivated", "operator.key-revoked",
    ]);
    for (const entry of entries.slice(2)) expect(JSON.parse(entry.actor as string)).toEqual(actor);
  });
});

describe("what an operator's licence says", () => {
  const word = (operator: string, revision: number, licensedUntil: number | null, state: "active" | "suspended" = "active") =>
    ({ commandId: `l${revision}`, operator, state, licensedUntil, requiredKinds: ["msisdn" as const], revision });

  test("reaches replicas and the audit once, and ends by the clock alone; its keys go on", async () => {
    const { api, after, id, rows } = await enrolled();
    expect(await api.keyHolder(HASH)).toMatchObject({ mayTakeNewCustomers: true, operator: { licensedUntil: null } });
    for (let said = 0; said < 2; said += 1) expect(await api.setLicence(word(id, 1, START + HOUR))).toEqual({ ok: true });
    expect(await after(3)).toMatchObject([{ type: "operator", operator: { id, state: "active", licensedUntil: START + HOUR, requiredKinds: ["msisdn"] } }]);
    expect(await rows("select commandId from audit where action = 'operator.licence-set'")).toEqual([{ commandId: "l1" }]);
    expect(await api.keyHolder(HASH)).toMatchObject({ mayTakeNewCustomers: true });
    await api.setNow(START + HOUR);
    expect(await api.keyHolder(HASH)).toMatchObject({ mayTakeNewCustomers: false, operator: { id } });
  });

  test("that came late does not undo the newer one", async () => {
    const { api, after, id } = await enrolled();
    await api.setLicence(word(id, 3, null, "suspended"));
    expect(await api.setLicence(word(id, 2, START + HOUR))).toEqual({ ok: true });
    expect(await after(4)).toEqual([]);
    expect(await api.keyHolder(HASH)).toMatchObject({ mayTakeNewCustomers: false, operator: { state: "suspended" } });
    await api.setLicence(word(id, 4, START + HOUR));
    expect(await api.keyHolder(HASH)).toMatchObject({ mayTakeNewCustomers: true });
  });

  test("of an operator nobody knows is refused", async () => {
    const { api } = await enrolled();
    expect(await api.setLicence(word("nobody", 1, null))).toEqual({ ok: false, refusal: "operator-unknown" });
  });
});
