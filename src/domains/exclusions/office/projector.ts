import { type Instant, MINUTE, SECOND } from "../../../kernel/clock.ts";
import { project, type ProjectionParts } from "./project.ts";

export interface ProjectorParts extends ProjectionParts {
  wait: (ms: number) => Promise<void>;
  /** Told at most once a minute of what keeps the copy from being kept. */
  report: (error: unknown) => void;
}

/** What is done within so long of a command is copied with it. */
const PAUSE_MS = 500;
/** A run that has not ended by then was cut off. */
const CUT_OFF_MS = 40 * SECOND;

/**
 * Keeps the office's copy of Register for one isolate: one run at a time, which takes along what is asked for meanwhile.
 * What it shares between requests is plain data. Never throws: what one run leaves, the next command or minute does.
 */
export class Projector {
  readonly #parts: ProjectorParts;
  #since: Instant | null = null;
  #again = false;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ProjectorParts) {
    this.#parts = parts;
  }

  /** Register did something, or may have: resolves when it was copied, or somebody else is at it. */
  async run(): Promise<void> {
    const { clock, wait } = this.#parts;
    this.#again = true;
    if (this.#since !== null && clock() - this.#since < CUT_OFF_MS) return;
    const since = (this.#since = clock());
    try {
      while (this.#again && clock() - since < CUT_OFF_MS / 2) {
        await wait(PAUSE_MS);
        this.#again = false;
        await project(this.#parts);
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#since = null;
    }
  }

  #report(error: unknown): void {
    const now = this.#parts.clock();
    if (now - this.#reportedAt < MINUTE) return;
    this.#reportedAt = now;
    this.#parts.report(error);
  }
}
