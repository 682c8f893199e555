import type { LogEntry } from "../audit/entry.ts";
import type { Appended, AuditLogApi } from "../audit/rpc.ts";
import type { Draw } from "./draw.ts";
import type { Schedule } from "./schedule.ts";
import type { Trace } from "./trace.ts";

/** The audit log, near to Register: away, busy or unheard now and then. It takes each entry once; one that comes again as another is a breach. */
export class SimulatedLog implements Pick<AuditLogApi, "append"> {
  readonly #schedule: Schedule;
  readonly #draw: Draw;
  readonly #trace: Trace;
  readonly #breach: (what: string) => void;
  readonly #entries = new Map<string, { place: number; commitment: string }>();

  constructor(parts: { schedule: Schedule; draw: Draw; trace: Trace; breach: (what: string) => void }) {
    this.#schedule = parts.schedule;
    this.#draw = parts.draw;
    this.#trace = parts.trace;
    this.#breach = parts.breach;
  }

  async append(_: string, entries: readonly LogEntry[]): Promise<Appended> {
    await this.#schedule.wait(this.#draw.between(1, 200));
    if (this.#draw.chance(0.1)) throw new Error("the audit log is away");
    if (this.#draw.chance(0.05)) return { ok: false, refusal: "busy" };
    const indexes = entries.map((entry) => this.#take(entry));
    if (this.#draw.chance(0.05)) throw new Error("the audit log was not heard");
    return { ok: true, indexes };
  }

  #take({ id, commitment }: LogEntry): number {
    const known = this.#entries.get(id) ?? { place: this.#entries.size, commitment };
    if (known.commitment !== commitment) this.#breach(`the entry ${id} came to the audit log again as another`);
    if (known.place === this.#entries.size) this.#trace.count("entries told to the audit log");
    this.#entries.set(id, known);
    return known.place;
  }
}
