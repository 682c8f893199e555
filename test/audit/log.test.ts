import { describe, expect, it, test } from "vitest";
import { leafOf, type LogEntry } from "../../src/audit/entry.ts";
import { MOST_UNUPLOADED } from "../../src/audit/log/log.ts";
import { MINUTE, SECOND } from "../../src/kernel/clock.ts";
import { verifyProof } from "../../src/tlog/tlog-proof.ts";
import { checkLog } from "../support/check-log.ts";
import { entries, entry, LogWorld, Writes } from "../support/log-world.ts";

/** A log of so many entries, all of them published. */
async function logOf(count: number): Promise<{ world: LogWorld; there: LogEntry[] }> {
  const [world, there] = [new LogWorld(), entries(count)];
  for (let at = 0; at < count; at += 256) await world.appended(there.slice(at, at + 256));
  await world.published();
  return { world, there };
}

const append = async (world: LogWorld, some: readonly LogEntry[]) => (await world.log()).append("register", some);

const statusOf = async (world: LogWorld) => (await world.log()).status();

describe("an entry", () => {
  it.each<[string, object]>([
    ["an id that is not of version 7", { id: "0194c1a0-0000-4000-8000-000000000000" }],
    ["an id in capitals", { id: "0194C1A0-0000-7000-8000-000000000000" }],
    ["an action that is a sentence", { action: "Ended it" }],
    ["an action without end", { action: `a.${"b".repeat(80)}` }],
    ["a commitment that is a name", { commitment: "Wanjiku" }],
    ["no time", { at: Number.NaN }],
  ])("with %s is refused, and nothing that came with it is taken", async (_, fault) => {
    const world = new LogWorld();
    await expect(append(world, [entry(), { ...entry(), ...fault }])).rejects.toThrow(RangeError);
    expect(await statusOf(world)).toMatchObject({ size: 0 });
  });

  it("of nobody's source, or one of more than 256, is refused", async () => {
    const log = await new LogWorld().log();
    await expect(log.append("weather" as never, [entry()])).rejects.toThrow(RangeError);
    await expect(log.append("office", entries(257))).rejects.toThrow(RangeError);
    expect(await log.append("office", [])).toEqual({ ok: true, indexes: [] });
  });

  it("that comes twice in one call, or in two at once, has one place", async () => {
    const world = new LogWorld();
    const [one, other] = [entry(), entry()];
    const answers = await Promise.all([append(world, [one, other, one]), append(world, [other])]);
    expect(answers).toEqual([{ ok: true, indexes: [0, 1, 0] }, { ok: true, indexes: [1] }]);
  });
});

it("an entry that comes again while it is being flushed has one place", async () => {
  const world = new LogWorld();
  await world.log();
  const [one, answers] = [entry(), [] as ReturnType<typeof append>[]];
  for (let turn = 0; turn < 12; turn++) {
    answers.push(append(world, [one]));
    await new Promise((resolve) => void setTimeout(resolve, turn % 2));
  }
  expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify({ ok: true, indexes: [0] })]));
});

it("an entry that is one too many of those that wait is refused, and taken when it comes again", async () => {
  const world = new LogWorld();
  await world.log();
  const batches = Array.from({ length: 17 }, () => entries(256));
  const answers = await Promise.all(batches.map((batch) => append(world, batch)));
  expect(answers.map(({ ok }) => ok)).toEqual([...Array.from({ length: 16 }, () => true), false]);
  expect(answers.at(-1)).toEqual({ ok: false, refusal: "busy" });
  expect(await append(world, batches.at(-1)!)).toMatchObject({ ok: true });
});

describe("a proof", () => {
  it("of every entry verifies, in what is published as in what is not yet", async () => {
    const { world, there } = await logOf(700);
    const [log, policy] = [await world.log(), await world.policy()];
    world.bucket.away = true;
    const late = entry();
    expect(await append(world, [late])).toEqual({ ok: true, indexes: [700] });
    const bytes = (one: LogEntry) => leafOf("register", one);
    expect(await verifyProof((await log.prove(700))!, bytes(late), policy)).toMatchObject({ ok: true });
    await expect(log.prove(0)).rejects.toThrow("unreachable");
    world.bucket.away = false;
    for (const [index, one] of [...there, late].entries()) {
      const proven = await verifyProof((await log.prove(index))!, bytes(one), policy);
      expect(proven).toMatchObject({ ok: true, index: BigInt(index), checkpoint: { size: index < 700 ? 700n : 701n } });
      if (index > 0) expect(await verifyProof((await log.prove(index))!, bytes(there[index - 1]!), policy)).toMatchObject({ ok: false, refusal: "not-included" });
    }
  });

  it("of what is not in the log is none", async () => {
    const log = await (await logOf(3)).world.log();
    expect(await Promise.all([3, -1, 0.5, Number.NaN, 2 ** 53].map((index) => log.prove(index)))).toEqual([null, null, null, null, null]);
    expect(await (await new LogWorld().log()).prove(0)).toBeNull();
  });
});

