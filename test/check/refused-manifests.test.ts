import { beforeEach, describe, expect, it } from "vitest";
import { decisionOf, MANIFEST_KEY, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

describe("a manifest that must not be believed", () => {
  const people = Array.from({ length: 50 }, (_, n) => n + 10);
  /** Nobody is in it: whoever believed it would call person 11 clear. */
  const refusals: [string, () => Promise<void>][] = [
    ["of an unknown key", () => world.publish([], {}, { ...MANIFEST_KEY, id: "2" })],
    ["with a bad signature", () => world.publish([], {}, { id: "1", seed: new Uint8Array(32).fill(6) })],
    ["of another log", () => world.publish([], { logId: "log-2" })],
    ["of another sequence than was announced", () => world.publish([], { sequence: 5 })],
  ];

  it.each(refusals)("%s: is reported once, and the old snapshot stays", async (_, publish) => {
    for (const n of people) world.exclude(n);
    await world.publish(people);
    await world.warm();
    await world.check(world.token(11));
    await world.turn();
    await publish();
    await world.turn();
    await world.turn();
    expect(world.reports).toEqual(["manifest-refused"]);
    world.calls = [];
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(world.calls).toEqual([]);
    await world.publish(people.slice(2));
    world.release(10);
    await world.turn();
    expect(decisionOf(await world.check(world.token(12)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(10)))).toBe("clear");
  });

  it.each(refusals)("%s: leaves a cold isolate cold, which asks a Replica", async (_, publish) => {
    for (const n of people) world.exclude(n);
    await publish();
    await world.check(world.token(11));
    await world.turn();
    expect([world.keeper.view.cold, world.reports]).toEqual([true, ["manifest-refused"]]);
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    world.failing = true;
    expect(decisionOf(await world.check(world.token(11)))).toBe("indeterminate");
  });
});
