import { describe, expect, it } from "vitest";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import type { TokenAct } from "../../src/domains/tokens/guard-rpc.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { admin, enrolled, testApi } from "../support/api.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";

const PHONE = { type: "msisdn", value: "0712345678" };
const NAUGHTY = ["", " ", "null", "\u0000", "\ud800", "BST", "BST-3", "'; drop table tokens --", "0712345678", "A".repeat(5_000), "\u202eBST"];

async function world(tokenizer = {}) {
  const counted: [TokenAct, number][] = [];
  const directory = new MemoryDirectory();
  const api = await testApi({ directory, parts: { countTokens: (_, act, count) => counted.push([act, count]) }, ...(Object.keys(tokenizer).length > 0 && { tokenizer: tokenizer as never }) });
  const own = await enrolled(api.call, "Own");
  const other = await enrolled(api.call, "Other");
  const as = (bearer: Record<string, string>) => async (verb: string, json: unknown) => api.call("POST", `/v1/tokens/${verb}`, { headers: bearer, json });
  const issue = async (bearer: Record<string, string>, value = PHONE.value) =>
    (await api.call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [{ ...PHONE, value }] } })).body.tokens[0].token as string;
  const staff = (verb: string, json: unknown, operator = own.operator.id) => api.call("POST", `/v1/operators/${operator}/tokens/${verb}`, { headers: admin(), json });
  const move = (id: string) => api.call("POST", `/v1/operators/${own.operator.id}/epochs`, { headers: admin(id) });
  return { ...api, directory, counted, own, other, ask: as(own.bearer), others: as(other.bearer), issue, staff, move };
}

/** A token whose checksum holds and whose seal does not. */
const forged = (token: string): string => {
  const parts = parseToken(token)!;
  return formatToken({ ...parts, body: parts.body.with(0, parts.body[0]! ^ 1) });
};

