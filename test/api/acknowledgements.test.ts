import { describe, expect, it } from "vitest";
import { utf8 } from "../../src/kernel/bytes.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import { aTalkingFeed } from "../support/acknowledging.ts";
import { admin, fakeTokenizer, testApi } from "../support/api.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";

const NAUGHTY = ["", " ", "null", "\u0000", "\ud800", "BST", "BST-3", "'; drop table customers --", "0712345678", "A".repeat(5_000), "\u202eBST"];
const pOf = (value: string) => utf8(`msisdn+254${value.slice(1)}`.padEnd(16).slice(-16));

async function world(tokenizer: object = {}) {
  const directory = new MemoryDirectory();
  const feeds = new Map<string, ReturnType<typeof aTalkingFeed>>();
  const feedOf = (operator: string) => {
    const feed = feeds.get(operator) ?? aTalkingFeed(operator);
    feed.clock.now = Date.now();
    feeds.set(operator, feed);
    return feed;
  };
  const feed = (operator: string) => feedOf(operator).acknowledging as never;
  const api = await testApi({ directory, tokenizer: { ...fakeTokenizer, ...tokenizer }, parts: { feed } });
  const enrol = async (name: string, scopes = ["tokens", "events"]) => {
    const { body: operator } = await api.call("POST", "/v1/operators", { headers: admin(`enrol-${name}`), json: { name, requiredKinds: ["msisdn"] } });
    const { body: key } = await api.call("POST", `/v1/operators/${operator.id}/keys`, { headers: admin(`key-${name}`), json: { scopes } });
    const bearer = { authorization: `Bearer ${key.key}` };
    const tokens = async (...values: string[]): Promise<string[]> =>
      (await api.call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: values.map((value) => ({ type: "msisdn", value })) } })).body.tokens.map(({ token }: any) => token);
    let sent = 0;
    const say = (json: unknown, key: string | null = `k${++sent}`) =>
      api.call("POST", "/v1/acknowledgements", { headers: { ...bearer, ...(key !== null && { "idempotency-key": key }) }, json });
    return { id: operator.id as string, bearer, tokens, say, feed: () => feedOf(operator.id) };
  };
  const move = (operator: string) => api.call("POST", `/v1/operators/${operator}/epochs`, { headers: admin(`move-${operator}`) });
  return { ...api, directory, enrol, move };
}

const now = () => new Date().toISOString();

