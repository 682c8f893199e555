import type { Instant, Random } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { logHead } from "../log/store.ts";
import type { RootRotation, RootsApi, RotateRoot } from "./rpc.ts";
import { allRotations, BEGINNING, insertRotation, newestRotation, type Rotation } from "./store.ts";

/** The task that carries a rotation on. */
export const ROOTS_TASK = "roots";

type Begun = Awaited<ReturnType<RootsApi["rotateRoot"]>>;

/** The operators' epochs, which are another slice's. */
export interface Epochs {
  /** Until when tokens of roots older than this one are read: null when none is, infinite while new ones are sealed. */
  olderReadUntil(database: Transaction, rootEpoch: number): Instant | null;
  /** How many operators' new tokens still hold an older root. */
  olderCurrent(database: Transaction, rootEpoch: number): number;
  /** Begins an epoch of this root for each of them; answers the operators that have no number left for one. */
  move(transaction: Transaction, rootEpoch: number, now: Instant, random: Random): { moved: number; exhausted: string[] };
  /** Forgets which single tokens were retired among those of older roots. */
  forgetGenerations(transaction: Transaction, rootEpoch: number): void;
}

/** Begins the move to the newest root the tokenizer holds; nothing is moved yet. */
export function rotateRoot(
  database: ObjectDatabase, { commandId, fingerprint, actor }: RotateRoot, newest: number, epochs: Epochs, now: Instant, random: Random,
): Begun {
  return database.transaction((transaction) =>
    once(transaction, { id: commandId, fingerprint: `rotateRoot ${fingerprint}` }, now, (): Begun => {
      const { state, to: from } = newestRotation(transaction);
      if (state !== "done") return { ok: false, refusal: "rotation-on" };
      if (newest <= from) return { ok: false, refusal: "no-newer-root" };
      if (epochs.olderReadUntil(transaction, from) !== null) return { ok: false, refusal: "older-epochs" };
      const instants = { begunAt: now, overlappingAt: null, retiringAt: null, rekeyedAt: null, doneAt: null };
      insertRotation(transaction, { from, to: newest, state: "advancing", cursor: BEGINNING, passed: 0, ...instants });
      setDue(transaction, ROOTS_TASK, now);
      const payload = { from, to: newest, sequence: logHead(transaction).seq };
      const entry = { action: "root.rotation-begun", resource: resourceOf(newest), channel: "api", commandId, payload, actor };
      recordAudit(transaction, entry, now, random);
      return { ok: true, from, to: newest };
    }),
  );
}

/** Something was done to a token: until that one's pair is there, the new token does not show it. */
export function hasten(database: Transaction, now: Instant): void {
  if (newestRotation(database).state === "overlapping") setDue(database, ROOTS_TASK, now);
}

export const resourceOf = (to: number): string => `root ${to}`;

export const rotations = (database: Transaction, epochs: Epochs): RootRotation[] =>
  allRotations(database).map((rotation) => {
    const { from, to, state, begunAt, overlappingAt, retiringAt, doneAt, passed } = rotation;
    const operatorsLeft = state === "done" ? 0 : epochs.olderCurrent(database, to);
    return { from, to, state, begunAt, overlappingAt, retiringAt, doneAt, advanced: passed, left: left(rotation), operatorsLeft };
  });

/** Pseudonyms are spread evenly, so where the pages are says how many are after them: counting them would hold up registrations. */
function left({ state, cursor, passed, rekeyedAt }: Rotation): number | null {
  if (state === "overlapping" || state === "done" || rekeyedAt !== null) return 0;
  if (cursor.length === 0) return null;
  const share = (new DataView(cursor.buffer, cursor.byteOffset).getUint32(0) + 1) / 2 ** 32;
  return Math.round(passed / share - passed);
}
