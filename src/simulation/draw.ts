/** Everything a simulated run leaves to chance, drawn from its seed: the same seed and name, the same numbers. */
export class Draw {
  readonly #name: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(name: string) {
    this.#name = name;
    this.#a = mix(`${name}/a`);
    this.#b = mix(`${name}/b`);
    this.#c = mix(`${name}/c`);
    for (let round = 0; round < 12; round++) this.#word();
  }

  /** Numbers of its own for one purpose, so that drawing more for another does not move them. */
  fork(purpose: string): Draw {
    return new Draw(`${this.#name}/${purpose}`);
  }

  /** From 0 up to 1. */
  unit = (): number => this.#word() / 0x1_0000_0000;

  chance = (probability: number): boolean => probability > 0 && this.unit() < probability;

  between = (low: number, high: number): number => low + (high - low) * this.unit();

  /** A whole number from `low` to `high`, both possible. */
  whole = (low: number, high: number): number => low + Math.floor(this.unit() * (high - low + 1));

  /** Waiting for something that happens once in `mean` on average. */
  exponential = (mean: number): number => -mean * Math.log(1 - this.unit());

  pick = <T>(list: readonly T[]): T => list[Math.floor(this.unit() * list.length)]!;

  bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => this.#word() & 0xff);

  /** sfc32, by Chris Doty-Humphrey. */
  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }
}

/** FNV-1a, 32 bits. */
export function mix(text: string, from = 0x811c9dc5): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
