import { describe, expect, test } from "vitest";
import { underRoot } from "../../../src/bst/lineage.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, SECOND } from "../../../src/kernel/clock.ts";
import { lineage } from "../../support/lineages.ts";
import { START } from "./doubles.ts";
import { enrolment } from "./kept-register.ts";
import { actor, aRootedRegister } from "./rooted-register.ts";
import { aCommand, fault, phone, registered, typed } from "./support.ts";

const [one, two, three, four] = [phone(1), phone(2), phone(3), phone(4)] as const;
const [five, six, seven, eight] = [phone(5), phone(6), phone(7), phone(8)] as const;
const paper = typed(3);

describe("a rotation of the root", () => {
  test("begins when the tokenizer holds a newer one, one at a time, and never over tokens of a root before", async () => {
    const { rotate, keys, api, rows } = aRootedRegister();
    await api.enrolOperator(enrolment);
    expect(await rotate()).toEqual({ ok: false, refusal: "no-newer-root" });
    keys.newest = 1;
    keys.away = true;
    expect(await fault(() => rotate())).toBe("the tokenizer is away");
    keys.away = false;
    expect(await rotate()).toEqual({ ok: true, from: 0, to: 1 });
    expect(await rotate()).toEqual({ ok: true, from: 0, to: 1 });
    expect(await rotate("another")).toEqual({ ok: false, refusal: "rotation-on" });
    expect(await api.rotateRoot({ commandId: "r", fingerprint: "other", actor })).toEqual({ ok: false, refusal: "command-reused" });
    expect(await api.rotations()).toEqual([
      { from: 0, to: 1, state: "advancing", begunAt: START, overlappingAt: null, retiringAt: null, doneAt: null, advanced: 0, left: null, operatorsLeft: 1 },
    ]);
    expect(await rows("select action, resource, channel from audit where resource like 'root%'")).toEqual([{ action: "root.rotation-begun", resource: "root 1", channel: "api" }]);
  });

  test("leaves everybody as excluded as they were, at every step, through registrations, releases, restarts and a tokenizer that is away", async () => {
    const register = aRootedRegister();
    const { api, keys, known, says, goBy, rotate, restart, rows, pairs, names } = register;
    await api.enrolOperator(enrolment);
    await registered(api, aCommand("permanent", known(one)));
    await registered(api, aCommand("24h", known(two)));
    await registered(api, aCommand("permanent", known(three), [known(paper)]));
    const [personOne, personThree] = [await api.holderOf(one.p), await api.holderOf(three.p)];
    keys.newest = 1;
    await rotate();
    await says(one, two, three, paper);

    // Two of four are carried on; the others wait.
    await goBy(SECOND);
    expect(await pairs()).toEqual(names(one, two));
    await restart();
    keys.away = true;
    await goBy(SECOND);
    expect(await pairs()).toEqual(names(one, two));
    expect((await api.rotations())[0]).toMatchObject({ state: "advancing", advanced: 2 });
    // Sessions of before are looked after without the tokenizer; nobody new is taken in without it.
    expect(await api.holderOf(one.p)).toBe(personOne);
    const early = aCommand("permanent", known(four, 0));
    expect(await fault(() => api.register(early))).toBe("the tokenizer is away");
    await says(one, two, three, paper);
    keys.away = false;
    await registered(api, early);
    await registered(api, aCommand("6m", known(three), []));
    await registered(api, aCommand("permanent", known(five)));
    expect(await pairs()).toEqual(names(one, two, three, four, five));
    await says(one, two, three, paper, four, five);
    await goBy(11 * SECOND);
    await restart();
    await register.until("overlapping", () => says(one, two, three, paper, four, five));
    expect(await pairs()).toEqual(names(one, two, three, paper, four, five));
    expect((await api.rotations())[0]).toMatchObject({ left: 0, operatorsLeft: 0 });

    // Both are read now. A day ends; somebody comes; an operator is enrolled.
    const [operator] = await rows<{ id: string }>("select id from operators");
    expect(await api.epochsOf(operator!.id)).toMatchObject([{ epoch: 0, rootEpoch: 0, state: "grace" }, { epoch: 1, rootEpoch: 1, state: "current" }]);
    const enrolled = await api.enrolOperator({ ...enrolment, commandId: "e2" });
    expect(enrolled.ok && (await api.epochsOf(enrolled.operator.id))).toMatchObject([{ rootEpoch: 1, state: "current" }]);
    await goBy(DAY);
    await goBy(SECOND);
    await says(one, three, paper, four, five);
    await registered(api, aCommand("24h", known(six)));
    await restart();
    const phoneOfFour = { commandId: "l", phone: known(four).p, document: { kind: "national_id" as const, p: known(typed(9)).p }, by: "officer" as const, box: new Uint8Array(1) };
    expect(await api.releasePhone(phoneOfFour)).toEqual({ ok: true });
    await says(one, three, paper, five, six);
    // Of the document nobody is kept for nothing is left.
    expect(await pairs()).not.toContain(toHex(typed(9).p));
    await goBy(20 * DAY);
    await goBy(SECOND);
    await says(one, three, five);

    // The old one's grace is over: everything is kept under the new one from now on.
    await register.until("retiring", () => says(one, three, five), 10 * DAY);
    await says(one, three, five);
    await goBy(SECOND);
    expect((await rows<{ n: number }>("select count(*) n from exclusionIdentifiers where p in (select next from advanced)"))[0]!.n).toBe(2);
    await says(one, three, five);
    await restart();
    await registered(api, aCommand("permanent", known(seven)));
    await registered(api, aCommand("permanent", known(one)));
    await says(one, three, five, seven);
    expect(await api.holderOf(known(three).p)).toBe(personThree);
    expect(await api.holderOf(one.p), "by the tokenizer").toBe(personOne);
    const evidence = [one.p, underRoot(known(one).p, 1)!, three.p, underRoot(known(three).p, 1)!];
    expect(await api.holdersOf(evidence)).toEqual([[personOne], [personOne], [personThree], [personThree]]);
    for (let pages = 0; pages < 5; pages++) {
      await goBy(SECOND);
      await says(one, three, five, seven);
      expect(await api.holdersOf(evidence)).toEqual([[personOne], [personOne], [personThree], [personThree]]);
    }
    await restart();
    await register.until("done", () => says(one, three, five, seven), HOUR);

    expect(await pairs()).toEqual([]);
    expect(await api.holderOf(known(one).p)).toBe(personOne);
    expect(await api.holderOf(known(three).p)).toBe(personThree);
    expect((await api.exclusionsOf(one.p)).length).toBe(1);
    await registered(api, aCommand("permanent", known(eight)));
    await says(one, three, five, seven, eight);
    for (const table of ["exclusionIdentifiers", "phoneHolders", "covered"]) {
      const kept = (await rows<{ p: ArrayBuffer }>(`select distinct p from ${table}`)).map(({ p }) => toHex(new Uint8Array(p)));
      expect(kept.filter((p) => names(one, two, three, paper, four, five, six, seven, eight).includes(p)), table).toEqual([]);
    }
    const told = await rows<{ action: string }>("select action from audit where resource = 'root 1' order by position");
    expect(told.map(({ action }) => action)).toEqual(["root.rotation-begun", "root.overlapping", "root.retiring", "root.done"]);
    // A command of before, given again, is the same command.
    expect((await api.register(early)).ok).toBe(true);
    keys.newest = 2;
    expect(await rotate("second")).toEqual({ ok: true, from: 1, to: 2 });
    await register.until("overlapping", () => says(one, three, five, seven, eight));
    await says(one, three, five, seven, eight);
  }, 120_000);

  test("leaves an operator without a free number where it is, says so, and moves it when one is free", async () => {
    const register = aRootedRegister();
    const { api, keys, known, says, rotate, rows } = register;
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    await registered(api, aCommand("permanent", known(one)));
    for (let epoch = 1; epoch < 32; epoch++) await api.rotateEpoch({ commandId: `e${epoch}`, fingerprint: "f", operator });
    keys.newest = 1;
    await rotate();
    await register.until("overlapping");
    expect((await api.rotations())[0]).toMatchObject({ operatorsLeft: 1 });
    expect(JSON.parse((await rows<{ payload: string }>("select payload from audit where action = 'root.overlapping'"))[0]!.payload)).toMatchObject({ moved: 0, exhausted: [operator] });
    await says(one);
    await register.goBy(91 * DAY);
    await register.goBy(HOUR);
    expect((await api.epochsOf(operator)).at(-1)).toMatchObject({ epoch: 32, rootEpoch: 1, state: "current" });
    await says(one);
    await register.until("done", () => says(one), 10 * DAY);
  }, 60_000);

  test("forgets the pair of who is forgotten", async () => {
    const register = aRootedRegister();
    const { api, keys, known, rotate, pairs, names } = register;
    await registered(api, aCommand("24h", known(one), [known(paper)]));
    await registered(api, aCommand("permanent", known(two)));
    const person = (await api.holderOf(one.p))!;
    await register.goBy(DAY);
    await register.goBy(9 * 366 * DAY);
    keys.newest = 1;
    await rotate();
    await register.until("overlapping");
    expect(await pairs()).toEqual(names(one, paper, two));
    expect(await api.forget(person)).toEqual({ ok: true });
    expect(await pairs()).toEqual(names(two));
  });

  test("takes canaries along: each is known by its lineage, and by what a check found, at every step", async () => {
    const register = aRootedRegister();
    const { api, keys, known, rotate, says } = register;
    await api.enrolOperator(enrolment);
    const [shown, silent] = [known(five), known(six)];
    await api.putCanary({ id: "excluded", p: shown.p, excluded: true });
    await api.putCanary({ id: "silent", p: silent.p, excluded: false });
    keys.newest = 1;
    await rotate();
    const stays = async (): Promise<void> => {
      const [state] = await api.rotations();
      const found = underRoot(lineage(five.p, 1), state!.state === "advancing" ? 0 : 1)!;
      expect(await api.canariesAmong([lineage(five.p, 1)])).toEqual(["excluded"]);
      expect(await api.canariesAmong([lineage(six.p, 1)])).toEqual(["silent"]);
      expect(await api.canariesAmong([found])).toEqual(["excluded"]);
      await says(five);
    };
    await register.until("overlapping", stays);
    await register.until("retiring", stays, 10 * DAY);
    await register.until("done", stays, HOUR);
    await api.removeCanary("excluded");
    await says();
    expect(await api.canariesAmong([lineage(five.p, 1), lineage(six.p, 1)])).toEqual(["silent"]);
  });
});
