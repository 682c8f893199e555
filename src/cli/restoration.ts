/** Restoring a register through its administrator's door: steps until it is in order, and what came of it in words. */
import type { RecoveryStatus, RestoreOrder, RestoreReport } from "../domains/exclusions/recovery/rpc.ts";

export interface RestorationDoor {
  url: string;
  restoreToken: string;
  order: RestoreOrder;
  /** Told of each step. */
  progress?: (status: RecoveryStatus) => void;
}

const TRIES = 3;
const PAUSE_MS = 1_000;

/** Takes steps until the register is in order; one that failed is tried three times. Throws what stops it, in the register's words. */
export async function restoreRegister({ url, restoreToken, order, progress }: RestorationDoor): Promise<RestoreReport | null> {
  for (let failures = 0; ; ) {
    const status = await call(`${url}/v1/recovery/steps`, restoreToken, order);
    progress?.(status);
    if (status.state === "in-order") return status.report;
    failures = status.stopped ? failures + 1 : 0;
    if (failures === TRIES) throw new Error(status.stopped!);
    if (failures > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

export const recoveryStatus = (url: string, restoreToken: string): Promise<RecoveryStatus> => call(`${url}/v1/recovery`, restoreToken);

async function call(url: string, restoreToken: string, body?: object): Promise<RecoveryStatus> {
  const headers = { "authorization": `Bearer ${restoreToken}`, "content-type": "application/json" };
  const response = await fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as RecoveryStatus;
}

/** `12, 14–17` */
const ranges = (numbers: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
};

/** What was lost, and what somebody has to do about it. */
export function reportLines(report: RestoreReport): string[] {
  const { copy, segment, sealedAt, seq, strays, brokenCopies, merged, replicas, without, salvaged, directory, gaps } = report;
  const from = copy ? `the copy of segment ${copy}` : "from the beginning";
  const gone = gaps.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
  return [
    `Read ${from} to segment ${segment} (${new Date(sealedAt).toISOString()}): rows up to ${seq} are whole.`,
    ...(brokenCopies.length ? [`Copies that could not be read: ${brokenCopies.join(", ")}.`] : []),
    ...(strays ? [`Segments that could not be read or did not follow: ${strays}.`] : []),
    ...replicas.map(({ name, seq: last }) => `Replica ${name}: ${last === null ? "held nothing of this log" : `rows up to ${last}`}.`),
    ...(without.length ? [`Not asked: ${without.join(", ")}. What only they held is lost.`] : []),
    ...(merged.length ? [`Taken on while rows were lost, and merged: ${merged.join(", ")}.`] : []),
    ...(directory.length ? [`Directory rows put in force again, without operators' names: ${ranges(directory)}.`] : []),
    ...(salvaged.length ? [`LOST, excluded by pseudonym until an officer completes them: rows ${ranges(salvaged)}.`] : []),
    ...(gone.length ? [`LOST, held by nobody: rows ${ranges(gone)}.`] : []),
    ...(salvaged.length + gone.length === 0 ? ["No row up to the last one known is lost."] : []),
    `The log ${report.logId} has begun.`,
  ];
}
