import { sha256 } from "@noble/hashes/sha2.js";
import type { Kind } from "../bst/kinds.ts";
import { toHex, utf8 } from "../kernel/bytes.ts";
import type { Instant } from "../kernel/clock.ts";
import { Generations, type GenerationRow } from "./generations.ts";
import { type Network, networkOf } from "./networks.ts";
import { publicIdOf } from "./public-id.ts";
import type { KeyMode, KeyTerms } from "./terms.ts";

/** An operator as the edge needs to know it. */
export interface OperatorRow {
  /** Lower-case letters and digits; part of the operator's keys and of its tokens' associated data. */
  id: string;
  state: "active" | "suspended";
  /** The kinds every check at registration, login, deposit and bet must carry. */
  requiredKinds: Kind[];
}

/** A key by the SHA-256 of its whole text, lower-case hexadecimal. */
export interface KeyRow extends KeyTerms {
  id: string;
  /** What it is called where others read along; it proves nothing. */
  publicId: string;
  hash: string;
  operator: string;
  mode: KeyMode;
  state: "active" | "revoked";
}

/** A key as it travels, which may be from before there were test keys, when each was live. */
export type OlderKeyRow = Omit<KeyRow, "mode" | "publicId"> & Partial<Pick<KeyRow, "mode" | "publicId">>;

export function wholeKey(row: OlderKeyRow): KeyRow {
  const named = { ...row, mode: row.mode ?? "live" };
  return { ...named, publicId: row.publicId ?? publicIdOf(named) };
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

/** What is left of a key's day: this pace, instead of the key's own, until then. */
export interface Allowance {
  keyId: string;
  /** Checks a second; 0 for none at all. */
  perSecond: number;
  until: Instant;
}

export interface DirectoryRows {
  operators: OperatorRow[];
  keys: OlderKeyRow[];
  epochs: EpochRow[];
  generations: GenerationRow[];
  allowances: Allowance[];
}

const NOTHING: DirectoryRows = { operators: [], keys: [], epochs: [], generations: [], allowances: [] };

/** An active key and its active operator, with all that a request under it asks for, prepared when their rows came. */
export interface Holder {
  ok: true;
  key: KeyRow;
  operator: OperatorRow;
  networks: readonly Network[];
  allowance: Allowance | null;
}

/** A caller's key: the operator it names and its mode, readable before any directory is there, and its hash. */
export interface PresentedKey {
  operator: string;
  mode: KeyMode;
  hash: string;
}

/** A token names its epoch mod 32; a number is not used again while an older epoch of that number is in grace. */
const EPOCHS = 32;

const KEY = /^sk_(live|test)_([a-z0-9]{4,32})_[A-Za-z0-9_-]{16,128}$/;

/** Reads `Authorization: Bearer sk_live_<operator>_<secret>`, or `sk_test_`; null when it is not such a key. */
export function readKey(authorization: string | null): PresentedKey | null {
  if (!authorization?.startsWith("Bearer ")) return null;
  const text = authorization.slice("Bearer ".length);
  const [, mode, operator] = KEY.exec(text) ?? [];
  return operator ? { operator, mode: mode as KeyMode, hash: toHex(sha256(utf8(text))) } : null;
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
  /** By hash. */
  readonly #keys = new Map<string, KeyRow>();
  readonly #holders = new Map<string, Holder>();
  readonly #allowances = new Map<string, Allowance>();
  /** By operator, then by the epoch's number mod 32. */
  readonly #epochs = new Map<string, EpochRow[]>();
  readonly generations = new Generations();

  /** Of what is left out there is nothing. */
  constructor(some: Partial<DirectoryRows> = {}) {
    const rows = { ...NOTHING, ...some };
    rows.operators.forEach((operator) => this.putOperator(operator));
    rows.allowances.forEach((allowance) => this.putAllowance(allowance));
    rows.keys.forEach((key) => this.putKey(key));
    rows.epochs.forEach((epoch) => this.putEpoch(epoch));
    rows.generations.forEach((generation) => this.generations.put(generation));
  }

  putOperator(operator: OperatorRow): void {
    this.#operators.set(operator.id, operator);
    for (const key of this.#keys.values()) if (key.operator === operator.id) this.#prepare(key);
  }

  putKey(row: OlderKeyRow): void {
    const key = wholeKey(row);
    this.#keys.set(key.hash, key);
    this.#prepare(key);
  }

  putAllowance(allowance: Allowance): void {
    this.#allowances.set(allowance.keyId, allowance);
    for (const key of this.#keys.values()) if (key.id === allowance.keyId) this.#prepare(key);
  }

  /** A retired epoch may come after the one that took its number. */
  putEpoch(epoch: EpochRow): void {
    const epochs = this.#epochs.get(epoch.operator) ?? [];
    const known = epochs[epoch.epoch % EPOCHS];
    if (!known || known.epoch <= epoch.epoch) epochs[epoch.epoch % EPOCHS] = epoch;
    this.#epochs.set(epoch.operator, epochs);
  }

  #prepare(key: KeyRow): void {
    const operator = this.#operators.get(key.operator);
    if (key.state !== "active" || operator?.state !== "active") {
      this.#holders.delete(key.hash);
      return;
    }
    const networks = key.networks.map(networkOf);
    this.#holders.set(key.hash, { ok: true, key, operator, networks, allowance: this.#allowances.get(key.id) ?? null });
  }

  /** Who holds this key; null unless it is of the mode it says, it and the operator it names are active, and it has not expired at `now`. */
  holder({ operator, mode, hash }: PresentedKey, now: Instant): Holder | null {
    const holder = this.#holders.get(hash);
    if (holder?.operator.id !== operator || holder.key.mode !== mode) return null;
    const { expiresAt } = holder.key;
    return expiresAt === null || now < expiresAt ? holder : null;
  }

  /** The row of a key, whether it holds or not. */
  key({ hash }: PresentedKey): KeyRow | null {
    return this.#keys.get(hash) ?? null;
  }

  /** An operator's epoch by its number, in full or mod 32 as a token names it; null when there is none. */
  epoch(operator: string, epoch: number): EpochRow | null {
    return this.#epochs.get(operator)?.[epoch % EPOCHS] ?? null;
  }

  /** The epoch an operator's new tokens are sealed in; null when there is none. */
  currentEpoch(operator: string): EpochRow | null {
    return this.#epochs.get(operator)?.find((epoch) => epoch?.state === "current") ?? null;
  }
}
