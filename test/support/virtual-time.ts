/** Time that passes only when the test says so: who waits goes on in the order of its hour. */
export class VirtualTime {
  now: number;
  #waiting: { at: number; go: () => void }[] = [];

  constructor(now: number) {
    this.now = now;
  }

  readonly clock = (): number => this.now;

  readonly wait = (ms: number): Promise<void> => new Promise((go) => this.#waiting.push({ at: this.now + ms, go }));

  /** Lets `ms` pass, and everything happen that happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.now = next.at;
      next.go();
      await settled();
    }
    this.now = end;
  }

  #next = (end: number) => this.#waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
}

/** Everything that can go on without time has gone on, hashing on other threads included. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await crypto.subtle.digest("SHA-256", new Uint8Array());
    await new Promise(setImmediate);
  }
}
