import { Hono } from "hono";
import { html, raw } from "hono/html";

interface Environment {
  ORIGIN: Fetcher;
  CALLBACK_SECRET: string;
}

/** Where the simulated provider calls from. */
const ADDRESS = "127.0.0.1";
const SERVICE_CODE = "*384*1#";
const SHORT_CODE = "22384";
/** Safaricom's. */
const NETWORK_CODE = "63902";

const STYLE = raw(`
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 24rem; padding: 0 1rem; }
  label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
  input, button { min-height: 2.75rem; margin: .25rem 0 .75rem; padding: 0 .5rem; }
  pre { background: #cfd8b8; color: #10220a; border: .5rem solid #333; border-radius: .5rem; padding: .75rem; min-height: 11rem; white-space: pre-wrap; overflow-wrap: anywhere; }
  .row { display: flex; gap: .5rem; }
  li { margin-bottom: .5rem; overflow-wrap: anywhere; }
`);

/** A session lives here: its id, and everything typed in it. The network joins what was typed with "*", and so does this. */
const SCRIPT = raw(`
  const by = (id) => document.getElementById(id);
  let session = null;
  let inputs = [];
  const show = (text, more) => { by("screen").textContent = text; by("reply").disabled = by("send").disabled = !more; if (more) by("reply").focus(); };
  const post = async (path, fields) => (await fetch(path, { method: "POST", body: new URLSearchParams(fields) })).text();
  async function step() {
    const said = await post("/dev/ussd", { sessionId: session, phoneNumber: by("phone").value, text: inputs.join("*") });
    const more = said.startsWith("CON ");
    if (!more) session = null;
    show(said.replace(/^(CON|END) /, ""), more);
    setTimeout(messages, 500);
  }
  async function messages() {
    const to = encodeURIComponent(by("phone").value);
    const all = await (await fetch("/dev/sms?to=" + to, { headers: { accept: "application/json" } })).json();
    by("messages").replaceChildren(...all.map(({ message }) => Object.assign(document.createElement("li"), { textContent: message })));
  }
  by("dial").onclick = () => { session = "ATUid_" + crypto.randomUUID().replaceAll("-", ""); inputs = []; step(); };
  by("hang").onclick = () => { session = null; show("", false); };
  by("answer").onsubmit = (event) => { event.preventDefault(); if (!session) return; inputs.push(by("reply").value); by("reply").value = ""; step(); };
  by("text").onsubmit = async (event) => {
    event.preventDefault();
    await post("/dev/ussd/sms", { from: by("phone").value, text: by("message").value, id: "ATXid_" + crypto.randomUUID() });
    by("message").value = "";
    setTimeout(messages, 500);
  };
  by("phone").onchange = messages;
  messages();
`);

const page = () => html`<!doctype html>
  <html lang="en">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>A phone</title>
    <style>${STYLE}</style>
    <h1>A phone on this machine</h1>
    <label for="phone">Its number</label>
    <input id="phone" type="tel" value="+254712345678" />
    <div class="row"><button id="dial" type="button">Dial ${SERVICE_CODE}</button><button id="hang" type="button">Hang up</button></div>
    <pre id="screen" role="status"></pre>
    <form id="answer">
      <label for="reply">Answer</label>
      <div class="row"><input id="reply" inputmode="tel" autocomplete="off" disabled /><button id="send" disabled>Send</button></div>
    </form>
    <form id="text">
      <label for="message">SMS to ${SHORT_CODE}</label>
      <div class="row"><input id="message" autocomplete="off" placeholder="ACHA" /><button>Send</button></div>
    </form>
    <h2>SMS it received</h2>
    <ul id="messages"></ul>
    <p><a href="/dev/sms">All messages</a></p>
    <script>${SCRIPT}</script>
  </html>`;

/** Calls origin as Africa's Talking does: a form, from an address it knows, at a path only it knows. */
function call({ ORIGIN, CALLBACK_SECRET }: Environment, door: "ussd" | "sms", fields: Record<string, string>): Promise<Response> {
  const headers = { "cf-connecting-ip": ADDRESS };
  return ORIGIN.fetch(`http://origin/v1/callbacks/${door}/${CALLBACK_SECRET}`, { method: "POST", headers, body: new URLSearchParams(fields) });
}

/** The network's part of a phone that dials and sends messages, and a page to hold it by. */
export function phone(): Hono<{ Bindings: Environment }> {
  const app = new Hono<{ Bindings: Environment }>();

  app.get("/dev/ussd", (c) => c.html(page()));

  app.post("/dev/ussd", async (c) => {
    const { sessionId = "", phoneNumber = "", text = "" } = (await c.req.parseBody()) as Record<string, string>;
    return call(c.env, "ussd", { sessionId, serviceCode: SERVICE_CODE, phoneNumber, text, networkCode: NETWORK_CODE });
  });

  app.post("/dev/ussd/sms", async (c) => {
    const { from = "", text = "", id = "" } = (await c.req.parseBody()) as Record<string, string>;
    return call(c.env, "sms", { from, to: SHORT_CODE, text, date: new Date().toISOString(), id, linkId: crypto.randomUUID() });
  });
  return app;
}
