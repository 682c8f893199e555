import { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { commit } from "../../../office/commit.ts";
import { signedIn } from "../sessions/current.ts";
import { drawSecret, hashOf } from "../sessions/secret.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { AuthorizationError, Client, Scope } from "./model.ts";
import type { OAuthParts } from "./parts.ts";
import { type Authorization, clientIdIn, readAuthorization, redirectIn, stateIn } from "./request.ts";
import type { Answered, AuthorizationRefusal, OAuthRpc } from "./rpc.ts";
import { CODE_KEPT_FOR, CODE_LIFE, heldOf, isRemembered } from "./rules.ts";
import { activeClient, consentOf, dropCodes, insertCode, putConsent } from "./store.ts";

const Request = z.object({ visitor: Visitor, request: z.string().max(2_048) });
const Decision = Request.extend({ allow: z.boolean() });

/** A request that somebody who is signed in can answer. */
interface Standing {
  ok: true;
  client: Client;
  redirectUri: string;
  asked: Authorization;
  userId: string;
  actor: Actor;
  /** Tells the client. */
  answer: (params: { code: string } | { error: AuthorizationError }) => Answered;
}

type Refused = { ok: false } & AuthorizationRefusal;

const refuse = (refusal: AuthorizationRefusal["refusal"]): Refused => ({ ok: false, refusal });

/** What a client is told: at the address it registered as it stands, with who says so (RFC 9207) and its own state. */
function answering(redirectUri: string, iss: string, state: string | null): Standing["answer"] {
  const open = redirectUri.includes("?") ? "&" : "?";
  return (params) => ({ ok: true, redirect: `${redirectUri}${open}${new URLSearchParams({ ...params, iss, ...(state !== null && { state }) })}` });
}

/**
 * Judges a request in the order in which it can be told of: a client that is not known, or an address that is not the
 * client's, is told to nobody but whoever was sent; then the client hears what is wrong; then whoever was sent signs in.
 */
async function judge(parts: OAuthParts, { visitor, request }: z.infer<typeof Request>): Promise<Standing | Answered | Refused> {
  const query = new URLSearchParams(request);
  const found = await activeClient(parts.office, clientIdIn(query) ?? "");
  if (!found) return refuse("client-unknown");
  const { client } = found;
  const redirectUri = redirectIn(query, client);
  if (redirectUri === null) return refuse("redirect-unfit");
  const answer = answering(redirectUri, parts.tokens.issuer, stateIn(query));
  const read = readAuthorization(query, client);
  if (!read.ok) return answer({ error: read.error });
  const entered = await signedIn(parts, visitor.session);
  if (!entered.ok) return refuse("sign-in-due");
  const { userId, assignments } = entered.session.principal;
  const scopes = heldOf(read.asked.scopes, assignments);
  if (scopes.length === 0) return answer({ error: "invalid_scope" });
  const actor = { kind: "user" as const, id: userId, origin: visitor.origin };
  return { ok: true, client, redirectUri, asked: { ...read.asked, scopes }, userId, actor, answer };
}

const isStanding = (judged: Standing | Answered | Refused): judged is Standing => "actor" in judged;

/** Gives the client a code. `agreed` is what was agreed to before by somebody who was asked now, and is not asked again for the same. */
async function give({ office, clock, random }: OAuthParts, standing: Standing, agreed: readonly Scope[] | null): Promise<Answered> {
  const { client, redirectUri, asked: { scopes, challenge }, userId, actor, answer } = standing;
  const { primary } = office;
  const [now, code] = [clock(), drawSecret(random)];
  const [familyId, clientId] = [uuidv7(now, random), client.id];
  const row = { hash: hashOf(code), clientId, userId, redirectUri, scopes, challenge, familyId, expiresAt: now + CODE_LIFE, usedAt: null };
  const consent = agreed && { userId, clientId, scopes: [...new Set([...agreed, ...scopes])], at: now };
  await commit(office, {
    actor,
    rows: [dropCodes(primary, now - CODE_KEPT_FOR), insertCode(primary, row), ...(consent ? [putConsent(primary, consent)] : [])],
    audit: { action: `oauth-grant.${consent ? "agreed" : "remembered"}`, resource: `oauth-grant/${familyId}`, payload: { clientId, scopes } },
    answer: {},
  }, { now, random });
  return answer({ code });
}

export async function authorize(parts: OAuthParts, unread: unknown): ReturnType<OAuthRpc["authorize"]> {
  const form = Request.safeParse(unread);
  if (!form.success) return refuse("client-unknown");
  const judged = await judge(parts, form.data);
  if (!isStanding(judged)) return judged;
  const { client, redirectUri, asked: { scopes }, userId } = judged;
  if (isRemembered(await consentOf(parts.office, userId, client.id), scopes, redirectUri)) return give(parts, judged, null);
  return { ok: true, asked: { client: client.name, redirectUri, scopes } };
}

export async function decide(parts: OAuthParts, unread: unknown): ReturnType<OAuthRpc["decide"]> {
  const form = Decision.safeParse(unread);
  if (!form.success) return refuse("client-unknown");
  const judged = await judge(parts, form.data);
  if (!isStanding(judged)) return judged;
  if (!form.data.allow) return judged.answer({ error: "access_denied" });
  return give(parts, judged, await consentOf(parts.office, judged.userId, judged.client.id));
}
