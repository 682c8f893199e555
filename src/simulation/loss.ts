import { within } from "../check/regions.ts";
import type { Draw } from "./draw.ts";
import type { Node } from "./node.ts";
import { HOME } from "./rtt.ts";
import { Life } from "./schedule.ts";
import type { Saved } from "./storage.ts";
import type { Workload } from "./workload.ts";
import type { World } from "./world.ts";

const RESTORED_AFTER_MS = [200, 6_000] as const;
/** So many people at most exclude themselves before anybody knows that Register forgot some. */
const EXCLUDED_MEANWHILE = 2;
const STEP_MS = 2_000;
const AGAIN_MS = 500;

/** What a destroyed object's storage holds. */
export const EMPTY: Saved = { alarm: null, tables: new Map(), triggers: [] };

/** Register loses what it holds, or some of it, and is restored as the product restores it. */
export class Loss {
  readonly #world: World;
  readonly #workload: Workload;
  readonly #draw: Draw;
  readonly #administrator: Node;

  constructor(world: World, workload: Workload) {
    this.#world = world;
    this.#workload = workload;
    this.#draw = world.draw.fork("loss");
    this.#administrator = world.node("administrator", HOME);
  }

  /** The log that is followed; null while there is none. */
  get logId(): unknown {
    return this.#world.register.storage.rows("select logId from head")[0]?.[0] ?? null;
  }

  /** Whether something stands in Register's storage alone: what has not left it can be lost, by design. */
  get holdsTheOnlyCopy(): boolean {
    const tables = ["journal", "outgoing", "stranded"].map((table) => `exists (select 1 from ${table})`);
    return this.#world.register.storage.rows(`select ${tables.join(" or ")}`)[0]![0] === 1;
  }

  /** Register's storage becomes what it was, or nothing. Soon somebody restores it. */
  lose(saved: Saved): void {
    const { register, truth } = this.#world;
    register.rollBack(saved);
    truth.forget(register.storage);
    this.#after(this.#draw.between(...RESTORED_AFTER_MS), () => void this.#restore());
    for (let n = this.#draw.whole(0, EXCLUDED_MEANWHILE); n > 0; n--) {
      this.#after(this.#draw.between(0, 2_000), () => this.#workload.exclude());
    }
  }

  /** Register holds what it held, in another log that counts anew from the directory's rows: as if it had been rebuilt elsewhere. */
  renumber(): void {
    const { register, truth, schedule } = this.#world;
    const { storage, node } = register;
    storage.rows("delete from changes where type in ('excluded', 'released', 'manifest')");
    storage.rows("update head set logId = ?, announced = 0, seq = (select max(seq) from changes)", `renumbered ${this.#draw.whole(0, 1e9)}`);
    storage.rows('update head set "from" = seq + 1');
    truth.observe(storage, schedule.now, node.clock.now());
    register.restart();
  }

  /** As an administrator does it, step by step, until there is another log. */
  async #restore(): Promise<void> {
    const { register, schedule, trace } = this.#world;
    const before = this.logId;
    for (;;) {
      const step = register.call(this.#administrator, "restoreStep", (instance) => instance.restoreStep({ without: [], acceptEnd: null }));
      const status = await within(step, STEP_MS, schedule.wait).catch(() => null);
      trace.note("administrator", "restores", JSON.stringify(status));
      if (status?.state === "in-order" && this.logId !== before) return trace.count("Register was restored");
      await schedule.wait(AGAIN_MS);
    }
  }

  #after = (ms: number, act: () => void): void => this.#world.schedule.after(ms, new Life(), act);
}
