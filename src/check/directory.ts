import { sha256 } from "@noble/hashes/sha2.js";
import type { Kind } from "../bst/kinds.ts";
import { toHex, utf8 } from "../kernel/bytes.ts";
import type { Instant } from "../kernel/clock.ts";

/** An operator as the edge needs to know it. */
export interface OperatorRow {
  /** Lower-case letters and digits; part of the operator's keys and of its tokens' associated data. */
  id: string;
  state: "active" | "suspended";
  /** The kinds every check at registration, login, deposit and bet must carry. */
  requiredKinds: Kind[];
}

/** A key by the SHA-256 of its whole text, lower-case hexadecimal. */
export interface KeyRow {
  id: string;
  hash: string;
  operator: string;
  state: "active" | "revoked";
}

/** Which keys an operator's tokens of one epoch are sealed with, and which root pseudonym they hold. */
export interface EpochRow {
  operator: string;
  epoch: number;
  pairKeyId: string;
  rootEpoch: number;
  /** `current` is sealed with; `grace` is still read until `until`; `retired` is refused. */
  state: "current" | "grace" | "retired";
  until: Instant | null;
}

export interface DirectoryRows {
  operators: OperatorRow[];
  keys: KeyRow[];
  epochs: EpochRow[];
}

/** A caller's key: the operator it names, readable before any directory is there, and its hash. */
export interface PresentedKey {
  operator: string;
  hash: string;
}

/** A token names its epoch mod 32; a number is not used again while an older epoch of that number is in grace. */
const EPOCHS = 32;

const KEY = /^sk_live_([a-z0-9]{4,32})_[A-Za-z0-9_-]{16,128}$/;

/** Reads `Authorization: Bearer sk_live_<operator>_<secret>`; null when it is not such a key. */
export function readKey(authorization: string | null): PresentedKey | null {
  if (!authorization?.startsWith("Bearer ")) return null;
  const text = authorization.slice("Bearer ".length);
  const operator = KEY.exec(text)?.[1];
  return operator ? { operator, hash: toHex(sha256(utf8(text))) } : null;
}

/** How many headers are remembered; an isolate serves few operators, each with a key or two. */
const REMEMBERED = 256;

/** Reads keys, and hashes one that comes with every request only once. */
export class KeyReader {
  readonly #known = new Map<string, PresentedKey>();

  read(authorization: string | null): PresentedKey | null {
    const known = authorization && this.#known.get(authorization);
    if (known) return known;
    const key = readKey(authorization);
    if (!key) return null;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(authorization!, key);
    return key;
  }
}

/** Who may ask and how their tokens are sealed, in memory. What it does not know, it refuses. */
export class Directory {
  readonly #operators = new Map<string, OperatorRow>();
  readonly #keys = new Map<string, KeyRow>();
  /** By operator, then by the epoch's number mod 32. */
  readonly #epochs = new Map<string, EpochRow[]>();

  constructor(rows: DirectoryRows = { operators: [], keys: [], epochs: [] }) {
    rows.operators.forEach((operator) => this.putOperator(operator));
    rows.keys.forEach((key) => this.putKey(key));
    rows.epochs.forEach((epoch) => this.putEpoch(epoch));
  }

  putOperator(operator: OperatorRow): void {
    this.#operators.set(operator.id, operator);
  }

  putKey(key: KeyRow): void {
    this.#keys.set(key.hash, key);
  }

  putEpoch(epoch: EpochRow): void {
    const epochs = this.#epochs.get(epoch.operator) ?? [];
    epochs[epoch.epoch % EPOCHS] = epoch;
    this.#epochs.set(epoch.operator, epochs);
  }

  /** The active operator that holds this active key; null otherwise. */
  holder({ operator, hash }: PresentedKey): OperatorRow | null {
    const key = this.#keys.get(hash);
    if (key?.state !== "active" || key.operator !== operator) return null;
    const holder = this.#operators.get(operator);
    return holder?.state === "active" ? holder : null;
  }

  /** The row of a key, whether it holds or not. */
  key({ hash }: PresentedKey): KeyRow | null {
    return this.#keys.get(hash) ?? null;
  }

  /** An operator's epoch by its number, in full or mod 32 as a token names it; null when there is none. */
  epoch(operator: string, epoch: number): EpochRow | null {
    return this.#epochs.get(operator)?.[epoch % EPOCHS] ?? null;
  }
}
