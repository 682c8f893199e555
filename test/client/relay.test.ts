import { describe, expect, it } from "vitest";
import { blindTokens } from "../../src/client/blind.ts";
import { relayBlind } from "../../src/client/relay.ts";
import { problem } from "../../src/kernel/problem.ts";
import { blindApi } from "../support/blind.ts";

const ASKED = "https://operator.test/register/v1/tokens/blind";
const JSON_TYPE = { "content-type": "application/json" };

type Reply = () => Promise<Response>;

/** A relay before a register that replies so, and what the register was sent. */
function relayTo(reply: Reply = async () => Response.json({ said: 1 })) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => (sent.push({ url: String(url), init }), reply());
  const ask = (url: string, init?: RequestInit) => relayBlind(new Request(url, init), { url: "https://register.test", key: "sk_live_k_s", fetch });
  return { ask, sent };
}

describe("an operator's relay", () => {
  it("gives its page the tokens it would get itself, without a key", async () => {
    const { options: { key, fetch: register, ...options } } = await blindApi();
    const fetch = async (url: unknown, init: RequestInit = {}) =>
      relayBlind(new Request(String(url), init), { url: "https://register.test", key: key!, fetch: register! });
    const identifiers = [{ type: "msisdn" as const, value: "0712345678" }];
    expect(await blindTokens({ ...options, url: "https://operator.test/register", fetch }, identifiers))
      .toEqual(await blindTokens({ ...options, key: key!, fetch: register! }, identifiers));
  });

  it("adds the key, and passes on none of the page's headers and no more of the answer than its body and when to ask again", async () => {
    const reply = async () => Response.json(problem("rate-limited"), { status: 429, headers: { "retry-after": "3", "set-cookie": "a=b", "x-internal": "1" } });
    const { ask, sent } = relayTo(reply);
    const answer = await ask(ASKED, { method: "POST", body: '{"elements":[]}', headers: { ...JSON_TYPE, "cookie": "session=1", "authorization": "Bearer other", "x-forwarded-for": "1.2.3.4" } });
    expect(sent.map(({ url, init: { headers, method } }) => ({ url, method, headers }))).toEqual([
      { url: "https://register.test/v1/tokens/blind", method: "POST", headers: { ...JSON_TYPE, authorization: "Bearer sk_live_k_s" } },
    ]);
    expect(new TextDecoder().decode(sent[0]!.init.body as ArrayBuffer)).toBe('{"elements":[]}');
    expect([answer.status, await answer.json()]).toEqual([429, problem("rate-limited")]);
    expect(Object.fromEntries(answer.headers)).toEqual({ ...JSON_TYPE, "retry-after": "3", "cache-control": "no-store" });
  });

  it.each([
    ["POST", "/v1/tokens"], ["POST", "/v1/checks"], ["GET", "/v1/tokens/trade"], ["DELETE", "/v1/tokens/blind"], ["POST", "/v1/tokens/validate"], ["POST", "/v1/tokens/blind/"],
    ["POST", "/v1/tokens/blind/../renew"], ["POST", "/v1/checks?/v1/tokens/blind"], ["POST", "/v1/tokens/%62lind"], ["OPTIONS", "/v1/tokens/blind"], ["GET", "/"],
  ])("passes on nothing else: %s %s", async (method, path) => {
    const { ask, sent } = relayTo();
    const answer = await ask(`https://operator.test/register${path}`, { method, headers: JSON_TYPE, ...(method === "POST" && { body: "{}" }) });
    expect([answer.status, answer.headers.get("access-control-allow-origin"), sent]).toEqual([404, null, []]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])("takes nothing that another site's page can send unasked: %s", async (type) => {
    const { ask, sent } = relayTo();
    expect((await ask(ASKED, { method: "POST", body: "{}", headers: { "content-type": type } })).status).toBe(415);
    expect((await ask(ASKED)).status).toBe(415);
    expect(sent).toEqual([]);
  });

  it.each<[string, Reply, number]>([
    ["no connection", async () => Promise.reject(new TypeError("fetch failed")), 502],
    ["an answer that points elsewhere", async () => new Response(null, { status: 307, headers: { location: "https://elsewhere.test" } }), 307],
  ])("says that there was %s, and quotes nothing", async (_, reply, status) => {
    const { ask, sent } = relayTo(reply);
    const answer = await ask(ASKED, { method: "POST", body: "{}", headers: JSON_TYPE });
    expect([answer.status, answer.headers.get("location")]).toEqual([status, null]);
    expect(await answer.text()).not.toMatch(/sk_live|register\.test|fetch failed/);
    expect(sent[0]!.init.redirect).toBe("manual");
  });
});
