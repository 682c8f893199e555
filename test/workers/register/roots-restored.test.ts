import { describe, expect, test } from "vitest";
import { underRoot } from "../../../src/bst/lineage.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, SECOND } from "../../../src/kernel/clock.ts";
import { lineage } from "../../support/lineages.ts";
import { enrolment } from "./kept-register.ts";
import { aRootedRegister } from "./rooted-register.ts";
import { aCommand, phone, registered } from "./support.ts";

const [one, two, three, four] = [phone(1), phone(2), phone(3), phone(4)] as const;

describe("restored while a rotation is on", () => {
  test.each(["advancing", "overlapping", "retiring", "done"])("%s, it says the same of everybody and goes on to the end", async (state) => {
    const register = aRootedRegister();
    const { api, keys, known, rotate, left, destroy, restore, rows, goBy } = register;
    await api.enrolOperator(enrolment);
    for (const stated of [one, two, three]) await registered(api, aCommand("permanent", known(stated)));
    keys.newest = 1;
    await rotate();
    await goBy(SECOND);
    if (state !== "advancing") await register.until("overlapping");
    if (state === "retiring" || state === "done") await register.until("retiring", undefined, 10 * DAY);
    if (state === "retiring") await goBy(SECOND);
    if (state === "done") await register.until("done", undefined, HOUR);
    await registered(api, aCommand("permanent", known(four)));
    // What was read back may end between two rows that belong together.
    await rows(`delete from advanced where p = x'${toHex(four.p)}'`);
    await left();
    const before = await api.holderOf(known(four).p).catch(() => null);
    await destroy();
    keys.away = true;
    const { stopped } = await restore();
    expect(stopped).toBe(state === "advancing" || state === "overlapping" ? "the tokenizer is away" : null);
    keys.away = false;
    expect((await restore()).state).toBe("in-order");
    const members = async (root: number) => (await api.copy(null)).members.filter(({ rootEpoch }) => rootEpoch === root).map(({ p }) => toHex(p)).toSorted();
    const under = (root: number) => [one, two, three, four].map(({ p }) => toHex(underRoot(lineage(p, 1), root)!)).toSorted();
    const isRead = async () => [...new Set((await rows<{ rootEpoch: number }>("select rootEpoch from operatorEpochs where state <> 'retired'")).map(({ rootEpoch }) => rootEpoch))];
    for (const root of await isRead()) expect(await members(root), `root ${root}`).toEqual(under(root));
    if (before) expect(await api.holderOf(known(four).p)).toBe(before);
    for (let steps = 0; (await api.rotations())[0]!.state !== "done"; steps++) {
      if (steps > 100) throw new Error("never done");
      await goBy(steps < 20 ? SECOND : 10 * DAY);
      for (const root of await isRead()) expect(await members(root), `root ${root} later`).toEqual(under(root));
    }
    expect(await rows("select * from advanced")).toEqual([]);
    expect(await members(1)).toEqual(under(1));
  }, 60_000);
});