describe("POST /v1/acknowledgements", () => {
  it("takes what an operator did about its own customers, and how far it is", async () => {
    const { enrol } = await world();
    const own = await enrol("Own");
    const [excluded, clear] = await own.tokens("0712345678", "0712345679");
    own.feed().tell("exclusion.started", pOf("0712345678"));
    own.feed().deliver(1, 1);
    const { response, body } = await own.say({
      handledThrough: 1, acknowledgements: [{ token: excluded, state: "session_ended", at: now() }, { token: clear, state: "session_ended", at: now() }],
    });
    expect([response.status, body]).toEqual([200, { handledThrough: 1, recorded: 1, unchanged: 0, notExcluded: ["/acknowledgements/1"] }]);
    expect(own.feed().kept().customers).toHaveLength(1);
    expect((await own.say({ handledThrough: 1 })).body).toEqual({ handledThrough: 1, recorded: 0, unchanged: 0, notExcluded: [] });
  });

  it("reads tokens in whatever way they are written, of epochs in grace and of retired ones", async () => {
    const { enrol, move, directory } = await world();
    const own = await enrol("Own");
    const [old] = await own.tokens("0712345678");
    own.feed().tell("exclusion.started", pOf("0712345678"));
    await move(own.id);
    directory.epochs.find(({ epoch, operator }) => operator === own.id && epoch === 1)!.state = "retired";
    const { body } = await own.say({ acknowledgements: [{ token: old!.toLowerCase(), state: "account_closed", at: now() }] });
    expect(body).toMatchObject({ recorded: 1 });
  });

  it("asks the tokenizer what an older root's token is called since", async () => {
    const asked: number[] = [];
    const advance = async (rootEpoch: number, ps: Uint8Array[]) => {
      asked.push(rootEpoch, ps.length);
      return { rootEpoch: 1, newer: ps.map((p) => p.map((byte) => byte ^ 1)) };
    };
    const { enrol, move, directory } = await world({ advance });
    const own = await enrol("Own");
    const [old] = await own.tokens("0712345678");
    await move(own.id);
    directory.epochs.find(({ epoch, operator }) => operator === own.id && epoch === 2)!.rootEpoch = 1;
    own.feed().tell("exclusion.started", pOf("0712345678").map((byte) => byte ^ 1));
    expect((await own.say({ acknowledgements: [{ token: old, state: "account_closed", at: now() }] })).body).toMatchObject({ recorded: 1 });
    expect(asked).toEqual([0, 1]);
  });

  it("refuses another operator's token and a forged one alike, naming each, and keeps nothing of the batch", async () => {
    const { enrol } = await world();
    const [own, other] = [await enrol("Own"), await enrol("Other")];
    const [token] = await own.tokens("0712345678");
    const [foreign] = await other.tokens("0712345678");
    const parts = parseToken(token!)!;
    const forged = formatToken({ ...parts, body: parts.body.with(0, parts.body[0]! ^ 1) });
    for (const { feed } of [own, other]) feed().tell("exclusion.started", pOf("0712345678"));
    const said = (other: string) => ({ acknowledgements: [{ token, state: "session_ended", at: now() }, { token: other, state: "session_ended", at: now() }] });
    for (const token of [foreign!, forged]) {
      const { response, body } = await own.say(said(token));
      expect([response.status, body.type, body.errors.map(({ pointer }: any) => pointer)]).toEqual([422, "/problems/token-invalid", ["/acknowledgements/1/token"]]);
    }
    expect((await own.say(said(foreign!))).body).toEqual((await own.say(said(forged))).body);
    expect([own.feed().kept().customers, other.feed().kept().customers]).toEqual([[], []]);
  });

  it("names every part that it does not take: times ahead and before the event, and more than was received", async () => {
    const { enrol } = await world();
    const own = await enrol("Own");
    const [token] = await own.tokens("0712345678");
    own.feed().tell("exclusion.started", pOf("0712345678"));
    const at = (ms: number) => ({ token, state: "session_ended", at: new Date(Date.now() + ms).toISOString() });
    const ahead = await own.say({ acknowledgements: [at(0), at(MINUTE)] });
    expect([ahead.response.status, ahead.body.errors]).toEqual([422, [{ pointer: "/acknowledgements/1/at", detail: "lies ahead of now" }]]);
    const wrong = await own.say({ handledThrough: 7, acknowledgements: [at(-MINUTE), at(0)] });
    expect([wrong.body.type, wrong.body.errors]).toEqual(["/problems/field-invalid", [
      { pointer: "/acknowledgements/0/at", detail: "lies before the exclusion began" }, { pointer: "/handledThrough", detail: "is beyond the last event you were sent or have fetched" },
    ]]);
    expect(own.feed().kept().customers).toEqual([]);
  });

  it("is asked with an idempotency key, which answers the same again, and is refused with another body", async () => {
    const { enrol } = await world();
    const own = await enrol("Own");
    own.feed().tell("exclusion.started", pOf("0712345678"));
    const [token] = await own.tokens("0712345678");
    const json = { acknowledgements: [{ token, state: "session_ended", at: now() }] };
    expect((await own.say(json, null)).body.type).toBe("/problems/idempotency-key-missing");
    const first = await own.say(json, "same");
    expect((await own.say(json, "same")).body).toEqual(first.body);
    expect((await own.say({ handledThrough: 0 }, "same")).body.type).toBe("/problems/idempotency-key-reused");
  });

  it("is tried with test keys, which never reach the feed of people", async () => {
    const { enrol, call } = await world();
    const own = await enrol("Own");
    const [live] = await own.tokens("0712345678");
    own.feed().tell("exclusion.started", pOf("0712345678"));
    own.feed().deliver(1, 1);
    const { body: key } = await call("POST", `/v1/operators/${own.id}/keys`, { headers: admin("test"), json: { scopes: ["tokens", "events"], mode: "test" } });
    const bearer = { "authorization": `Bearer ${key.key}`, "idempotency-key": "t" };
    const { body: { tokens: [{ token }] } } = await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [{ type: "msisdn", value: "+254700000002" }] } });
    const say = (json: object) => call("POST", "/v1/acknowledgements", { headers: bearer, json });
    expect((await say({ handledThrough: 0, acknowledgements: [{ token, state: "session_ended", at: now() }] })).body).toEqual({ handledThrough: 0, recorded: 0, unchanged: 0, notExcluded: ["/acknowledgements/0"] });
    expect((await say({ acknowledgements: [{ token: live, state: "session_ended", at: now() }] })).body.type).toBe("/problems/token-invalid");
    expect((await say({ handledThrough: 1 })).body.errors).toMatchObject([{ pointer: "/handledThrough" }]);
    expect((await own.say({ acknowledgements: [{ token, state: "session_ended", at: now() }] })).body.type).toBe("/problems/token-invalid");
    expect(own.feed().kept()).toEqual({ customers: [], said: [] });
  });

  it("is for keys that are good for events", async () => {
    const { enrol, call } = await world();
    const without = await enrol("Without", ["tokens", "checks", "scrubs"]);
    expect((await without.say({ handledThrough: 0 })).response.status).toBe(403);
    expect((await call("POST", "/v1/acknowledgements", { json: { handledThrough: 0 } })).response.status).toBe(401);
    expect((await call("POST", "/v1/acknowledgements", { headers: admin("k"), json: { handledThrough: 0 } })).response.status).toBe(401);
  });

  it("is 503 while the feed, or who tells it what happened, is away; what was said then is taken when it is said again", async () => {
    const { enrol } = await world();
    const own = await enrol("Own");
    const [token] = await own.tokens("0712345678");
    const json = { acknowledgements: [{ token, state: "session_ended", at: now() }] };
    own.feed().state.away = true;
    const { response } = await own.say(json, "again");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    own.feed().state.away = false;
    own.feed().unheard.push(() => void own.feed().tell("exclusion.started", pOf("0712345678"), Date.parse(json.acknowledgements[0]!.at)));
    expect((await own.say(json, "again")).body).toMatchObject({ recorded: 1 });
  });

  it("takes a thousand, and no body that says nothing, too much or something else", async () => {
    const { enrol } = await world();
    const own = await enrol("Own");
    const [token] = await own.tokens("0712345678");
    const one = { token, state: "session_ended", at: now() };
    expect((await own.say({ acknowledgements: Array.from({ length: 1_000 }, () => one) })).response.status).toBe(200);
    const wrong = [
      {}, { acknowledgements: [] }, { acknowledgements: Array.from({ length: 1_001 }, () => one) }, { handledThrough: -1 }, { handledThrough: 1.5 }, { handledThrough: "1" }, { handledThrough: 2 ** 53 },
      { acknowledgements: [{ ...one, state: "received" }] }, { acknowledgements: [{ ...one, at: "yesterday" }] }, { acknowledgements: [{ ...one, at: "2026-11-02T09:00:00" }] },
      { acknowledgements: [{ ...one, at: 1 }] }, { acknowledgements: [{ ...one, extra: 1 }] }, { acknowledgements: [null] }, { handledThrough: 0, extra: 1 }, [], null, "x",
    ];
    for (const json of wrong) expect([json, (await own.say(json)).response.status]).toEqual([json, 422]);
    for (const text of NAUGHTY) expect((await own.say({ acknowledgements: [{ ...one, token: text }] })).response.status).toBe(422);
  });
});