describe("an object that starts again", () => {
  it("serves the checkpoint it stored, and grows on", async () => {
    const { world } = await logOf(300);
    const note = await (await world.log()).checkpoint();
    world.restart();
    expect(await (await world.log()).checkpoint()).toBe(note);
    expect(await append(world, [entry()])).toEqual({ ok: true, indexes: [300] });
    await world.published();
    expect((await checkLog(world.bucket.read, await world.policy())).size).toBe(301);
  });

  it("with an empty storage where there was a log takes nothing, and cries each minute", async () => {
    const { world } = await logOf(3);
    world.storage.clear();
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    await world.pass(MINUTE);
    await world.pass(MINUTE);
    expect(world.reports).toEqual(Array.from({ length: 3 }, () => 'the audit log is halted {"reason":"full/genesis is another\'s"}'));
  });

  it("with an empty storage where a log had begun takes nothing either", async () => {
    const world = new LogWorld();
    await world.log();
    world.storage.clear();
    world.restart();
    await world.pass(MINUTE);
    await world.pass(MINUTE);
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
  });

  it("with an empty storage does not begin before the bucket says that there is no log", async () => {
    const world = new LogWorld();
    world.bucket.away = true;
    await expect(append(world, [entry()])).rejects.toThrow("unreachable");
    world.bucket.away = false;
    expect(await append(world, [entry()])).toEqual({ ok: true, indexes: [0] });
  });

  it("with a storage that contradicts its own checkpoint takes nothing", async () => {
    const { world } = await logOf(3);
    world.storage.rows("update tail set leaf = replace(leaf, 'created', 'removed') where place = 1");
    world.storage.rows("delete from uploaded");
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
  });
});

describe("a storage that went back", () => {
  it("behind what was published takes nothing, until it is put right", async () => {
    const { world } = await logOf(3);
    const before = world.storage.save();
    await world.appended(entries(2));
    await world.published();
    const after = world.storage.save();
    world.restart();
    world.storage.restore(before);
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    expect(await statusOf(world)).toMatchObject({ size: 3, halted: "the published checkpoint is ahead of the log: 5 to 3" });
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    world.storage.restore(after);
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: true, indexes: [5] });
  });

  it("while the bucket was away, and grew on otherwise, publishes nothing", async () => {
    const { world } = await logOf(3);
    const before = world.storage.save();
    await world.appended(entries(2));
    await world.published();
    const published = world.bucket.copy().objects;
    world.restart();
    world.storage.restore(before);
    world.bucket.away = true;
    expect(await append(world, entries(4))).toEqual({ ok: true, indexes: [3, 4, 5, 6] });
    world.bucket.away = false;
    await world.pass(11 * SECOND);
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    expect((await statusOf(world)).halted).toBe("the published checkpoint of 5 is of another tree");
    expect([...world.bucket.objects.keys()]).toEqual([...published.keys()]);
  });

  it.each([["a tile", 2], ["a full tile", 255]])("behind what was uploaded, but not published, finds that %s is another's", async (_, more) => {
    const { world } = await logOf(3);
    const before = world.storage.save();
    world.writes = { carryOut: (what: string, act: () => unknown) => (what === "checkpoint" ? Promise.reject(new Error("fails")) : act()) } as unknown as Writes;
    await world.appended(entries(more));
    await world.pass(11 * SECOND);
    world.restart();
    world.storage.restore(before);
    world.writes = new Writes();
    await world.appended(entries(more));
    await world.pass(11 * SECOND);
    expect((await statusOf(world)).halted).toMatch(/^(partial|full)\/tile\/.* is another's$/);
    expect(world.reports.at(-1)).toContain("the audit log is halted");
  });
});

