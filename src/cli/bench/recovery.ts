/** How long a destroyed Register takes to be restored, and then to answer at the edge. */
import { Keyring } from "../../bst/keyring.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { formatToken } from "../../bst/text.ts";
import type { RecoveryStatus } from "../../domains/exclusions/recovery/rpc.ts";
import { parseRecoveryKeys } from "../../objects/recovery/seal.ts";
import { OperatorServer } from "../doors.ts";
import { recoveryStatus, restoreRegister } from "../restoration.ts";
import { drawSecrets, type Secrets } from "../secrets.ts";
import { startSystem } from "../system.ts";
import { KEY, OPERATOR, pseudonym, writeCopy } from "./recovery-copy.ts";
import { count, type Length, type Report } from "./report.ts";

export interface RecoveryFigures {
  exclusions: number;
  /** Rows of all tables. */
  rows: number;
  /** From the first step to a register in order, and from there to the first `clear` at the edge, ms. */
  restoreMs: number;
  answeringMs: number;
}

/** So many of the excluded are asked about at the edge, and as many of nobody. */
const SAMPLE = 50;
const TARGET_MS = 15 * 60_000;

/** `npm run bench -- recovery` */
export async function recovery(length: Length): Promise<Report> {
  const figures = await measureRecovery({ short: 1_000, full: 1_000_000 }[length], (line) => console.log(`  ${line}`));
  const { exclusions, rows, restoreMs, answeringMs } = figures;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  return {
    title: "A destroyed Register restored",
    method:
      `A sealed copy of ${count(exclusions)} exclusions (${count(rows)} rows of all tables) is written into the bucket as a Register would have it, ` +
      "under an object without storage; then it is restored by the administrator's door. " +
      `Afterwards ${SAMPLE} of the excluded are excluded at the edge, and ${SAMPLE} others are not.`,
    head: ["what", "figure"],
    rows: [
      ["first step → register in order", seconds(restoreMs)],
      ["from there → first `clear` at the edge, every Replica having copied the set", seconds(answeringMs)],
    ],
    notes: ["The bucket is this machine's. Over a network each object costs some tens of milliseconds more, four to thirty-two at once."],
    faults: restoreMs > TARGET_MS ? [`restoring took ${seconds(restoreMs)}, more than ${seconds(TARGET_MS)}`] : [],
    figures: { recovery: figures },
  };
}

/** Restores a Register of so many exclusions. Throws unless a sample of them is excluded at the edge afterwards, and nobody else. */
export async function measureRecovery(exclusions: number, progress: (line: string) => void = () => {}): Promise<RecoveryFigures> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets });
  try {
    const rows = await writeCopy(await system.recoveryBucket(), exclusions, parseRecoveryKeys(secrets.register.RECOVERY_KEYS!));
    progress(`${rows} rows are in the bucket`);
    const url = await system.direct("origin");
    const restoreMs = await timed(() => restore(url, secrets, progress));
    const server = new OperatorServer(url, KEY, await system.direct("edge"));
    const token = tokensOf(secrets);
    const answeringMs = await timed(async () => {
      while ((await server.check(token(exclusions))).word !== "clear");
    });
    await checkSample(server, token, exclusions);
    return { exclusions, rows, restoreMs, answeringMs };
  } finally {
    await system.stop();
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return Math.round(performance.now() - startedAt);
}

async function restore(url: string, { origin }: Secrets, progress: (line: string) => void): Promise<void> {
  const restoreToken = origin.RESTORE_TOKEN!;
  const { state } = await recoveryStatus(url, restoreToken);
  if (state !== "destroyed") throw new Error(`the register is ${state}`);
  const tell = ({ progress: at }: RecoveryStatus): void => {
    if (at) progress(`${at.doing} ${at.done}${at.of ? ` of ${at.of}` : ""}`);
  };
  await restoreRegister({ url, restoreToken, order: { without: [], acceptEnd: null }, progress: tell });
}

/** The operator's token of the nth person's phone. */
function tokensOf({ edge }: Secrets): (n: number) => string {
  const sealer = new Keyring(parsePairKeys(edge.PAIR_KEYS!)).sealer("1", { operator: OPERATOR, epoch: 0, kind: "msisdn", generation: 0 });
  return (n) => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(pseudonym(n, "phone")) });
}

async function checkSample(server: OperatorServer, token: (n: number) => string, exclusions: number): Promise<void> {
  for (let at = 0; at < SAMPLE; at++) {
    const [excluded, nobody] = [Math.floor((at * exclusions) / SAMPLE), exclusions + at];
    const words = [(await server.check(token(excluded))).word, (await server.check(token(nobody))).word];
    if (words.join() !== "excluded,clear") throw new Error(`persons ${excluded} and ${nobody} are ${words.join(" and ")}`);
  }
}
