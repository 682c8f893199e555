import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { Citizen } from "../../src/cli/doors.ts";
import { SECOND } from "../../src/kernel/clock.ts";
import { wholeSystem } from "../support/system.ts";

const key = (): string => randomBytes(64).toString("base64url");

/** The Workers have the new keys already; tokens of before are read for three and a half seconds. */
const PAIR_KEYS = JSON.stringify({ 1: key(), 2: key() });
const whole = wholeSystem({
  tokenizer: { ROOT_KEYS: JSON.stringify([key(), key()]) },
  edge: { PAIR_KEYS },
  origin: { PAIR_KEYS },
  register: { ROOT_ROWS_PER_SECOND: "1", EPOCH_GRACE_DAYS: "0.00004", COMPROMISED_GRACE_DAYS: "0", PUBLISH_SETTLE_MS: "0" },
});

interface Rotation {
  state: string;
  operatorsLeft: number;
}

async function call<Body>(method: "GET" | "POST", path: string, json?: object): Promise<{ status: number; body: Body }> {
  const headers = { "authorization": `Bearer ${await whole.system.administrator()}`, "idempotency-key": "the-rotation", "content-type": "application/json" };
  const response = await fetch(`${whole.system.url}${path}`, { method, headers, ...(json && { body: JSON.stringify(json) }) });
  return { status: response.status, body: (await response.json()) as Body };
}

/** An operator's verb on one of its tokens. */
async function verb<Body>(name: string, token: string): Promise<Body> {
  const { system, access } = whole;
  const headers = { "authorization": `Bearer ${access.apiKey}`, "content-type": "application/json" };
  return (await (await fetch(`${system.url}/v1/tokens/${name}`, { method: "POST", headers, body: JSON.stringify({ token }) })).json()) as Body;
}

/** What its history says was done to it, without the operator's epochs. */
async function done(token: string): Promise<{ event: string; epoch: number }[]> {
  const { steps } = await verb<{ steps: { event: string; epoch: number }[] }>("history", token);
  return steps.filter(({ event }) => !event.startsWith("epoch-")).map(({ event, epoch }) => ({ event, epoch }));
}

async function until(state: string): Promise<void> {
  await expect.poll(async () => (await call<{ rotations: Rotation[] }>("GET", "/v1/roots")).body.rotations[0]?.state, { timeout: 20 * SECOND, interval: 100 }).toBe(state);
}

/** Asks about all of these, again and again, while something happens: each answer is the one that belongs to the token, or that it is retired. */
async function underLoad(tokens: ReadonlyMap<string, string>, happens: () => Promise<void>): Promise<void> {
  const said = { right: 0, retired: 0, other: [] as string[] };
  const load = { goesOn: true };
  const asking = Array.from({ length: 4 }, async () => {
    while (load.goesOn) {
      for (const [token, word] of tokens) {
        const answer = (await whole.server.check(token)).word;
        if (answer === word) said.right++;
        else if (answer === "token-retired") said.retired++;
        else said.other.push(answer);
      }
    }
  });
  try {
    await happens();
  } finally {
    load.goesOn = false;
    await Promise.all(asking);
  }
  expect(said.other).toEqual([]);
  expect(said.right).toBeGreaterThan(100);
  expect(said.retired).toBeGreaterThan(0);
}

it("the root is rotated under load: no check is wrong, by tokens of before or after, and those of before end with their grace", async () => {
  const { system, server } = whole;
  const excluded = ["0722000101", "0722000102"];
  const clear = ["0722000103", "0722000104"];
  for (const phone of excluded) await new Citizen(system.url).exclude({ policy: "6m", phone });
  const tokens = new Map<string, string>();
  const tokenize = async (phones: readonly string[], word: string): Promise<void> => {
    for (const phone of phones) tokens.set(await server.tokenize(phone), word);
  };
  await tokenize(excluded, "excluded");
  await tokenize(clear, "clear");
  for (const [token, word] of tokens) await server.until(token, word);
  const told = { old: await server.tokenize("0722000107"), newer: "" };
  const { token: next } = await verb<{ token: string }>("rotate", told.old);

  await underLoad(tokens, async () => {
    expect(await call("POST", "/v1/roots/rotations")).toEqual({ status: 202, body: { from: 0, to: 1 } });
    expect(await call("POST", "/v1/roots/rotations")).toEqual({ status: 202, body: { from: 0, to: 1 } });
    const late = "0722000105";
    await new Citizen(system.url).exclude({ policy: "6m", phone: late });
    await until("overlapping");
    told.newer = (await verb<{ token: string }>("rotate", next)).token;
    await verb("rotate", told.newer);
    const newer = new Map<string, string>();
    for (const [phones, word] of [[[...excluded, late], "excluded"], [clear, "clear"]] as const) {
      for (const phone of phones) newer.set(await server.tokenize(phone), word);
    }
    expect([...newer.keys()].filter((token) => tokens.has(token))).toEqual([]);
    // An epoch is known at the edge a moment after it began; from then on its tokens are among the load.
    for (const [token, word] of newer) {
      await server.until(token, word);
      tokens.set(token, word);
    }
    const last = "0722000106";
    const lasts = await server.tokenize(last);
    await new Citizen(system.url).exclude({ policy: "6m", phone: last });
    await server.until(lasts, "excluded");
    await until("retiring");
    const [old] = tokens.keys();
    await server.until(old!, "token-retired");
    for (const [token, word] of newer) expect((await server.check(token)).word).toBe(word);
  });
  // What was done to somebody's tokens is told by each of them, whatever root it holds.
  const epoch = (await done(next))[0]!.epoch;
  const all = [{ event: "rotated", epoch }, { event: "rotated", epoch }, { event: "rotated", epoch: epoch + 1 }];
  for (const token of [told.old, next, told.newer]) expect(await done(token)).toEqual(all);
  // Whoever was there before is the same person after it.
  const again = new Citizen(system.url);
  expect(await again.enter(excluded[0]!)).toContain("In force");
}, 60_000);

it("the pairwise key and an operator's epoch are rotated under load, and renewed tokens are good at once", async () => {
  const { server, access, system } = whole;
  const phones = new Map([["0722000101", "excluded"], ["0722000103", "clear"]]);
  const tokens = new Map<string, string>();
  for (const [phone, word] of phones) tokens.set(await server.tokenize(phone), word);
  for (const [token, word] of tokens) await server.until(token, word);
  const renewed = async (old: readonly string[]): Promise<string[]> => {
    const headers = { "authorization": `Bearer ${access.apiKey}`, "content-type": "application/json" };
    const response = await fetch(`${system.url}/v1/tokens/renew`, { method: "POST", headers, body: JSON.stringify({ tokens: old }) });
    return ((await response.json()) as { tokens: { token: string }[] }).tokens.map(({ token }) => token);
  };
  const moved = async (path: string, json: object): Promise<void> => {
    const [old, words] = [[...tokens.keys()].slice(-phones.size), [...phones.values()]];
    expect((await call("POST", path, json)).status).toBeLessThan(300);
    const newer = await renewed(old);
    expect(newer.filter((token) => old.includes(token))).toEqual([]);
    for (const [at, token] of newer.entries()) {
      await server.until(token, words[at]!);
      tokens.set(token, words[at]!);
    }
    await server.until(old[0]!, "token-retired");
  };
  await underLoad(tokens, async () => {
    await moved("/v1/pair-keys/rotations", { pairKeyId: "2", reason: "scheduled" });
    await moved(`/v1/operators/${access.id}/epochs`, { reason: "scheduled" });
  });
}, 60_000);