describe("POST /v1/tokens/validate", () => {
  it("says of each token by itself what it is, or what a check would refuse it with", async () => {
    const { ask, issue, own, other, move, directory, counted } = await world();
    const [first, retired, foreign] = [await issue(own.bearer), await issue(own.bearer, "0712345679"), await issue(other.bearer)];
    await ask("deactivate", { token: retired });
    await move("r");
    const fresh = await issue(own.bearer);
    const tokens = [first, fresh, retired, foreign, `${fresh.slice(0, -1)}`, fresh.toLowerCase().replaceAll("-", " "), first.slice(0, 20) + (first[20] === "Q" ? "P" : "Q") + first.slice(21)];
    const { response, body } = await ask("validate", { tokens });
    expect(response.status).toBe(200);
    expect(body.tokens.slice(0, 3)).toMatchObject([
      { valid: true, type: "msisdn", epoch: 1, generation: 0, state: "grace" }, { valid: true, epoch: 2, generation: 0, state: "current" },
      { valid: false, type: "msisdn", epoch: 1, generation: 0, state: "retired", problem: { type: "/problems/token-retired", status: 409, errors: [{ pointer: "/tokens/2" }] } },
    ]);
    expect(body.tokens.slice(3)).toMatchObject([
      { valid: false, slip: null, problem: { type: "/problems/token-invalid", status: 422, errors: [{ pointer: "/tokens/3" }] } },
      { valid: false, slip: { kind: "cut-short", at: null }, problem: { status: 422, errors: [{ detail: "is cut short: one character is missing" }] } },
      { valid: true, epoch: 2 },
      { valid: false, slip: { kind: "one-character", at: 21 }, problem: { status: 422 } },
    ]);
    directory.epochs[0]!.state = "retired";
    expect((await ask("validate", { tokens: [first] })).body.tokens).toMatchObject([{ valid: false, state: "retired", epoch: 1 }]);
    expect(counted.filter(([act]) => act === "validated")).toEqual([["validated", 7], ["validated", 1]]);
  });

  it("cannot read a token of a retired epoch whose key was destroyed, which keeps nothing from the others; nor answer while a key in use is missing", async () => {
    const { ask, issue, own, move, directory } = await world();
    const old = await issue(own.bearer);
    await move("r");
    const fresh = await issue(own.bearer);
    directory.epochs.find(({ epoch, operator }) => epoch === 1 && operator === own.operator.id)!.pairKeyId = "destroyed";
    expect((await ask("validate", { tokens: [fresh, old] })).response.status).toBe(503);
    directory.epochs.find(({ epoch, operator }) => epoch === 1 && operator === own.operator.id)!.state = "retired";
    expect((await ask("validate", { tokens: [fresh, old] })).body.tokens).toMatchObject([{ valid: true }, { valid: false, slip: null, problem: { status: 422 } }]);
  });

  it("tells another operator's token and a forged one alike, byte by byte", async () => {
    const { ask, staff, issue, own, other } = await world();
    const [foreign, false_] = [await issue(other.bearer), forged(await issue(own.bearer))];
    const said = async (verb: string, token: string, more: object = {}) => (await ask(verb, { token, ...more })).body;
    for (const [verb, more] of [["rotate", {}], ["compromise", { reason: "leaked" }], ["deactivate", {}], ["history", {}]] as const) {
      expect(JSON.stringify(await said(verb, foreign, more))).toBe(JSON.stringify(await said(verb, false_, more)));
      const byStaff = async (token: string) => JSON.stringify((await staff(verb, { token, ...(verb !== "history" && { reason: "leaked" }) })).body);
      expect(await byStaff(foreign)).toBe(await byStaff(false_));
    }
    for (const verb of ["validate", "renew"]) {
      const [one, two] = await Promise.all([foreign, false_].map(async (token) => JSON.stringify((await ask(verb, { tokens: [token] })).body)));
      expect(one).toBe(two);
    }
  });

  it("takes 1,000 tokens, whatever they are, and refuses none, 1,001 and what is no list of texts", async () => {
    const { ask, issue, own } = await world();
    const token = await issue(own.bearer);
    for (const verb of ["validate", "renew"]) {
      expect((await ask(verb, { tokens: Array.from({ length: 1_000 }, () => token) })).response.status).toBe(200);
      const naughty = await ask(verb, { tokens: NAUGHTY });
      expect([naughty.response.status, naughty.body.tokens.every((one: any) => one.problem.status === 422)]).toEqual([200, true]);
      for (const tokens of [[], Array.from({ length: 1_001 }, () => token), [1], [null], token, {}]) expect((await ask(verb, { tokens })).response.status).toBe(422);
      expect((await ask(verb, { tokens: [token], extra: 1 })).response.status).toBe(422);
    }
  });
});

