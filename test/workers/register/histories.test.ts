import { describe, expect, test } from "vitest";
import { underRoot } from "../../../src/bst/lineage.ts";
import { LinkKeys } from "../../../src/domains/exclusions/links/keys.ts";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import type { ActOnToken } from "../../../src/domains/operators/rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, SECOND } from "../../../src/kernel/clock.ts";
import { lineage } from "../../support/lineages.ts";
import { enrolment } from "./kept-register.ts";
import { actor, aRootedRegister } from "./rooted-register.ts";
import { aCommand, fault, phone, registered, typed } from "./support.ts";

/** What a token of somebody's holds under a root. */
const held = ({ p }: StatedIdentifier, root: number) => underRoot(lineage(p, 3), root)!;

/** A rooted Register with an operator, whose epochs are as many as its roots, and what is done to its tokens. */
async function withHistories() {
  const register = aRootedRegister();
  const { api, keys, rotate, rows, until } = register;
  const enrolled = await api.enrolOperator(enrolment);
  const operator = enrolled.ok ? enrolled.operator.id : "";
  /** Of everybody whose token anything was done to: what, in the order it was done, as every token that is tells it. */
  const done = new Map<StatedIdentifier, string[]>();
  const told = async (who: StatedIdentifier, root: number) =>
    (await api.tokenHistory(operator, held(who, root), root)).acts.map(({ act, epoch, generation }) => `${act} ${epoch}.${generation}`);
  const acted = (who: StatedIdentifier, root: number, generation: number, act: ActOnToken = "rotated") =>
    api.actOnToken({ operator, act, epoch: root, generation, p: held(who, root), reason: null, actor });
  return {
    ...register, operator, told, acted,
    async act(who: StatedIdentifier, root: number, generation: number, act: ActOnToken = "rotated"): Promise<void> {
      expect(await acted(who, root, generation, act)).toEqual({ ok: true, kept: true });
      done.set(who, [...(done.get(who) ?? []), `${act} ${root}.${generation}`]);
    },
    /** Every token there is by now tells everything, each once. */
    async tells(): Promise<void> {
      const [rotation] = await api.rotations();
      const newest = !rotation ? 0 : rotation.state === "advancing" ? rotation.from : rotation.to;
      for (const [who, steps] of done) for (let root = 0; root <= newest; root++) expect(await told(who, root), `${toHex(who.p)} under ${root}`).toEqual(steps);
    },
    begin: async (): Promise<void> => {
      keys.newest++;
      await rotate(`to ${keys.newest}`);
    },
    /** From the overlap to the end, with something looked at at every step. */
    async ends(each: () => Promise<void>): Promise<void> {
      await until("retiring", each, 10 * DAY);
      await until("done", each, SECOND * 1_800);
    },
    /** Under what acts are kept, by root; throws when it is nobody's. */
    async roots(): Promise<number[]> {
      const kept = (await rows<{ p: string }>("select p from tokenActs")).map(({ p }) => p);
      return [...new Set(kept.map((p) => [0, 1, 2, 3].find((root) => [...done.keys()].some((who) => toHex(held(who, root)) === p))!))];
    },
  };
}

const people = [1, 2, 3, 4, 5, 6].map(phone);
const [early, ...others] = people as [StatedIdentifier, ...StatedIdentifier[]];

