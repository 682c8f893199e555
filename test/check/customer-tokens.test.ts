import { beforeEach, describe, expect, it } from "vitest";
import { decisionOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

describe("tokens", () => {
  beforeEach(async () => {
    world.exclude(1);
    await world.warm();
  });

  it("excludes when any of one customer's tokens is excluded, whatever the others are", async () => {
    expect(decisionOf(await world.check([world.token(2), "BST-nonsense", world.token(1)]))).toBe("excluded");
  });

  it("names the token that cannot be read, before it would say clear", async () => {
    expect(await world.check([world.token(2), "BST-nonsense"])).toMatchObject({ problem: "token-invalid", errors: [{ pointer: "/tokens/1" }] });
  });

  it("refuses another operator's token", async () => {
    expect(await world.check(world.token(2, { operator: "rival1" }))).toMatchObject({ problem: "token-invalid", errors: [{ pointer: "/token" }] });
  });

  it("refuses a token of an epoch there is not", async () => {
    expect(decisionOf(await world.check(world.token(2, { epoch: 3 })))).toBe("token-invalid");
  });

  it("refuses a retired token, whosever it is", async () => {
    world.append({ type: "epoch", epoch: { operator: "acme01", epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "retired", until: null } });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("token-retired");
    expect(decisionOf(await world.check(world.token(1)))).toBe("token-retired");
  });

  it("cannot read one of a retired epoch whose key was destroyed", async () => {
    world.append({ type: "epoch", epoch: { operator: "acme01", epoch: 0, pairKeyId: "destroyed", rootEpoch: 0, state: "retired", until: null } });
    await world.keeper.refresh();
    for (const person of [1, 2]) expect(decisionOf(await world.check(world.token(person)))).toBe("token-invalid");
  });

  it("reads a token however it is separated", async () => {
    expect(decisionOf(await world.check(world.token(1).replaceAll("-", " ")))).toBe("excluded");
    expect(decisionOf(await world.check(` ${world.token(2).replaceAll("-", "").toLowerCase()}`))).toBe("clear");
  });

  it("wants every kind the licence requires, but for marketing", async () => {
    world.append({ type: "operator", operator: { id: "acme01", state: "active", requiredKinds: ["msisdn", "national_id"] } });
    await world.keeper.refresh();
    expect(decisionOf(await world.check(world.token(2)))).toBe("identifiers-missing");
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2), "marketing"))).toBe("clear");
    expect(decisionOf(await world.check([world.token(2), world.token(3, { kind: "national_id" })]))).toBe("clear");
  });

  it("takes one identifier for one kind, whatever its tokens say they are", async () => {
    world.append({ type: "operator", operator: { id: "acme01", state: "active", requiredKinds: ["msisdn", "national_id"] } });
    await world.keeper.refresh();
    const [phone, card] = [world.token(2), world.token(2, { kind: "national_id" })];
    expect(await world.check([phone, card])).toMatchObject({ problem: "identifiers-missing", detail: expect.stringMatching(/requires national_id$/) });
    expect(await world.check([card, phone, phone])).toMatchObject({ problem: "identifiers-missing", detail: expect.stringMatching(/requires msisdn$/) });
    expect(decisionOf(await world.check([phone, card, world.token(3, { kind: "national_id" })]))).toBe("clear");
    expect(decisionOf(await world.check([phone, phone, world.token(3, { kind: "national_id" })]))).toBe("clear");
    expect(decisionOf(await world.check([world.token(1), world.token(1, { kind: "national_id" })]))).toBe("excluded");
    expect(decisionOf(await world.check([phone, card], "marketing"))).toBe("clear");
  });

  it("says that a payout must go out, excluded or not", async () => {
    expect(await world.check(world.token(1), "payout")).toMatchObject({ answer: { decision: "excluded", mustPay: true } });
    expect(await world.check(world.token(2), "payout")).toMatchObject({ answer: { decision: "clear", mustPay: true } });
  });
});
