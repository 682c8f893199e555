/** The compute of one check in process, without any network: what one core can answer. */
import { randomBytes } from "node:crypto";
import { Keyring } from "../../bst/keyring.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { Checker } from "../../check/checker.ts";
import { KeyReader } from "../../check/directory.ts";
import { Gate } from "../../check/gate.ts";
import { Keeper } from "../../check/keeper.ts";
import { Permits } from "../../check/permits.ts";
import { readQuestion } from "../../check/question.ts";
import { Tally } from "../../check/tally.ts";
import { parseManifestKeys, parseSigningKey } from "../../snapshot/signature.ts";
import { type Quartiles, quartiles } from "../quartiles.ts";
import { drawSecrets, type Secrets } from "../secrets.ts";
import { drawSet, type LargeSet } from "./large-set.ts";
import { AUTHORIZATION, bodyOf, tokens } from "./operator.ts";
import { StandInReplica } from "./stand-in-replica.ts";

const TOKENS = 10_000;
const ROUND_MS = 500;

/** Measures checks of `excluded` people and as many others, half and half, from a set of so many rows in memory; per second. */
export async function measureCompute(excluded: number, rounds: number): Promise<Quartiles> {
  const secrets = drawSecrets();
  return measureComputeOf(await drawSet(excluded, parseSigningKey(secrets.register.MANIFEST_KEY!)), secrets, rounds);
}

/** The same of a set that is there: from the header and the body's text to the answer's text. */
export async function measureComputeOf(set: LargeSet, { edge }: Secrets, rounds: number): Promise<Quartiles> {
  const tally = new Tally("bench");
  const checker = await warmChecker(set, edge, tally);
  const token = tokens(edge.PAIR_KEYS!);
  const bodies = Array.from({ length: TOKENS }, (_, n) =>
    bodyOf(token(n % 2 === 0 ? set.sample[Math.floor(Math.random() * set.sample.length)]! : new Uint8Array(randomBytes(16)))),
  );
  const keys = new KeyReader();
  const rates: number[] = [];
  for (let n = 0; n <= rounds; n++) rates.push(await round(keys, checker, tally, bodies));
  return quartiles(rates.slice(1), 0);
}

/**
 * Checks answered per second, from the header and the body's text to the answer's text, and their evidence made ready to
 * be sent. Each answer is verified.
 */
async function round(keys: KeyReader, checker: Checker, tally: Tally, bodies: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < ROUND_MS) {
    for (let at = 0; at < bodies.length; at++) {
      const asked = readQuestion(JSON.parse(bodies[at]!));
      const caller = { key: keys.read(AUTHORIZATION)!, address: null, scope: "checks" as const, checks: 1, chargedTo: null };
      const outcome = checker.fromMemory(caller, asked.ok ? asked.question : { tokens: [], purpose: "login" });
      const word = at % 2 === 0 ? "excluded" : "clear";
      if (!outcome?.ok || !JSON.stringify(outcome.answer).startsWith(`{"decision":"${word}"`)) throw new Error(`a wrong answer: ${JSON.stringify(outcome)}`);
    }
    tally.cut();
    tally.sent(tally.batches());
    done += bodies.length;
  }
  return (done / (performance.now() - startedAt)) * 1_000;
}

/** An isolate's checker with every shard in memory: without its budget, so that a large set is all measured. */
async function warmChecker(set: LargeSet, edge: Secrets["edge"], tally: Tally): Promise<Checker> {
  let now = Date.now();
  const replica = new StandInReplica(set, () => now);
  let loading = true;
  const keeper = new Keeper({
    feed: replica,
    homes: [{ name: "memory", read: (hash) => replica.blob(hash) }],
    manifestKeys: parseManifestKeys(edge.MANIFEST_PUBLIC_KEYS!),
    budgetBytes: Number.POSITIVE_INFINITY,
    clock: () => now,
    wait: async (ms) => {
      await (loading ? pause() : new Promise(() => undefined));
      now += ms;
    },
    report: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  void keeper.keepFresh();
  while (keeper.view.cold) await pause();
  while (set.sample.some((p) => keeper.view.set(0).has(p) === null)) {
    for (const p of set.sample) keeper.want(0, p);
    await pause();
  }
  loading = false;
  const keyring = new Keyring(parsePairKeys(edge.PAIR_KEYS!));
  const gate = new Gate(new Permits({ ask: async () => true, clock: () => now, failed: () => undefined }));
  return new Checker({ keyring, gate, keeper, clock: () => now, newId: () => crypto.randomUUID(), tally });
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