describe("POST /v1/tokens/renew", () => {
  it("answers the current epoch's token for one of it and for one in grace, and why for the others", async () => {
    const { ask, issue, own, move, directory, counted } = await world();
    const old = await issue(own.bearer);
    const retired = await issue(own.bearer, "0712345679");
    await ask("deactivate", { token: retired });
    await move("r");
    const fresh = await issue(own.bearer);
    const other = await issue(own.bearer, "0712345670");
    const { body } = await ask("renew", { tokens: [retired, old, fresh, forged(fresh), other] });
    expect([body.tokens[1], body.tokens[2], body.tokens[4]]).toEqual([{ token: fresh }, { token: fresh }, { token: other }]);
    expect([body.tokens[0], body.tokens[3]]).toMatchObject([{ problem: { type: "/problems/token-retired", status: 409 } }, { problem: { status: 422 } }]);
    directory.epochs.find(({ epoch, operator }) => operator === own.operator.id && epoch === 1)!.state = "retired";
    expect((await ask("renew", { tokens: [old] })).body.tokens).toMatchObject([{ problem: { status: 409 } }]);
    expect(counted.filter(([act]) => act === "renewed")).toEqual([["renewed", 3], ["renewed", 0]]);
  });

  it("asks the tokenizer where the current epoch has another root, and answers the token that issuing gives", async () => {
    const under = (root: number, text: string) => utf8(`${root}${text}`.padEnd(16).slice(0, 16));
    const asked: number[] = [];
    const tokenizer = {
      evaluate: async (ids: { value: string }[]) => ids.map(({ value }) => ({ rootEpoch: 2, p: new Uint8Array([0, 1, 2].flatMap((root) => [...under(root, value)])) })),
      advance: async (root: number, ps: Uint8Array[]) => {
        asked.push(ps.length);
        const value = (p: Uint8Array) => new TextDecoder().decode(p.slice(1)).trim();
        return { rootEpoch: 2, newer: ps.map((p) => new Uint8Array([1, 2].filter((newer) => newer > root).flatMap((newer) => [...under(newer, value(p))]))) };
      },
    };
    const { ask, issue, own, directory, move } = await world(tokenizer);
    const values = ["0712345678", "0712345679"];
    const old = await Promise.all(values.map((value) => issue(own.bearer, value)));
    await move("r");
    directory.epochs.at(-1)!.rootEpoch = 2;
    const fresh = await Promise.all(values.map((value) => issue(own.bearer, value)));
    expect((await ask("renew", { tokens: [...old, fresh[0]] })).body.tokens).toEqual([{ token: fresh[0] }, { token: fresh[1] }, { token: fresh[0] }]);
    expect(asked).toEqual([2]);
    expect((await ask("rotate", { token: old[0] })).body.token).toBe(fresh[0]);
    directory.epochs.at(-1)!.rootEpoch = 3;
    expect((await ask("renew", { tokens: old })).response.status).toBe(503);
  });
});

describe.each(["rotate", "compromise"])("POST /v1/tokens/%s", (verb) => {
  const body = (token: string) => (verb === "rotate" ? { token } : { token, reason: "stolen" });

  it("replaces the token, once however often it is asked, and issuing gives the same new one", async () => {
    const { ask, issue, own, counted, directory } = await world();
    const token = await issue(own.bearer);
    const answers = await Promise.all([1, 2, 3].map(() => ask(verb, body(token))));
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    const next = await issue(own.bearer);
    expect([...new Set(answers.map(({ body: said }) => said.token))]).toEqual([next]);
    expect(parseToken(next)).toMatchObject({ epoch: 1, generation: 1 });
    expect((await ask(verb, body(token.toLowerCase()))).body.token).toBe(next);
    expect([counted, directory.generations.length]).toEqual([[[verb === "rotate" ? "rotated" : "compromised", 1]], 1]);
    expect((await ask(verb, body(next))).body.token).not.toBe(next);
  });

  it("of a token in grace answers the current epoch's, and leaves that as it is", async () => {
    const { ask, issue, own, move } = await world();
    const old = await issue(own.bearer);
    await move("r");
    const fresh = await issue(own.bearer);
    expect((await ask(verb, body(old))).body.token).toBe(fresh);
    expect((await ask("validate", { tokens: [old, fresh] })).body.tokens).toMatchObject([{ state: "retired" }, { state: "current" }]);
  });

  it("is 409 for a token that somebody deactivated meanwhile, for one of a retired epoch, and for the last generation, which says what to do", async () => {
    const { ask, staff, issue, own, directory } = await world();
    const token = await issue(own.bearer);
    await staff("deactivate", { token, reason: "misused" });
    expect((await ask(verb, body(token))).body).toMatchObject({ type: "/problems/token-retired", status: 409 });
    directory.generations[0]!.least = 31;
    const last = await issue(own.bearer);
    const { body: said } = await ask(verb, body(last));
    expect([said.status, said.detail]).toEqual([409, expect.stringContaining("move the operator's epoch")]);
    directory.epochs[0]!.state = "retired";
    expect((await ask(verb, body(last))).response.status).toBe(409);
  });

  it("that failed after it happened answers the same token when it is asked again", async () => {
    const { ask, issue, own, directory } = await world();
    const token = await issue(own.bearer);
    const act = directory.actOnToken.bind(directory);
    directory.actOnToken = async (command) => act(command).then(() => Promise.reject(new Error("gone")));
    expect((await ask(verb, body(token))).response.status).toBe(503);
    directory.actOnToken = act;
    expect((await ask(verb, body(token))).body.token).toBe(await issue(own.bearer));
    expect(directory.acts.length).toBe(1);
  });

  it("refuses what is no token of the operator's, and bodies of another shape", async () => {
    const { ask, others, issue, own } = await world();
    const token = await issue(own.bearer);
    for (const text of NAUGHTY) expect((await ask(verb, body(text))).response.status).toBe(422);
    expect((await others(verb, body(token))).response.status).toBe(422);
    for (const json of [{}, [], null, { token: 1 }, { ...body(token), extra: 1 }, { token, reason: "because of Wanjiku" }]) expect((await ask(verb, json)).response.status).toBe(422);
    expect((await ask("validate", { tokens: [token] })).body.tokens).toMatchObject([{ valid: true }]);
  });
});

