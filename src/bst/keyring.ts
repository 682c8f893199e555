import { type PairKeys, prepareSealer, type SealContext, type Sealer } from "./seal.ts";

/** How many sealers are kept; each holds about 1 kB. */
const CAPACITY = 4_096;

/** The pairwise keys with their sealers, each prepared once while it is in use. */
export class Keyring {
  private readonly pairKeys: PairKeys;
  private readonly capacity: number;
  private readonly sealers = new Map<string, Sealer>();

  constructor(pairKeys: PairKeys, capacity = CAPACITY) {
    this.pairKeys = pairKeys;
    this.capacity = capacity;
  }

  get pairKeyIds(): string[] {
    return [...this.pairKeys.keys()];
  }

  holds(pairKeyId: string): boolean {
    return this.pairKeys.has(pairKeyId);
  }

  /** Throws when there is no such pair key: the directory names one this Worker was not given. */
  sealer(pairKeyId: string, context: SealContext): Sealer {
    const name = `${pairKeyId}\n${context.operator}\n${context.epoch}\n${context.kind}\n${context.generation}`;
    const known = this.sealers.get(name);
    if (known) return known;
    const pairKey = this.pairKeys.get(pairKeyId);
    if (!pairKey) throw new Error(`no pair key "${pairKeyId}"`);
    return this.keep(name, prepareSealer(pairKey, context));
  }

  /** The oldest makes room: a busy one is soon prepared again, and nobody's odd tokens can fill the memory. */
  private keep(name: string, sealer: Sealer): Sealer {
    if (this.sealers.size >= this.capacity) this.sealers.delete(this.sealers.keys().next().value!);
    this.sealers.set(name, sealer);
    return sealer;
  }
}
