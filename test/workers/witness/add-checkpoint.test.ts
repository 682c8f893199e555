import { describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { formatNote, parseNote } from "../../../src/tlog/note.ts";
import { logSigner, sign } from "../../../src/tlog/sign.ts";
import { formatAddCheckpoint, openCosignatures } from "../../../src/tlog/witness.ts";
import { ORIGIN, seed, signed, type TestLog, testLog } from "../../support/test-log.ts";
import { START } from "./doubles.ts";
import { aWitness } from "./support.ts";

const log = await testLog();
const forked = await testLog({ forkedAt: 4 });

/** Whether the witness had seen the log grow so far, one checkpoint after the other. */
async function witnessOf(...sizes: number[]) {
  const witness = await aWitness([log.signer.key]);
  for (const [at, size] of sizes.entries()) expect((await witness.post(await log.request(sizes[at - 1] ?? 0, size))).status).toBe(200);
  return witness;
}

/** The time of the one cosignature, which is right. */
async function timeOf(note: string, answer: Response, witness: Awaited<ReturnType<typeof aWitness>>): Promise<bigint> {
  const opened = await openCosignatures(note.slice(0, note.lastIndexOf("\n\n") + 1), await answer.text(), [witness.key]);
  if (!opened.ok) throw new Error(opened.refusal);
  expect(opened.verified).toHaveLength(1);
  return opened.verified[0]!.time!;
}

const said = async (response: Response) => [response.status, response.headers.get("content-type"), await response.text()];
const TEXT = "text/plain; charset=utf-8";
const SIZE = "text/x.tlog.size";

describe("a checkpoint", () => {
  it("is cosigned when it is the first, and when it continues the one before", async () => {
    const witness = await aWitness([log.signer.key]);
    for (const [from, to] of [[0, 3], [3, 4], [4, 37]] as const) {
      const answer = await witness.post(await log.request(from, to));
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, TEXT]);
      expect(await timeOf(await log.checkpoint(to), answer, witness)).toBe(BigInt(START / SECOND));
    }
  });

  it("is cosigned again when it is asked for again, also under other lines below the root", async () => {
    const witness = await witnessOf(5);
    await witness.setNow(ORIGIN, START + 5 * SECOND);
    const again = await log.checkpoint(5, ["another line"]);
    expect(await timeOf(again, await witness.post(formatAddCheckpoint(5n, [], again)), witness)).toBe(BigInt(START / SECOND + 5));
  });

  it("is never cosigned with an earlier time than the one before, though the clock be set back and the machine another", async () => {
    const witness = await witnessOf(5);
    await witness.setNow(ORIGIN, START + 60 * SECOND);
    await witness.post(await log.request(5, 6));
    await witness.setNow(ORIGIN, START - 60 * SECOND);
    const later = BigInt(START / SECOND + 60);
    expect(await timeOf(await log.checkpoint(7), await witness.post(await log.request(6, 7)), witness)).toBe(later);
    await witness.restart(ORIGIN);
    expect(await timeOf(await log.checkpoint(7), await witness.post(await log.request(7, 7)), witness)).toBe(later);
  });

  it("of a log that is not known, is not looked at", async () => {
    const witness = await witnessOf();
    const other = await testLog({ origin: "log.test/other" });
    expect(await said(await witness.post(await other.request(0, 1)))).toEqual([404, TEXT, "not a log that is known here\n"]);
  });

  it.each<[string, (log: TestLog) => Promise<string>]>([
    ["another key of the same name", async () => signed((await testLog({ key: 2 })).signer, { origin: ORIGIN, size: 1n, root: log.root(1), extensions: [] })],
    ["the key of another log", async () => signed(await logSigner("log.test/other", seed(1)), { origin: ORIGIN, size: 1n, root: log.root(1), extensions: [] })],
    ["nobody: its root was changed", async () => (await log.checkpoint(1)).replace(/\n[\w+/=]{44}\n/, `\n${"A".repeat(43)}=\n`)],
  ])("signed by %s, is refused", async (_, make) => {
    const witness = await witnessOf();
    expect((await witness.post(formatAddCheckpoint(0n, [], await make(log)))).status).toBe(403);
    expect((await witness.post(await log.request(0, 1))).status).toBe(200);
  });

  it("may have signatures of others besides", async () => {
    const witness = await witnessOf();
    const parsed = parseNote(await log.checkpoint(2));
    if (!parsed.ok) throw new Error(parsed.refusal);
    const others = await Promise.all([2, 3].map(async (byte) => sign(parsed.note.text, await logSigner("other.test/x", seed(byte)))));
    const note = formatNote({ text: parsed.note.text, signatures: [others[0]!, ...parsed.note.signatures, others[1]!] });
    expect((await witness.post(formatAddCheckpoint(0n, [], note))).status).toBe(200);
    // Nobody vouched for them: of the note only what its log signed is kept.
    const other = await testLog({ forkedAt: 1 });
    expect((await witness.post(await other.request(2, 2))).status).toBe(409);
    expect(await witness.forks()).toMatchObject([{ cosigned: await log.checkpoint(2), refused: await other.checkpoint(2) }]);
  });

  it("may be signed by either of a log's two keys, while it changes them", async () => {
    const newer = await testLog({ key: 2 });
    const witness = await aWitness([log.signer.key, newer.signer.key]);
    expect((await witness.post(await log.request(0, 3))).status).toBe(200);
    expect((await witness.post(await newer.request(3, 5))).status).toBe(200);
  });
});