describe("POST /v1/tokens/deactivate", () => {
  it("retires the token without another; repeated it succeeds; tokenising again gives the next generation", async () => {
    const { ask, issue, own, counted } = await world();
    const token = await issue(own.bearer);
    for (const json of [{ token }, { token, reason: "account-closed" }]) expect((await ask("deactivate", json)).response.status).toBe(204);
    expect(counted).toEqual([["deactivated", 1]]);
    expect(parseToken(await issue(own.bearer))).toMatchObject({ generation: 1 });
  });
});

describe("the history of a token", () => {
  it("has what was done to it, by whom and why, and the operator's epochs; staff see who it was", async () => {
    const { ask, staff, issue, own, others } = await world();
    const first = await issue(own.bearer);
    const { body: { token: second } } = await ask("rotate", { token: first });
    await staff("compromise", { token: second, reason: "leaked" });
    const { body } = await ask("history", { token: first });
    expect(body).toMatchObject({ type: "msisdn", epoch: 1, generation: 0, state: "retired" });
    expect(body.steps).toMatchObject([
      { event: "epoch-began", epoch: 1, generation: null, by: null },
      { event: "rotated", generation: 0, least: { epoch: 1, generation: 1 }, reason: null, by: { kind: "operator", id: own.operator.id } },
      { event: "compromised", generation: 1, least: { epoch: 1, generation: 2 }, reason: "leaked", by: { kind: "user", id: null } },
    ]);
    expect((await staff("history", { token: second })).body.steps[2].by.id).toMatch(/^0{8}-/);
    expect((await others("history", { token: first })).response.status).toBe(422);
    expect((await ask("history", { token: await issue(own.bearer, "0712345679") })).body.steps).toMatchObject([{ event: "epoch-began" }]);
  });
});

