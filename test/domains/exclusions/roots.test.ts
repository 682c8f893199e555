/** Rotations among all else that happens, in any order, against the law in one line: whoever's exclusion states it, is excluded under every root that is read. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { underRoot } from "../../../src/bst/lineage.ts";
import { register } from "../../../src/domains/exclusions/index.ts";
import { copy } from "../../../src/domains/exclusions/copy.ts";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { known, ownOf, rotateRoot, rotationStep, withPairs } from "../../../src/domains/exclusions/roots/index.ts";
import { holderOf } from "../../../src/domains/exclusions/store.ts";
import { epochsByRoot } from "../../../src/domains/operators/roots.ts";
import { systemActor } from "../../../src/kernel/actor.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { lineage, RootKeys } from "../../support/lineages.ts";
import { phone, RegisterHere, typed } from "../../support/register.ts";

const PEOPLE = 6;
const NEWEST = 2;

/** Everybody there can be, by what they are under any root. */
const FIRST = new Map<string, string>();
for (let n = 1; n <= PEOPLE; n++) {
  for (const { p } of [phone(n), typed(n)]) {
    for (let root = 0; root <= NEWEST; root++) FIRST.set(toHex(underRoot(lineage(p, NEWEST), root)!), toHex(p));
  }
}
const firstOf = (hex: string): string => FIRST.get(hex.toLowerCase()) ?? "nobody";

class Rotating {
  readonly here = new RegisterHere();
  readonly keys = new RootKeys();
  readonly persons = new Map<number, string>();
  #commands = 0;

  constructor() {
    this.here.enrol("Bets");
  }

  async register(n: number, document: number | null, policy: "24h" | "permanent", isShort: boolean): Promise<void> {
    const stated = [phone(n), ...(document === null ? [] : [typed(document)])];
    const reached = stated.map(({ p }) => lineage(p, isShort ? 0 : this.keys.newest));
    const commandId = `roots ${++this.#commands}`;
    await this.here.carryOut((database, now, random) =>
      known(database, (...asked) => this.keys.advance(...asked), reached, "write", (complete) => {
        const identifiers = stated.map((one, at) => ({ ...one, p: complete[at]! })) as [StatedIdentifier];
        const command = { commandId, policy, channel: "web" as const, identifiers, box: null };
        const done = withPairs(database, complete, now, () => register(database, command, now, random, { provisionalDays: 14 }));
        if (!done.ok) throw new Error(done.refusal);
        const before = this.persons.get(n) ?? done.personId;
        if (done.personId !== before) throw new Error("whoever comes again is the same person");
        this.persons.set(n, before);
      }));
  }

  rotate(): void {
    this.keys.newest = Math.min(NEWEST, this.keys.newest + 1);
    const command = { commandId: `roots ${++this.#commands}`, fingerprint: "f", actor: systemActor("test") };
    this.here.carryOut((database, now, random) => rotateRoot(database, command, this.keys.newest, this.epochs, now, random));
  }

  readonly epochs = epochsByRoot({ scheduled: DAY, compromised: 0 });

  async step(): Promise<void> {
    await this.here.carryOut((database, now, random) =>
      rotationStep({
        database, advance: (...asked) => this.keys.advance(...asked), epochs: this.epochs, random, rowsPerSecond: 2,
        commit: (work) => database.transaction(() => work(database)),
      }, now));
  }
}

function agree({ here, persons }: Rotating): void {
  const inForce = here.rows("select distinct hex(i.p) p from exclusionIdentifiers i join exclusions e on e.id = i.exclusionId where e.state = 'active' and i.standing in ('firm', 'provisional')");
  const truth = inForce.map(({ p }) => firstOf(String(p))).toSorted();
  const sets = new Map<unknown, Set<string>>();
  for (const { type, rootEpoch, p } of here.rows("select type, rootEpoch, hex(p) p from changes where p is not null order by seq")) {
    const set = sets.get(rootEpoch) ?? new Set();
    sets.set(rootEpoch, set);
    if (type === "excluded") set.add(firstOf(String(p)));
    else set.delete(firstOf(String(p)));
  }
  const copied = here.carryOut((database) => copy(database, null)).members;
  for (const { rootEpoch } of here.rows("select distinct rootEpoch from operatorEpochs where state <> 'retired'")) {
    expect([...(sets.get(rootEpoch) ?? [])].toSorted(), `the log under ${rootEpoch}`).toEqual(truth);
    const members = copied.filter((member) => member.rootEpoch === rootEpoch).map(({ p }) => firstOf(toHex(p)));
    expect(members.toSorted(), `a copy under ${rootEpoch}`).toEqual(truth);
  }
  for (const [n, personId] of persons) {
    expect(here.carryOut((database) => holderOf(database, ownOf(database, lineage(phone(n).p, NEWEST))))).toBe(personId);
  }
  const unkept = here.rows(`select 1 from advanced where not exists (select 1 from exclusionIdentifiers i where i.p in (advanced.p, advanced.next))`);
  expect(unkept, "a pair of somebody of whom nothing is kept").toEqual([]);
}

const aStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("register" as const), n: fc.integer({ min: 1, max: PEOPLE }), document: fc.constantFrom(null, null, 1, 2), policy: fc.constantFrom("24h" as const, "permanent" as const), isShort: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("wait" as const), ms: fc.constantFrom(HOUR, DAY, 15 * DAY) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("rotate" as const) }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant("step" as const) }) },
);

test("whatever happens in whatever order, every root that is read says of everybody what is so, and everybody stays who they are", async () => {
  await fc.assert(fc.asyncProperty(fc.array(aStep, { minLength: 10, maxLength: 40 }), async (steps) => {
    const rotating = new Rotating();
    for (const step of steps) {
      if (step.act === "register") await rotating.register(step.n, step.document, step.policy, step.isShort);
      else if (step.act === "wait") rotating.here.wait(step.ms);
      else if (step.act === "rotate") rotating.rotate();
      else await rotating.step();
      agree(rotating);
    }
  }), { numRuns: 40 });
}, 60_000);
