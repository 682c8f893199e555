import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy } from "../../../office/columns.ts";
import { commit, type CommitRefusal, type Statement } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { placeOf } from "../accounts/accounts.ts";
import { replaceDataKey, wrappedKeysAfter } from "../accounts/store.ts";
import type { PersonApi } from "../rpc.ts";
import { type Rewrap, rewrapKey } from "./rewrap.ts";
import { BEGINNING, NOTHING_COUNTED, type Position, positionAfter, readPosition, tallied, usesOf, writePosition } from "./rules.ts";
import { insertPass, lastPass, movePass, type StoredPass } from "./store.ts";

/** Each vault is a call, and the platform allows an invocation 1,000. */
const RECORDS_A_STEP = 100;

export interface RewrapParts {
  office: Office;
  envelope: Envelope;
  /** Everybody who may have a vault, by id. */
  personsAfter: (after: string, limit: number) => Promise<string[]>;
  vaultOf: (personId: string) => Pick<PersonApi, "rewrap">;
  clock: Clock;
  random: Random;
  /** Hears why a record's data key could not be re-wrapped. */
  report: (error: unknown) => void;
}

export interface Step {
  /** Records come by: those below, and people whose vault has no key. */
  done: number;
  rewrapped: number;
  already: number;
  failed: number;
  /** Where the pass goes on; null when it went through. */
  next: string | null;
}

/**
 * Takes the next step of the pass under the current key-encryption key, and begins one where none is under way. A record
 * whose key cannot be unwrapped stays as it is, counted and reported. Repeatable: what was re-wrapped is not touched again.
 * Throws when the office or a vault does not answer: the pass then stands where it stood.
 */
export async function rewrapStep(parts: RewrapParts, actor: Actor): Promise<Result<Step, CommitRefusal>> {
  const last = await lastPass(parts.office);
  const pass = last?.next != null && last.keyId === parts.envelope.current ? last : await begin(parts, actor);
  const position = readPosition(pass.next!);
  const { ids, found, rows } = await (position.records === "users" ? rewrapUsers(parts, position) : rewrapVaults(parts, position));
  for (const { reason } of found) if (reason) parts.report(new Error(reason));
  const following = positionAfter(position, ids, RECORDS_A_STEP);
  return move(parts, actor, pass, rows, { position, following, done: ids.length, found });
}

async function begin({ office, envelope, clock, random }: RewrapParts, actor: Actor): Promise<StoredPass> {
  const now = clock();
  const pass = { ...createdBy(actor, now, random), keyId: envelope.current, next: BEGINNING, tally: NOTHING_COUNTED, finishedAt: null };
  const audit = { action: "rewrap.begun", resource: `rewrap/${pass.id}`, payload: { keyId: pass.keyId } };
  await commit(office, { actor, rows: [insertPass(office.primary, pass)], audit, answer: {} }, { now, random });
  return pass;
}

interface Worked {
  ids: string[];
  found: Rewrap[];
  rows: Statement[];
}

async function rewrapUsers({ office, envelope }: RewrapParts, { after }: Position): Promise<Worked> {
  const users = await wrappedKeysAfter(office, after, RECORDS_A_STEP);
  const found = users.map(({ id, dataKey }) => ({ id, read: dataKey!, ...rewrapKey(envelope, dataKey!, placeOf("dataKey", id)) }));
  const rows = found.flatMap(({ id, read, wrapped }) => (wrapped ? [replaceDataKey(office.primary, id, read, wrapped)] : []));
  return { ids: users.map(({ id }) => id), found, rows };
}

async function rewrapVaults({ personsAfter, vaultOf }: RewrapParts, { after }: Position): Promise<Worked> {
  const ids = await personsAfter(after, RECORDS_A_STEP);
  const answers = await Promise.all(ids.map((id) => vaultOf(id).rewrap()));
  return { ids, found: answers.filter((answer) => answer !== null), rows: [] };
}

async function move(
  { office, clock, random }: RewrapParts, actor: Actor, pass: StoredPass, rows: Statement[],
  { position, following, done, found }: { position: Position; following: Position | null; done: number; found: Rewrap[] },
): Promise<Result<Step, CommitRefusal>> {
  const now = clock();
  const count = (outcome: Rewrap["outcome"]): number => found.filter((each) => each.outcome === outcome).length;
  const next = following && writePosition(following);
  const step = { done, rewrapped: count("rewrapped"), already: count("already"), failed: count("failed"), next };
  const tally = tallied(pass.tally, position.records, found.map(({ keyId }) => keyId));
  const moved = movePass(office.primary, pass, { next, tally, finishedAt: next === null ? now : null }, actor, now);
  const audit = { action: "rewrap.continued", resource: `rewrap/${pass.id}`, payload: { ...step } };
  const committed = await commit(office, { actor, rows: [{ exactlyOne: moved }, ...rows], audit, answer: step }, { now, random });
  return committed.ok ? { ok: true, ...committed.answer } : committed;
}

/** Which key-encryption keys are there or needed, and the pass that says so; null before any. */
export async function keysInUse({ office, envelope }: Pick<RewrapParts, "office" | "envelope">) {
  const pass = (await lastPass(office)) ?? null;
  return { current: envelope.current, keys: usesOf(envelope, pass), pass };
}