describe("a log that does not grow on from what was cosigned", () => {
  it.each([0, 3, 6])("because it says %d was, hears what it was", async (from) => {
    const witness = await witnessOf(5);
    expect(await said(await witness.post(await log.request(from, 9)))).toEqual([409, SIZE, "5\n"]);
    expect((await witness.post(await log.request(5, 9))).status).toBe(200);
  });

  it("because it was rolled back, hears the same, however it asks", async () => {
    const witness = await witnessOf(5, 9);
    expect(await said(await witness.post(await log.request(5, 7)))).toEqual([409, SIZE, "9\n"]);
    expect(await said(await witness.post(await log.request(7, 7)))).toEqual([409, SIZE, "9\n"]);
    expect(await witness.forks()).toEqual([]);
  });

  it("because the old size is beyond the new, is refused", async () => {
    const witness = await witnessOf(5);
    expect((await witness.post(formatAddCheckpoint(5n, [], await log.checkpoint(4)))).status).toBe(400);
  });

  it.each<[string, (proof: Uint8Array[]) => Uint8Array[]]>([
    ["nothing", () => []],
    ["a hash too few", (proof) => proof.slice(1)],
    ["a hash too many", (proof) => [...proof, proof[0]!]],
    ["another order", (proof) => proof.toReversed()],
    ["a hash that is wrong", ([first, ...rest]) => [first!.map((byte) => byte ^ 1), ...rest]],
    ["the proof of a fork", () => forked.proof(5, 9)],
  ])("because its proof is %s, is refused, and nothing is kept of it", async (_, spoil) => {
    const witness = await witnessOf(5);
    const body = formatAddCheckpoint(5n, spoil(log.proof(5, 9)), await log.checkpoint(9));
    expect((await witness.post(body)).status).toBe(422);
    expect((await witness.post(await log.request(5, 6))).status).toBe(200);
  });

  it("because it proves something of nothing, is refused", async () => {
    const witness = await witnessOf();
    expect((await witness.post(formatAddCheckpoint(0n, log.proof(5, 9), await log.checkpoint(9)))).status).toBe(422);
  });

  it("because it became another, is refused at any size", async () => {
    const witness = await witnessOf(5);
    expect((await witness.post(await forked.request(5, 9))).status).toBe(422);
    expect((await witness.post(await forked.request(3, 9))).status).toBe(409);
    expect((await witness.post(await log.request(5, 9))).status).toBe(200);
  });

  it("because it signs another tree of the same size, is refused and remembered for good, with both its signatures", async () => {
    const witness = await witnessOf(3, 5);
    for (const from of [5, 3, 5]) expect(await said(await witness.post(await forked.request(from, 5)))).toEqual([409, SIZE, "5\n"]);
    await witness.restart(ORIGIN);
    expect((await witness.post(await log.request(5, 9))).status).toBe(200);
    expect(await witness.forks()).toEqual([{ at: "2100-01-01T00:00:00.000Z", cosigned: await log.checkpoint(5), refused: await forked.checkpoint(5) }]);
  });

  it("is said so loudly, each kind of fault once a minute", async () => {
    const witness = await witnessOf(5);
    const [unproven, fork] = ["a log's tree is not shown to continue the one before", "a log signed two trees of one size"];
    for (const [from, to] of [[5, 9], [5, 5], [5, 9], [5, 5], [3, 9], [9, 9]] as const) await witness.post(await forked.request(from, to));
    expect(await witness.messages(ORIGIN)).toEqual([unproven, fork]);
    await witness.setNow(ORIGIN, START + MINUTE);
    await witness.post(await forked.request(5, 5));
    expect(await witness.messages(ORIGIN)).toEqual([unproven, fork, fork]);
  });

  it("because it forks on and on, is remembered a hundred times and fills no storage", async () => {
    const witness = await witnessOf(5);
    for (let at = 0; at < 102; at++) {
      const note = await signed(log.signer, { origin: ORIGIN, size: 5n, root: new Uint8Array(32).fill(at), extensions: [] });
      expect((await witness.post(formatAddCheckpoint(5n, [], note))).status).toBe(409);
    }
    expect(await witness.forks()).toHaveLength(100);
  });

  it("because its empty tree has a root that no empty tree has, is refused", async () => {
    const witness = await witnessOf();
    const note = await signed(log.signer, { origin: ORIGIN, size: 0n, root: log.root(1), extensions: [] });
    expect(await said(await witness.post(formatAddCheckpoint(0n, [], note)))).toEqual([409, SIZE, "0\n"]);
    expect((await witness.post(await log.request(0, 0))).status).toBe(200);
  });

  it("is told of trees that no number counts exactly", async () => {
    const witness = await witnessOf();
    const note = await signed(log.signer, { origin: ORIGIN, size: 9_007_199_254_740_993n, root: log.root(1), extensions: [] });
    expect((await witness.post(formatAddCheckpoint(0n, [], note))).status).toBe(200);
    expect(await said(await witness.post(await log.request(0, 9)))).toEqual([409, SIZE, "9007199254740993\n"]);
  });
});

