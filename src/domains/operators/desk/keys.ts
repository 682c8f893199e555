import { z } from "zod";
import { readNetwork } from "../../../check/networks.ts";
import { DEFAULT_TERMS, KEY_MODES, type KeyTerms } from "../../../check/terms.ts";
import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import { fingerprintOf } from "../../../api/idempotency.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { type Caller, ownRole } from "../../authentication/capabilities.ts";
import type { UsageApi } from "../../analytics/rpc.ts";
import { type EnterParts, read } from "../../users/people/index.ts";
import { issueKey as issue, type KeyParts, rotateKey as rotate } from "../keys.ts";
import type { DirectoryRefusal, OperatorDirectoryApi } from "../rpc.ts";
import { keyName, type KeyLimits, MOST_NETWORKS } from "../schema.ts";
import { commandOf, enterFor } from "./enter.ts";
import { KEY_LIVES, type KeySeen, OVERLAPS } from "./model.ts";
import type { KeyRefusal, OperatorDeskRpc } from "./rpc.ts";

type Answer<Verb extends keyof OperatorDeskRpc> = ReturnType<OperatorDeskRpc[Verb]>;

/** What the verbs on keys work with. Whatever of it fails throws: nothing was shown, and what was done is answered again. */
export interface KeyDeskParts extends EnterParts, Omit<KeyParts, "directory"> {
  directory: KeyParts["directory"] & Pick<OperatorDirectoryApi, "keysOf" | "revokeKey">;
  usage: (operator: string) => Pick<UsageApi, "keyUsage" | "keysUsed">;
  keyLimits: KeyLimits;
}

const SHOWN_DAYS = 30;

const formId = z.string().refine(isUuid);
const Keyed = z.object({ keyId: z.string().refine(isUuid) });
const Wished = z.object({
  formId, mode: z.enum(KEY_MODES), name: z.string().max(400), networks: z.string().max(4_000),
  days: z.enum(["", ...KEY_LIVES.map(String)]).transform((days) => (days === "" ? null : Number(days))),
});
const Turned = Keyed.extend({ formId, overlapHours: z.enum(OVERLAPS.map(String)).transform(Number) });

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const mayChange = ({ principal }: Caller, operator: string) => ({ change: ownRole(principal, "keys:write", operator) !== null });

/** What the directory refuses, as a page says it. */
const said = ({ refusal }: DirectoryRefusal): { ok: false } & KeyRefusal =>
  refusal === "key-ended" || refusal === "command-reused" ? refused(refusal) : refused("not-found");

async function seenOf({ directory, usage }: KeyDeskParts, operator: string): Promise<KeySeen[]> {
  const [keys, used] = await Promise.all([directory.keysOf(operator), usage(operator).keysUsed()]);
  return keys.map((key) => ({ ...key, lastUsed: used[key.id] ?? null }));
}

export async function keys(parts: KeyDeskParts, unread: unknown): Answer<"keys"> {
  const entered = await enterFor(parts, unread, "operators:read");
  if (!entered.ok) return entered;
  return { ok: true, keys: await seenOf(parts, entered.operator), may: mayChange(entered.by, entered.operator) };
}

export async function key(parts: KeyDeskParts, unread: unknown): Answer<"key"> {
  const entered = await enterFor(parts, unread, "operators:read");
  if (!entered.ok) return entered;
  const { operator, by } = entered;
  const asked = read(Keyed, unread);
  const found = asked && (await seenOf(parts, operator)).find(({ id }) => id === asked.keyId);
  if (!found) return refused("not-found");
  const now = parts.clock();
  const days = await parts.usage(operator).keyUsage({ keyId: found.id, from: now - (SHOWN_DAYS - 1) * DAY, to: now + 1 });
  return { ok: true, key: found, days: days.toReversed(), may: mayChange(by, operator) };
}

export async function issueKey(parts: KeyDeskParts, unread: unknown): Answer<"issueKey"> {
  const entered = await enterFor(parts, unread, "keys:write", "fresh");
  if (!entered.ok) return entered;
  const wish = read(Wished, unread);
  if (!wish) return refused("choice-missing");
  const name = wish.name.trim() === "" ? null : keyName.safeParse(wish.name).data;
  if (name === undefined) return refused("name-unfit");
  const networks = wish.networks.split(/[\s,]+/).filter(Boolean);
  if (networks.length > MOST_NETWORKS || networks.some((network) => readNetwork(network) === null)) return refused("network-unfit");
  const { operator, by } = entered;
  const terms = termsOf(parts.keyLimits, networks, wish.days === null ? null : parts.clock() + wish.days * DAY);
  // Not by its end, which a form that is sent again would move.
  const fingerprint = fingerprintOf(operator, wish.mode, name, wish.days, networks);
  const command = { commandId: commandOf(by, "issue-key", wish.formId), fingerprint, operator, terms, mode: wish.mode, name, actor: by.actor };
  const done = await issue(parts, command);
  return done.ok ? { ok: true, handedOut: done } : said(done);
}

/** A key that is made here is as usual, within what the deployment allows. */
const termsOf = (most: KeyLimits, networks: string[], expiresAt: Instant | null): KeyTerms => ({
  ...DEFAULT_TERMS, scopes: [...DEFAULT_TERMS.scopes], networks, expiresAt,
  perSecond: Math.min(DEFAULT_TERMS.perSecond, most.perSecond), perDay: Math.min(DEFAULT_TERMS.perDay, most.perDay),
});

export async function rotateKey(parts: KeyDeskParts, unread: unknown): Answer<"rotateKey"> {
  const entered = await enterFor(parts, unread, "keys:write", "fresh");
  if (!entered.ok) return entered;
  if (!read(Keyed, unread)) return refused("not-found");
  const turn = read(Turned, unread);
  if (!turn) return refused("choice-missing");
  const { operator, by } = entered;
  const { keyId, overlapHours } = turn;
  const command = { commandId: commandOf(by, "rotate-key", turn.formId), fingerprint: fingerprintOf(operator, keyId, overlapHours), operator, keyId, overlapMs: overlapHours * HOUR };
  const done = await rotate(parts, { ...command, actor: by.actor });
  return done.ok ? { ok: true, handedOut: done } : said(done);
}

export async function revokeKey(parts: KeyDeskParts, unread: unknown): Answer<"revokeKey"> {
  const entered = await enterFor(parts, unread, "keys:write", "fresh");
  if (!entered.ok) return entered;
  const asked = read(Keyed, unread);
  if (!asked) return refused("not-found");
  const done = await parts.directory.revokeKey({ operator: entered.operator, keyId: asked.keyId, actor: entered.by.actor });
  return done.ok ? { ok: true } : said(done);
}
