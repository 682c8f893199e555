import { Hono } from "hono";
import { html } from "hono/html";

interface Message {
  to: string;
  message: string;
  at: string;
}

/** Enough to look back on, not enough to fill the memory. */
const KEPT = 500;

/** Numbers that end so cannot be reached: for trying out what happens then. */
const UNREACHABLE = "000";

const phone = /^\+\d{7,15}$/;

/** The provider's answer for one number, and whether the message was taken. */
function accept(number: string): { taken: boolean; recipient: object } {
  const taken = phone.test(number) && !number.endsWith(UNREACHABLE);
  const recipient = taken
    ? { statusCode: 101, number, status: "Success", cost: "KES 0.8000", messageId: `ATXid_${crypto.randomUUID()}` }
    : { statusCode: 403, number, status: "InvalidPhoneNumber", cost: "0", messageId: "None" };
  return { taken, recipient };
}

const page = (messages: readonly Message[]) => html`<!doctype html>
  <html lang="en">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Messages</title>
    <h1>Messages sent on this machine, newest first</h1>
    <p><a href="/dev/ussd">Dial from a phone, or send a message</a></p>
    <dl>
      ${messages.map(({ to, message, at }) => html`<dt>${to} <small>${at}</small></dt><dd dir="auto">${message}</dd>`)}
    </dl>
  </html>`;

/** Africa's Talking's messaging API as its clients see it, and a page with what was sent through it. */
export function africasTalking(): Hono {
  const messages: Message[] = [];
  const app = new Hono();

  app.post("/dev/africastalking/version1/messaging", async (c) => {
    if (!c.req.header("apiKey")) return c.text("The supplied authentication is invalid", 401);
    const form = await c.req.parseBody();
    const missing = ["username", "to", "message"].find((name) => typeof form[name] !== "string" || form[name] === "");
    if (missing) return c.text(`Request is missing required form field '${missing}'`, 400);
    const message = String(form.message);
    const answers = String(form.to).split(",").map((number) => ({ number, ...accept(number) }));
    for (const { number, taken } of answers) {
      if (taken) messages.unshift({ to: number, message, at: new Date().toISOString() });
    }
    messages.splice(KEPT);
    const Message = `Sent to ${answers.filter(({ taken }) => taken).length}/${answers.length} Total Cost: KES 0.8000`;
    return c.json({ SMSMessageData: { Message, Recipients: answers.map(({ recipient }) => recipient) } }, 201);
  });

  app.get("/dev/sms", (c) => {
    const to = c.req.query("to")?.replace(/^ /, "+");
    const shown = messages.filter((message) => !to || message.to === to);
    return c.req.header("accept")?.includes("application/json") ? c.json(shown) : c.html(page(shown));
  });
  return app;
}