describe("the regulator's verbs on an operator's token", () => {
  it("give a reason, are for the operator the token is of, and find nothing at one nobody knows", async () => {
    const { staff, issue, own, other, ask } = await world();
    const token = await issue(own.bearer);
    for (const verb of ["rotate", "compromise", "deactivate"]) {
      expect((await staff(verb, { token })).response.status).toBe(422);
      expect((await staff(verb, { token, reason: "leaked" }, other.operator.id)).response.status).toBe(422);
      expect((await staff(verb, { token, reason: "leaked" }, "nobody")).response.status).toBe(404);
    }
    const { body } = await staff("rotate", { token, reason: "precaution" });
    expect((await ask("rotate", { token })).body).toEqual(body);
    expect((await staff("history", { token }, "nobody")).response.status).toBe(404);
  });

  it("are not an operator's, whose own are not without its key", async () => {
    const { call, own, issue } = await world();
    const token = await issue(own.bearer);
    for (const verb of ["rotate", "compromise", "deactivate", "history"]) {
      const path = `/v1/operators/${own.operator.id}/tokens/${verb}`;
      expect((await call("POST", path, { headers: own.bearer, json: { token, reason: "leaked" } })).response.status).toBe(401);
      expect((await call("POST", `/v1/tokens/${verb}`, { headers: admin(), json: { token } })).response.status).toBe(401);
    }
    const { body: key } = await call("POST", `/v1/operators/${own.operator.id}/keys`, { headers: admin("checks-only"), json: { scopes: ["checks"] } });
    expect((await call("POST", "/v1/tokens/validate", { headers: { authorization: `Bearer ${key.key}` }, json: { tokens: [token] } })).response.status).toBe(403);
  });

  it("answer 503 and do nothing while Register does not answer", async () => {
    const { ask, staff, issue, own, directory } = await world();
    const token = await issue(own.bearer);
    directory.tokensOf = () => Promise.reject(new Error("gone"));
    for (const verb of ["rotate", "deactivate", "history"]) expect((await ask(verb, { token })).response.status).toBe(503);
    for (const verb of ["validate", "renew"]) expect((await ask(verb, { tokens: [token] })).response.status).toBe(503);
    expect((await staff("rotate", { token, reason: "leaked" })).response.status).toBe(503);
    expect(directory.acts).toEqual([]);
  });
});

describe("the pairwise keys", () => {
  const rotate = (api: Awaited<ReturnType<typeof testApi>>, json: unknown, key = "p") => api.call("POST", "/v1/pair-keys/rotations", { headers: admin(key), json });

  it("are listed by id, whether they are held, and never themselves", async () => {
    const api = await world();
    api.directory.newestPairKey = "lost";
    const { body } = await api.call("GET", "/v1/pair-keys", { headers: admin() });
    expect(body).toEqual({ newest: "lost", keys: [{ pairKeyId: "lost", held: false, current: 0, grace: 0 }, { pairKeyId: "pair", held: true, current: 2, grace: 0 }] });
  });

  it("move everybody, in as many steps as it takes, and name who stays; a step that failed is gone on with", async () => {
    const api = await world();
    const asked: (string | null)[] = [];
    const steps = [{ moved: 2, already: 1, left: ["x"], next: "b" }, { moved: 3, already: 0, left: [], next: null }];
    let down = true;
    api.directory.rotatePairKey = (async ({ after }: { after: string | null }) => {
      asked.push(after);
      if (after === "b" && down) throw new Error("gone");
      return { ok: true, ...steps[after === null ? 0 : 1]! };
    }) as never;
    expect((await rotate(api, { pairKeyId: "pair", reason: "compromised" })).response.status).toBe(503);
    down = false;
    expect((await rotate(api, { pairKeyId: "pair", reason: "compromised" })).body).toEqual({ pairKeyId: "pair", moved: 5, already: 1, left: ["x"] });
    expect(asked).toEqual([null, "b", null, "b"]);
  });

  it("are refused where this deployment does not hold them, without a reason, and to whoever may not", async () => {
    const api = await world();
    const { response, body } = await rotate(api, { pairKeyId: "other", reason: "scheduled" });
    expect([response.status, body.errors[0].pointer]).toEqual([422, "/pairKeyId"]);
    for (const json of [{ pairKeyId: "pair" }, { reason: "scheduled" }, { pairKeyId: "pair", reason: "bored" }, {}]) expect((await rotate(api, json)).response.status).toBe(422);
    expect((await api.call("POST", "/v1/pair-keys/rotations", { headers: api.own.bearer, json: { pairKeyId: "pair", reason: "scheduled" } })).response.status).toBe(401);
    expect(api.directory.newestPairKey).toBe("pair");
  });
});
