import { setTimeout } from "node:timers/promises";
import { verifyLog } from "../../audit/verify/log.ts";
import type { ListedEntry } from "../../audit/verify/system.ts";
import { count, megabytes, type Report } from "../bench/report.ts";
import { type Alone, filesIn, readingFrom, startAlone } from "./alone.ts";
import { type Appended, appendMany, appendPaced, type Provable, writeBare } from "./append.ts";
import { flipBits } from "./flips.ts";
import { killAgainAndAgain, type Killed } from "./kills.ts";

export interface Amounts {
  entries: number;
  flips: number;
  kills: number;
}

type Progress = (what: string, done: number, of: number) => void;

/** Bits are flipped in a log of so many: three bundles, the last of them partial. */
const FLIPPED_LOG = 600;
/** Each written before the log's own, for a baseline. */
const BARE = 20_000;
/** Entries a second that the log has to sustain, and for how many batches: one for so many entries of the whole run. */
const PACE = 1_000;
const PACED_BATCHES = { most: 240, each: 4_000 };
const PUBLISHED_WITHIN_MS = 60_000;

interface Written extends Appended {
  barePerSecond: number;
  provableAtPace: Provable;
  verifySeconds: number;
  faults: string[];
}

interface Flipped {
  files: number;
  unseen: string[];
}

export async function proveLog({ entries, flips, kills }: Amounts, progress: Progress): Promise<Report> {
  const written = entries > 0 ? await write(entries, progress) : null;
  const flipped = flips > 0 ? await flip(flips, progress) : null;
  const killed = kills > 0 ? await killAgainAndAgain(kills, (done) => progress("kills", done, kills)) : null;
  return {
    title: "The audit log",
    method: "Entries are sent to the AuditLog object in workerd by eight callers in batches of 256; then everything is read back from its bucket and verified as `npm run audit:verify` does.",
    head: ["what", "figure", "beside it"],
    rows: [...(written ? rowsOf(written) : []), ...(flipped ? [flippedRow(flips, flipped)] : []), ...(killed ? [killedRow(kills, killed)] : [])],
    notes: [],
    faults: [...(written?.faults ?? []), ...(flipped?.unseen ?? []).map((path) => `a flipped bit in ${path} was not seen`), ...(killed ? killedFaults(killed) : [])],
    figures: { written: written && { ...written, acknowledged: written.acknowledged.length }, flipped, killed },
  };
}

async function withLog<Answer>(act: (alone: Alone) => Promise<Answer>): Promise<Answer> {
  const alone = await startAlone();
  try {
    return await act(alone);
  } finally {
    await alone.stop();
  }
}

const write = (entries: number, progress: Progress): Promise<Written> =>
  withLog(async (alone) => {
    const barePerSecond = await writeBare(alone, Math.min(entries, BARE));
    const paced = await appendPaced(alone, PACE, Math.min(PACED_BATCHES.most, Math.ceil(entries / PACED_BATCHES.each)));
    const appended = await appendMany(alone, entries, (done) => progress("appended", done, entries));
    await untilPublished(alone);
    const began = performance.now();
    const faults = await verify(alone, [...paced.acknowledged, ...appended.acknowledged]);
    return { ...appended, provableAtPace: paced.provable, barePerSecond, faults, verifySeconds: (performance.now() - began) / 1_000 };
  });

/** The log is whole, and has every acknowledged entry in its place and nothing else. */
async function verify({ bucket, policy }: Alone, acknowledged: readonly ListedEntry[]): Promise<string[]> {
  const listed = async function* () {
    yield* acknowledged;
  };
  const doubts = await verifyLog({ read: readingFrom(bucket), policy, listed, now: Date.now(), say: () => {} });
  return doubts.map(({ where, what }) => `${where}: ${what}`);
}

const flip = (flips: number, progress: Progress): Promise<Flipped> =>
  withLog(async (alone) => {
    await appendMany(alone, FLIPPED_LOG, () => {});
    await untilPublished(alone);
    const files = await filesIn(alone.bucket);
    const unseen = await flipBits(files, BigInt(FLIPPED_LOG), alone.policy, flips, (done) => progress("flips", done, flips));
    return { files: files.size, unseen };
  });

async function untilPublished({ log }: Alone): Promise<void> {
  const deadline = Date.now() + PUBLISHED_WITHIN_MS;
  for (;;) {
    const { size, published, halted } = await log.status();
    if (published === size) return;
    if (halted || Date.now() > deadline) throw new Error(`of ${size} entries ${published} are published: ${halted ?? "it takes too long"}`);
    await setTimeout(50);
  }
}

const provableRow = (what: string, { median, p99, samples }: Provable): string[] =>
  [what, `median ${count(median)} ms, p99 ${count(p99)} ms`, `${samples} proofs, each verified`];

function rowsOf({ acknowledged, perSecond, barePerSecond, provable, provableAtPace, sizes, verifySeconds }: Written): string[][] {
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  return [
    ["appended", `${count(perSecond)} entries/s`, `${count(acknowledged.length)} entries; as bare rows of an object ${count(barePerSecond)}/s: ÷ ${(perSecond / barePerSecond).toFixed(2)}`],
    provableRow(`provable after the call, at ${count(PACE)} entries/s`, provableAtPace),
    provableRow("the same, as fast as the log takes them", provable),
    ["the object's database", `${megabytes(first.bytes)} MB at ${count(first.entries)} entries`, `${megabytes(last.bytes)} MB at ${count(last.entries)}`],
    ["verified", `${verifySeconds.toFixed(1)} s`, "every entry and tile, and each acknowledged place"],
  ];
}

const flippedRow = (flips: number, { files, unseen }: Flipped): string[] =>
  ["bits flipped", `${count(flips - unseen.length)} of ${count(flips)} seen`, `in ${files} stored files of a log of ${FLIPPED_LOG} entries`];

const killedRow = (kills: number, { acknowledged, wrong }: Killed): string[] =>
  ["killed", `${kills} times`, `${count(acknowledged.length)} receipts shown, ${wrong.length} without exactly one leaf`];

const killedFaults = ({ wrong, doubts }: Killed): string[] => [
  ...wrong.map((reference) => `${reference} has not exactly one leaf`), ...doubts.map(({ where, what }) => `${where}: ${what}`),
];
