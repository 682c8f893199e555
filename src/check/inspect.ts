import type { Change, FirstAnswer, LiveShard, LogHead, ReplicaPoll } from "./feed.ts";
import { STALENESS_BOUND_MS } from "./lease.ts";
import { readNetwork } from "./networks.ts";
import { KEY_MODES } from "./terms.ts";

/**
 * The isolate's door. Whatever says it is a Replica is believed about the log only, and only in the shapes of the log:
 * anything else throws, and whoever asked turns to the next. A kind of row not known here throws too, because to pass
 * over one could be to pass over what forbids a `clear`.
 */

/** The last instant a Date can hold. */
const MAX_INSTANT = 8.64e15;

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new TypeError(`a Replica's answer cannot be: ${what}`);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isState = (value: unknown, ...states: string[]): boolean => states.includes(value as string);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isInstant = (value: unknown): boolean => isCount(value) && value <= MAX_INSTANT;

const isOperator = (value: unknown): boolean =>
  isObject(value) && isText(value.id) && isState(value.state, "active", "suspended") && Array.isArray(value.requiredKinds) && value.requiredKinds.every(isText);
const isList = (value: unknown, isOne: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(isOne);
const isPace = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;
const isKey = (value: unknown): boolean =>
  isObject(value) && isText(value.id) && isText(value.hash) && isText(value.operator) && isState(value.state, "active", "revoked")
  && isList(value.scopes, isText) && (value.expiresAt === null || isInstant(value.expiresAt))
  && isList(value.networks, (network) => isText(network) && readNetwork(network) !== null)
  && isPace(value.perSecond) && isPace(value.perDay)
  // Keys from before there were test keys say neither.
  && isState(value.mode ?? "live", ...KEY_MODES) && isText(value.publicId ?? "none");
const isEpoch = (value: unknown): boolean =>
  isObject(value) && isText(value.operator) && isCount(value.epoch) && isText(value.pairKeyId) && isCount(value.rootEpoch)
  && isState(value.state, "current", "grace", "retired") && (value.until === null || isInstant(value.until));
const isGeneration = (value: unknown): boolean =>
  isObject(value) && isText(value.operator) && isText(value.p) && /^[0-9a-f]{32}$/.test(value.p) && isCount(value.epoch) && isCount(value.least);
const isAllowance = (value: unknown): boolean =>
  isObject(value) && isText(value.keyId) && isPace(value.perSecond) && isInstant(value.until);
const isManifest = (value: unknown): boolean => isObject(value) && isText(value.hash) && isCount(value.sequence);
const isMember = ({ rootEpoch, p }: Record<string, unknown>): boolean =>
  isCount(rootEpoch) && p instanceof Uint8Array && p.length === 16;

const BODY: Record<Change["type"], (row: Record<string, unknown>) => boolean> = {
  excluded: isMember,
  released: isMember,
  operator: (row) => isOperator(row.operator),
  key: (row) => isKey(row.key),
  epoch: (row) => isEpoch(row.epoch),
  generation: (row) => isGeneration(row.generation),
  allowance: (row) => isAllowance(row.allowance),
  manifest: (row) => isManifest(row.manifest),
};

const isRow = (row: unknown): boolean =>
  isObject(row) && isCount(row.seq) && isInstant(row.t) && Object.hasOwn(BODY, row.type as string) && BODY[row.type as Change["type"]](row);

function demandHead(answer: unknown): asserts answer is LogHead & { age: number } & Record<string, unknown> {
  demand(isObject(answer), "no object");
  demand(isText(answer.logId) && isCount(answer.seq) && isInstant(answer.t), "the log's head");
  demand(Number.isFinite(answer.age) && (answer.age as number) >= 0, "its age");
  demand((answer.age as number) <= STALENESS_BOUND_MS, "older than anything may rest on");
}

/**
 * A poll's answer to a holder of the rows up to `after`. Its rows have no gap among them and do not go beyond its head;
 * that they begin later than asked is for the holder to see, whose rows are then older than the log reaches back.
 */
export function readPoll(answer: unknown, after: number): ReplicaPoll {
  demandHead(answer);
  const { rows, seq, from } = answer;
  demand(Array.isArray(rows) && rows.every(isRow), "its rows");
  demand(rows.every((row, at) => row.seq === rows[0].seq + at), "a gap among its rows");
  demand(isCount(from), "where its rows begin");
  const none = seq <= after || from > after + 1;
  demand(rows.length > 0 ? rows[0].seq > after && rows.at(-1).seq <= seq : none, "rows that do not fit its head");
  return answer as unknown as ReplicaPoll;
}

/** The answer to a cold isolate that asked about so many pseudonyms. */
export function readFirst(answer: unknown, asked: number): FirstAnswer {
  demandHead(answer);
  const { directory, manifest, excluded } = answer;
  demand(isObject(directory), "its directory");
  demand(isList(directory.operators, isOperator), "its operators");
  demand(isList(directory.keys, isKey), "its keys");
  demand(isList(directory.epochs, isEpoch), "its epochs");
  demand(isList(directory.generations, isGeneration), "its generations");
  demand(isList(directory.allowances, isAllowance), "its allowances");
  demand(manifest === null || isManifest(manifest), "its manifest");
  demand(Array.isArray(excluded) && excluded.length === asked, "its verdicts");
  demand(excluded.every((said) => said === null || typeof said === "boolean"), "a verdict");
  return answer as unknown as FirstAnswer;
}

/** A Replica's own shard; null when it had no time. That the bytes are a shard, and which one, is for the set to see. */
export function readShard(answer: unknown): LiveShard | null {
  if (answer === null) return null;
  demandHead(answer);
  demand(answer.bytes instanceof Uint8Array, "a shard's bytes");
  return answer as unknown as LiveShard;
}
