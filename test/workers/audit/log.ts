/** The audit log in memory, as its sources see it, for tests that look into it and take it away: one for each object's name. */
import { type AuditSource, isEntry, type LogEntry } from "../../../src/audit/entry.ts";
import type { Appended, AuditLogApi } from "../../../src/audit/rpc.ts";
import { ENTRIES_AT_ONCE } from "../../../src/audit/rpc.ts";
import type { ObjectNamespace } from "../../../src/kernel/rpc.ts";

/** `unheard`: it takes what it is told and does not say so. `held`: it says nothing until something else is set. */
type Mood = "taking" | "away" | "unheard" | "busy" | "halted" | "held";

class MemoryLog implements Pick<AuditLogApi, "append"> {
  readonly told: (LogEntry & { source: AuditSource })[] = [];
  /** How many entries came in each call. */
  readonly calls: number[] = [];
  #mood: Mood = "taking";
  #moved = Promise.withResolvers<void>();

  setMood(mood: Mood): void {
    this.#mood = mood;
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
  }

  async append(source: AuditSource, entries: readonly LogEntry[]): Promise<Appended> {
    this.calls.push(entries.length);
    while (this.#mood === "held") await this.#moved.promise;
    if (this.#mood === "away") throw new Error("the log is away");
    if (this.#mood === "busy" || this.#mood === "halted") return { ok: false, refusal: this.#mood };
    if (entries.length > ENTRIES_AT_ONCE || !entries.every(isEntry)) throw new RangeError(`no entries: ${entries.map(({ action }) => action).join()}`);
    const indexes = entries.map((entry) => this.#place(source, entry));
    if (this.#mood === "unheard") throw new Error("no answer in time");
    return { ok: true, indexes };
  }

  #place(source: AuditSource, entry: LogEntry): number {
    const known = this.told.findIndex(({ id }) => id === entry.id);
    return known === -1 ? this.told.push({ ...entry, source }) - 1 : known;
  }
}

const logs = new Map<string, MemoryLog>();

/** One object's log, for the test. */
export function logOf(object: string): MemoryLog {
  const known = logs.get(object) ?? new MemoryLog();
  logs.set(object, known);
  return known;
}

export const memoryLog = (object: string): ObjectNamespace<AuditLogApi> => ({ getByName: () => logOf(object) as unknown as AuditLogApi });
