import { describe, expect, it } from "vitest";
import { africasTalking as client } from "../../../src/adapters/sms/africas-talking.ts";
import { africasTalking as simulator } from "../../../workers/local/africas-talking.ts";

const ACCOUNT = { url: "http://local/dev/africastalking", username: "nser", apiKey: "key", sender: "NSER" };
const SMS = { to: "+254712345678", message: "NSER: your code is 123456 & <b>more</b>" };

/** A provider that answers like this. */
const answering = (body: unknown, status = 201) => client(ACCOUNT, async () => new Response(JSON.stringify(body), { status }));
const recipients = (...Recipients: unknown[]) => ({ SMSMessageData: { Message: "Sent to 1/1", Recipients } });
const recipient = (statusCode: unknown) => ({ statusCode, number: SMS.to, status: "Status", cost: "KES 0.8000", messageId: "m1" });

describe("the provider's protocol", () => {
  it("is a form with the key in a header", async () => {
    const requests: Request[] = [];
    const sms = client(ACCOUNT, async (input, init) => {
      requests.push(new Request(input as string, init));
      return Response.json(recipients(recipient(101)), { status: 201 });
    });
    expect(await sms.send(SMS)).toEqual({ ok: true, messageId: "m1" });
    const [request] = requests;
    expect([request!.method, request!.url]).toEqual(["POST", `${ACCOUNT.url}/version1/messaging`]);
    expect(request!.headers.get("apiKey")).toBe("key");
    expect(request!.headers.get("content-type")).toContain("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(await request!.text()))).toEqual({ username: "nser", ...SMS, from: "NSER" });
  });

  it("takes 100 to 102 for accepted and everything else for a failure", async () => {
    for (const code of [100, 101, 102]) expect((await answering(recipients(recipient(code))).send(SMS)).ok).toBe(true);
    for (const code of [0, 99, 103, 401, 402, 403, 404, 405, 406, 407, 409, 500, 501, 502]) {
      expect(await answering(recipients(recipient(code))).send(SMS)).toEqual({ ok: false, reason: `${code} Status` });
    }
  });

  it("does not hand on a number that the provider's words quote", async () => {
    const refusing = answering({ SMSMessageData: { Message: `Invalid number ${SMS.to}`, Recipients: [] } });
    expect(await refusing.send(SMS)).toEqual({ ok: false, reason: "Invalid number +…" });
  });

  it("takes malformed answers and error statuses for failures", async () => {
    const bodies = [null, "x", {}, { SMSMessageData: {} }, recipients(), recipients({}), recipients(recipient("101"))];
    for (const body of bodies) expect((await answering(body).send(SMS)).ok).toBe(false);
    expect(await answering(recipients(recipient(101)), 500).send(SMS)).toEqual({ ok: false, reason: "HTTP 500" });
    const html = client(ACCOUNT, async () => new Response("<html>", { status: 201 }));
    expect((await html.send(SMS)).ok).toBe(false);
  });

  it("does not wait for ever, and does not throw when nobody answers", async () => {
    const silent: typeof fetch = (_, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason)));
    expect(await client(ACCOUNT, silent, 20).send(SMS)).toEqual({ ok: false, reason: "TimeoutError" });
    const gone = client(ACCOUNT, async () => Promise.reject(new TypeError("no route to +254712345678")));
    expect(await gone.send(SMS)).toEqual({ ok: false, reason: "TypeError" });
  });
});

describe("the simulator", () => {
  const against = (account = ACCOUNT) => {
    const app = simulator();
    return { app, sms: client(account, async (input, init) => app.request(String(input), init)) };
  };
  const listed = async (app: ReturnType<typeof simulator>, query = "") =>
    (await (await app.request(`/dev/sms${query}`, { headers: { accept: "application/json" } })).json()) as any[];

  it("speaks with our client, and shows what was sent, newest first", async () => {
    const { app, sms } = against();
    expect((await sms.send(SMS)).ok).toBe(true);
    expect((await sms.send({ ...SMS, to: "+254110000001" })).ok).toBe(true);
    expect((await listed(app)).map(({ to }) => to)).toEqual(["+254110000001", SMS.to]);
    for (const query of [`?to=${encodeURIComponent(SMS.to)}`, `?to=${SMS.to}`]) {
      expect(await listed(app, query)).toEqual([{ ...SMS, at: expect.any(String) }]);
    }
    const page = await (await app.request("/dev/sms")).text();
    expect(page).toContain("&lt;b&gt;more&lt;/b&gt;");
  });

  it("refuses as the provider does: no key, no form, numbers ending in 000", async () => {
    const { app, sms } = against();
    expect(await sms.send({ ...SMS, to: "+254712345000" })).toEqual({ ok: false, reason: "403 InvalidPhoneNumber" });
    expect((await against({ ...ACCOUNT, apiKey: "" }).sms.send(SMS)).ok).toBe(false);
    expect(await sms.send({ ...SMS, message: "" })).toEqual({ ok: false, reason: "HTTP 400" });
    expect(await listed(app)).toEqual([]);
  });

  it("keeps the last 500", async () => {
    const { app, sms } = against();
    for (let sent = 0; sent < 503; sent++) await sms.send({ ...SMS, message: String(sent) });
    const kept = await listed(app);
    expect([kept.length, kept[0].message, kept.at(-1).message]).toEqual([500, "502", "3"]);
  });
});