describe("the history of a token, over a rotation of the root", () => {
  test("is told by the old token and the new one, at every step, through restarts, acts behind the pages and a tokenizer that is away", async () => {
    const { api, keys, known, begin, act, acted, tells, told, until, ends, goBy, restart, roots } = await withHistories();
    await registered(api, aCommand("permanent", known(others[4]!)));
    for (const who of others.slice(0, 3)) await act(who, 0, 0);
    await act(others[4]!, 0, 0, "compromised");
    await begin();
    await goBy(SECOND);
    // Their page was before they had anything to be kept.
    await act(early, 0, 0);
    await act(others[0]!, 0, 1, "compromised");
    await restart();
    await until("overlapping", tells);
    await tells();

    // To old tokens and to new ones, of who had none and of who had: nothing the one went through says anything of the other.
    await act(others[1]!, 0, 1);
    await act(others[1]!, 1, 0, "compromised");
    expect(await acted(others[1]!, 0, 1)).toEqual({ ok: true, kept: false });
    await act(others[2]!, 1, 0);
    await act(others[3]!, 1, 0, "deactivated");
    await act(others[1]!, 1, 1, "deactivated");
    expect(await acted(others[1]!, 0, 1), "it has no other any more").toEqual({ ok: false, refusal: "token-retired" });
    await tells();
    await goBy(2 * SECOND);
    const [late, later] = [phone(7), phone(8)];
    await act(later, 0, 0);
    await goBy(0);
    expect(await told(later, 1)).toEqual(["rotated 0.0"]);
    keys.away = true;
    await act(late, 0, 0, "compromised");
    await goBy(0);
    expect(await told(late, 1)).toEqual([]);
    expect(await fault(() => told(late, 0))).toBe("the tokenizer is away");
    keys.away = false;
    await goBy(10 * SECOND);
    await act(late, 1, 0);
    await tells();

    await until("retiring", tells, 10 * DAY);
    expect((await roots()).toSorted()).toEqual([0, 1]);
    expect(await acted(early, 0, 1)).toEqual({ ok: false, refusal: "token-retired" });
    for (let pages = 0; pages < 4; pages++) {
      await goBy(SECOND);
      await tells();
      if (pages < 2) await restart();
      await act(others[3]!, 1, pages + 1);
    }
    await ends(tells);
    expect(await roots()).toEqual([1]);
    keys.away = true;
    expect(await told(early, 1)).toEqual(["rotated 0.0"]);
    expect(await fault(() => told(early, 0))).toBe("the tokenizer is away");
  }, 60_000);

  test("is told after another one too, of which nothing is kept under the roots before", async () => {
    const { begin, act, acted, tells, until, ends, roots, rows } = await withHistories();
    for (const root of [0, 1]) {
      for (const who of others) await act(who, root, 0);
      await begin();
      await until("overlapping", tells);
      await act(others[0]!, root, 1, "compromised");
      await act(others[0]!, root + 1, 0);
      // Again, of a token that was retired by itself before there were newer ones.
      expect(await acted(others[1]!, root, 0)).toEqual({ ok: true, kept: false });
      expect(await acted(others[0]!, root + 1, 0)).toEqual({ ok: true, kept: false });
      await tells();
      await ends(tells);
      expect(await roots()).toEqual([root + 1]);
      // The new ones are told apart from those: this one was rotated once, and whose nothing was done to is good.
      await rows("delete from tokenGenerations");
    }
    await tells();
  }, 60_000);

  test("is of the one operator, and the release before hears of the root it asks about", async () => {
    const { api, operator, begin, act, until } = await withHistories();
    const [first, other] = [others[0]!, await api.enrolOperator({ ...enrolment, commandId: "e2" })];
    await act(first, 0, 0);
    await begin();
    await until("overlapping");
    expect((await api.tokenHistory(operator, held(first, 1), 1)).acts).toHaveLength(1);
    expect((await api.tokenHistory(operator, held(first, 0))).acts).toHaveLength(1);
    expect((await api.tokenHistory(operator, held(first, 1), 9)).acts).toEqual([]);
    expect((await api.tokenHistory(other.ok ? other.operator.id : "", held(first, 0), 0)).acts).toEqual([]);
  });

  test.each(["advancing", "overlapping", "retiring", "done"])("is told after a restoration while it is %s, and to its end", async (state) => {
    const { api, begin, act, tells, until, ends, goBy, left, destroy, restore } = await withHistories();
    for (const who of others) await act(who, 0, 0);
    await begin();
    await goBy(SECOND);
    await act(early, 0, 0, "compromised");
    if (state !== "advancing") await until("overlapping");
    if (state === "overlapping") await act(phone(8), 0, 0);
    if (state !== "advancing") await act(others[0]!, 1, 0);
    if (state === "retiring" || state === "done") await until("retiring", undefined, 10 * DAY);
    if (state === "retiring") await goBy(SECOND);
    if (state === "done") await until("done", undefined, HOUR);
    await left();
    await destroy();
    expect((await restore()).state).toBe("in-order");
    expect((await api.rotations())[0]!.state).toBe(state);
    await goBy(SECOND);
    await tells();
    if (state === "advancing") await until("overlapping", tells);
    if (state !== "done") await ends(tells);
  }, 60_000);

  test("has what was done after rows were lost, under whatever it is kept by then, and nothing of it twice", async () => {
    const { api, begin, act, tells, until, ends, goBy, left, image, putBack, restore } = await withHistories();
    for (const who of others) await act(who, 0, 0);
    await begin();
    await until("overlapping");
    await left();
    const old = await image();
    await until("retiring", undefined, 10 * DAY);
    for (let pages = 0; pages < 4; pages++) await goBy(SECOND);
    await left();
    await putBack(old);
    expect(await fault(() => api.poll(0))).toContain("lost rows");
    await act(others[0]!, 0, 1);
    expect((await restore()).state).toBe("in-order");
    await tells();
    await ends(tells);
  }, 60_000);
});

describe("what an officer noted on a cross-reference", () => {
  test("is found again after a rotation, whatever the cross-reference was kept by, and after a restoration", async () => {
    const { api, known, begin, until, ends, left, destroy, restore, rows } = await withHistories();
    const names = new LinkKeys(new Uint8Array(32).fill(3));
    for (const [at, who] of people.slice(0, 4).entries()) await registered(api, aCommand("permanent", known(who), [known(typed(at % 2)), known(typed(9))]));
    // Of the release before.
    await rows("update crossReferences set mark = null where rowid % 2 = 0");
    const named = async () => (await api.crossReferences({ sort: "at", after: null, limit: 100 })).map((row) => names.crossReference(row));
    const before = await named();
    expect(new Set(before).size).toBe(8);
    const stay = async () => expect(await named()).toEqual(before);
    await begin();
    await until("overlapping", stay);
    await ends(stay);
    await left();
    await destroy();
    await restore();
    await stay();
  }, 60_000);
});
