import { z } from "zod";
import { fingerprintOf } from "../../../api/idempotency.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Caller, ownRole } from "../../authentication/capabilities.ts";
import { type EnterParts, read } from "../../users/people/index.ts";
import type { EndpointRefusal } from "../feed/endpoints/model.ts";
import { DeliveriesQuery, ReplayRequest, WebhookChange, WebhookRequest } from "../feed/endpoints/schema.ts";
import type { EndpointsApi } from "../feed/rpc.ts";
import { commandOf, enterFor } from "./enter.ts";
import { SECRET_OVERLAPS } from "./model.ts";
import type { WebhookDeskRpc, WebhookRefusal } from "./webhook-rpc.ts";

type Answer<Verb extends keyof WebhookDeskRpc> = ReturnType<WebhookDeskRpc[Verb]>;

/** What the verbs on webhooks work with. Whatever of it fails throws: what a form asked is answered again when it is sent again. */
export interface WebhookDeskParts extends EnterParts {
  feed: (operator: string) => EndpointsApi;
}

const PAGE = 50;
const MOST_DESCRIPTION = 200;

const Known = z.object({ webhookId: z.string().refine(isUuid) });
const Paged = Known.extend({ before: DeliveriesQuery.shape.before });
const formId = z.string().refine(isUuid);
const Wished = z.object({ formId, url: z.string().trim(), description: z.string().trim() });
const Replayed = Known.extend({ from: z.string().max(40).transform(Number).pipe(ReplayRequest.shape.from) });
const Rotated = Known.extend({ formId, overlapHours: z.enum(SECRET_OVERLAPS.map(String)).transform(Number) });
const Turned = Known.extend({ state: WebhookChange.shape.state.unwrap(), version: z.coerce.number().int().min(1) });

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const mayChange = ({ principal }: Caller, operator: string) => ({ change: ownRole(principal, "webhooks:write", operator) !== null });

/** What the feed refuses, as a page says it. */
const said = (refusal: EndpointRefusal): { ok: false } & WebhookRefusal => (refusal.refusal === "unknown" ? refused("not-found") : { ok: false, ...refusal });

export async function webhooks(parts: WebhookDeskParts, unread: unknown): Answer<"webhooks"> {
  const entered = await enterFor(parts, unread, "webhooks:read");
  if (!entered.ok) return entered;
  return { ok: true, webhooks: await parts.feed(entered.operator).endpoints(), may: mayChange(entered.by, entered.operator) };
}

export async function webhook(parts: WebhookDeskParts, unread: unknown): Answer<"webhook"> {
  const entered = await enterFor(parts, unread, "webhooks:read");
  if (!entered.ok) return entered;
  const asked = read(Paged, unread);
  if (!asked) return refused("not-found");
  const feed = parts.feed(entered.operator);
  const [all, rows] = await Promise.all([feed.endpoints(), feed.deliveries(asked.webhookId, asked.before, PAGE + 1)]);
  const found = all.find(({ id }) => id === asked.webhookId);
  if (!found || !rows) return refused("not-found");
  const deliveries = rows.slice(0, PAGE);
  return { ok: true, webhook: found, deliveries, older: rows.length > PAGE ? deliveries.at(-1)!.id : null, may: mayChange(entered.by, entered.operator) };
}

export async function registerWebhook(parts: WebhookDeskParts, unread: unknown): Answer<"registerWebhook"> {
  const entered = await enterFor(parts, unread, "webhooks:write", "fresh");
  if (!entered.ok) return entered;
  const wish = read(Wished, unread);
  if (!wish) return refused("choice-missing");
  const { url } = wish;
  const description = wish.description === "" ? url.slice(0, MOST_DESCRIPTION) : WebhookRequest.shape.description.safeParse(wish.description).data;
  if (description === undefined) return refused("description-unfit");
  const { operator, by } = entered;
  const command = { commandId: commandOf(by, "register-webhook", wish.formId), fingerprint: fingerprintOf(operator, url, wish.description) };
  const done = await parts.feed(operator).registerEndpoint({ ...command, url, description, actor: by.actor });
  return done.ok ? { ok: true, webhook: done.endpoint, secret: done.secret } : said(done);
}

type Entering<Asked> = { feed: EndpointsApi; by: Caller; operator: string; asked: Asked };

/** Lets in who acts on one webhook, with what the form asks; `unfit`: what a form is told that cannot be read. */
async function enterToAct<Asked>(parts: WebhookDeskParts, unread: unknown, form: z.ZodType<Asked>, unfit: "choice-missing" | "beyond-kept"): Promise<Result<Entering<Asked>, WebhookRefusal>> {
  const entered = await enterFor(parts, unread, "webhooks:write", "fresh");
  if (!entered.ok) return entered;
  if (!read(Known, unread)) return refused("not-found");
  const asked = read(form, unread);
  return asked ? { ...entered, feed: parts.feed(entered.operator), asked } : refused(unfit);
}

const done = (answer: Result<object, EndpointRefusal>): Result<object, WebhookRefusal> => (answer.ok ? { ok: true } : said(answer));

export async function testWebhook(parts: WebhookDeskParts, unread: unknown): Answer<"testWebhook"> {
  const entered = await enterToAct(parts, unread, Known, "choice-missing");
  if (!entered.ok) return entered;
  const { feed, by: { actor }, asked: { webhookId } } = entered;
  return done(await feed.testEndpoint({ endpoint: webhookId, actor }));
}

export async function replayWebhook(parts: WebhookDeskParts, unread: unknown): Answer<"replayWebhook"> {
  const entered = await enterToAct(parts, unread, Replayed, "beyond-kept");
  if (!entered.ok) return entered;
  const { feed, by: { actor }, asked: { webhookId, from } } = entered;
  return done(await feed.replay({ endpoint: webhookId, from, actor }));
}

export async function rotateWebhookSecret(parts: WebhookDeskParts, unread: unknown): Answer<"rotateWebhookSecret"> {
  const entered = await enterToAct(parts, unread, Rotated, "choice-missing");
  if (!entered.ok) return entered;
  const { feed, operator, by, asked: { webhookId, formId: form, overlapHours } } = entered;
  const command = { commandId: commandOf(by, "rotate-webhook-secret", form), fingerprint: fingerprintOf(operator, webhookId, overlapHours) };
  const turned = await feed.rotateSecret({ ...command, endpoint: webhookId, overlapHours, actor: by.actor });
  return turned.ok ? { ok: true, webhook: turned.endpoint, secret: turned.secret } : said(turned);
}

export async function turnWebhook(parts: WebhookDeskParts, unread: unknown): Answer<"turnWebhook"> {
  const entered = await enterToAct(parts, unread, Turned, "choice-missing");
  if (!entered.ok) return entered;
  const { feed, by: { actor }, asked: { webhookId, state, version } } = entered;
  return done(await feed.changeEndpoint({ endpoint: webhookId, state, version, actor }));
}

export async function removeWebhook(parts: WebhookDeskParts, unread: unknown): Answer<"removeWebhook"> {
  const entered = await enterToAct(parts, unread, Known, "choice-missing");
  if (!entered.ok) return entered;
  const { feed, by: { actor }, asked: { webhookId } } = entered;
  return done(await feed.removeEndpoint({ endpoint: webhookId, actor }));
}