describe("two requests at once", () => {
  it("are one after the other: the tree never shrinks", async () => {
    const witness = await witnessOf(5);
    const bodies = await Promise.all([9, 7, 30, 6, 12].map((to) => log.request(5, to)));
    const answers = await Promise.all(bodies.map((body) => witness.post(body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    const first = [9, 7, 30, 6, 12][answers.findIndex(({ status }) => status === 200)]!;
    for (const answer of answers.filter(({ status }) => status === 409)) expect(await answer.text()).toBe(`${first}\n`);
  });
});

describe("a write that fails", () => {
  it("cosigns nothing, and the same request is good afterwards", async () => {
    let fails = true;
    const witness = await aWitness([log.signer.key], (memory) => ({
      forks: () => memory.forks(),
      keep: async (request) => {
        if (fails) throw new Error("disk");
        return memory.keep(request);
      },
    }));
    expect(await said(await witness.post(await log.request(0, 5)))).toEqual([503, TEXT, "nothing was cosigned, come again\n"]);
    expect(witness.failures).toEqual([new Error("disk")]);
    fails = false;
    expect((await witness.post(await log.request(0, 5))).status).toBe(200);
  });

  it("but happened, is told of when it is asked again, and then cosigned", async () => {
    let fails = true;
    const witness = await aWitness([log.signer.key], (memory) => ({
      forks: () => memory.forks(),
      keep: async (request) => {
        const kept = await memory.keep(request);
        if (fails) throw new Error("connection lost");
        return kept;
      },
    }));
    expect((await witness.post(await log.request(0, 5))).status).toBe(503);
    fails = false;
    expect(await said(await witness.post(await log.request(0, 5)))).toEqual([409, SIZE, "5\n"]);
    expect((await witness.post(await log.request(5, 5))).status).toBe(200);
  });
});