describe("a published checkpoint", () => {
  it.each<[string, (note: string) => string]>([
    ["of another log", (note) => note.replaceAll("log.test/log", "other.test/log")],
    ["with another root", (note) => note.replace(/\n3\n.{8}/, "\n3\nAAAAAAAA")],
    ["that is none", () => "gone"],
  ])("%s halts the log, and put back lets it go on", async (_, spoil) => {
    const { world } = await logOf(3);
    const there = world.bucket.objects.get("checkpoint")!.bytes;
    world.bucket.put("checkpoint", new TextEncoder().encode(spoil(new TextDecoder().decode(there))));
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    await world.pass(MINUTE);
    expect(await append(world, [entry()])).toEqual({ ok: false, refusal: "halted" });
    world.bucket.put("checkpoint", there);
    await world.pass(MINUTE);
    expect(await append(world, [entry()])).toEqual({ ok: true, indexes: [3] });
  });

  it("that was taken away, or replaced by an older one, is put there again", async () => {
    const { world } = await logOf(3);
    const older = world.bucket.objects.get("checkpoint")!.bytes;
    await world.appended(entries(2));
    await world.published();
    for (const spoil of [() => world.bucket.objects.delete("checkpoint"), () => world.bucket.put("checkpoint", older)]) {
      spoil();
      await world.appended([entry()]);
      await world.published();
      await world.pass(11 * SECOND);
      const { size } = await statusOf(world);
      expect((await checkLog(world.bucket.read, await world.policy())).size).toBe(size);
    }
  });
});

describe("while the bucket is away", () => {
  it("entries are taken and proven, and everything is published when it is back", async () => {
    const { world } = await logOf(300);
    world.bucket.away = true;
    for (let round = 0; round < 12; round++) {
      await world.appended(entries(256));
      await world.pass(10 * SECOND);
    }
    expect(world.reports.at(-1)).toMatch(/waits to be published .*unreachable/);
    world.restart();
    expect(await append(world, [entry()])).toEqual({ ok: true, indexes: [3372] });
    world.bucket.away = false;
    await world.published();
    expect((await checkLog(world.bucket.read, await world.policy())).size).toBe(3373);
    expect(world.storage.rows("select count(*) from tail")).toEqual([[3373 % 256]]);
  });

  it("no more is taken than can wait", async () => {
    const { world } = await logOf(3);
    world.bucket.away = true;
    world.storage.rows("update tree set size = ?", MOST_UNUPLOADED + 3 - 255);
    expect(await append(world, entries(256))).toEqual({ ok: false, refusal: "busy" });
  });
});

test("a bit that is turned anywhere in what is published is noticed", async () => {
  const { world } = await logOf(600);
  const policy = await world.policy();
  const published = new Map<string, Uint8Array>();
  await checkLog(async (path) => published.set(path, (await world.bucket.read(path))!).get(path)!, policy);
  expect(published.size).toBe(8);
  for (const [spoiltPath, bytes] of published) {
    for (let draw = 0; draw < 20; draw++) {
      const spoilt = bytes.slice();
      spoilt[Math.floor(Math.random() * bytes.length)]! ^= 1 << Math.floor(Math.random() * 8);
      const read = async (path: string) => (path === spoiltPath ? spoilt : published.get(path)!);
      await expect(checkLog(read, policy), spoiltPath).rejects.toThrow(/./);
    }
  }
});

describe("of many entries", () => {
  const SPAN = 65_536;

  it("only the last ones' ids stay in the object, and one that comes again is known for ever", async () => {
    const [world, there] = [new LogWorld(), entries(2 * SPAN + 300, Date.UTC(2100, 0, 1))];
    for (let at = 0; at < there.length; at += 4_096) {
      await Promise.all(Array.from({ length: 16 }, (_, drain) => append(world, there.slice(at + 256 * drain, at + 256 * (drain + 1)))));
    }
    await world.published();
    expect(world.storage.rows("select count(*), min(place) from recent")).toEqual([[SPAN + 300, SPAN]]);
    expect(world.storage.rows("select number from spans")).toEqual([[0]]);
    const log = await world.log();
    const [old, other] = [there.slice(1_000, 1_255), entry(Date.UTC(2100, 0, 1))];
    const places = await log.find([...old, other].map(({ id }) => id));
    expect(places.at(-1)).toBeNull();
    expect(await log.find([old[0]!.id.slice(0, 35), `${old[0]!.id.slice(1)}0`, "", old[0]!.id.toUpperCase()])).toEqual([null, null, null, null]);
    expect(await append(world, [...old, other])).toEqual({ ok: true, indexes: [...places.slice(0, -1), there.length] });
    expect(places.slice(0, -1)).toEqual(old.map(({ id }) => there.findIndex((one) => one.id === id)));
    world.restart();
    await world.log();
    world.bucket.away = true;
    await expect(append(world, old)).rejects.toThrow("unreachable");
    expect(await append(world, entries(2, Date.UTC(2101, 0, 1)))).toMatchObject({ ok: true });
  });
});
