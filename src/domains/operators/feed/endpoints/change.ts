import type { Actor } from "../../../../kernel/actor.ts";
import { HOUR, type Instant } from "../../../../kernel/clock.ts";
import type { Result } from "../../../../kernel/result.ts";
import { once } from "../../../../objects/commands.ts";
import { readPosition } from "../store.ts";
import { readAddress } from "./address.ts";
import { challenge } from "./challenge.ts";
import type { Endpoint, EndpointRefusal } from "./model.ts";
import { type EndpointParts, note } from "./parts.ts";
import { sealSecret, secretOf } from "./secrets.ts";
import { shown } from "./shown.ts";
import { newSecret } from "./sign.ts";
import { changeEndpoint as write, deleteEndpoint, endpointById, type EndpointRow } from "./store.ts";

type Answer<Body extends object = { endpoint: Endpoint }> = Result<Body, EndpointRefusal>;

export interface ChangeEndpoint {
  endpoint: string;
  /** The one that was read. */
  version: number;
  url?: string | undefined;
  description?: string | undefined;
  state?: "active" | "disabled" | undefined;
  actor: Actor;
}

const refused = (refusal: "unknown" | "changed-meanwhile" | "beyond-kept") => ({ ok: false, refusal }) as const;

/** Changes what is said; another address is asked first whether it wants to be told. One that is made active goes on where it was. */
export async function changeEndpoint(parts: EndpointParts, command: ChangeEndpoint, now: Instant): Promise<Answer> {
  const { database, sending, envelope } = parts;
  const { endpoint: id, version, actor, ...set } = command;
  const before = endpointById(database, id);
  if (!before) return refused("unknown");
  if (before.version !== version) return refused("changed-meanwhile");
  const address = readAddress(set.url ?? before.url, sending.terms);
  if (set.url !== undefined && !address.ok) return { ok: false, refusal: "address", fault: address.fault, detail: address.detail };
  const url = address.ok ? address.url : before.url;
  if (url !== before.url) {
    const proof = await challenge(parts, id, url, secretOf(envelope, before));
    if (proof.outcome !== "received") return { ok: false, refusal: "unproven", outcome: proof.outcome, status: proof.status };
  }
  return database.transaction((transaction) => {
    const row = endpointById(transaction, id);
    if (!row) return refused("unknown");
    if (row.version !== version) return refused("changed-meanwhile");
    const { description = row.description, state = row.state } = set;
    write(transaction, id, { url, description, version: version + 1, ...(state !== row.state && turned(state, now)) });
    const was = { url: row.url, description: row.description, state: row.state };
    note(transaction, parts, { action: "webhook.changed", endpoint: id, payload: { url, description, state, before: was }, actor }, now);
    return { ok: true, endpoint: shown(database, endpointById(transaction, id)!, now) };
  });
}

const turned = (state: "active" | "disabled", now: Instant): Partial<EndpointRow> =>
  state === "active"
    ? { state, disabledWhy: null, failures: 0, escalatedAt: null, nextAt: now }
    : { state, disabledWhy: "asked", nextAt: null, sending: null };

export function removeEndpoint(parts: EndpointParts, { endpoint, actor }: { endpoint: string; actor: Actor }, now: Instant): Answer<object> {
  return parts.database.transaction((transaction) => {
    const row = endpointById(transaction, endpoint);
    if (!row) return refused("unknown");
    deleteEndpoint(transaction, endpoint);
    note(transaction, parts, { action: "webhook.removed", endpoint, payload: { url: row.url, cursor: row.cursor }, actor }, now);
    return { ok: true };
  });
}

export interface RotateSecret {
  commandId: string;
  fingerprint: string;
  endpoint: string;
  /** For how long the secret of before signs too. */
  overlapHours: number;
  actor: Actor;
}

/** Gives an endpoint another secret, shown here and nowhere else. Repeatable by its command id. */
export function rotateSecret(parts: EndpointParts, command: RotateSecret, now: Instant): Answer<{ endpoint: Endpoint; secret: string }> {
  const { database, envelope, random } = parts;
  const { commandId, endpoint: id, overlapHours, actor } = command;
  const done = database.transaction((transaction) =>
    once(transaction, { id: commandId, fingerprint: `rotateSecret ${command.fingerprint}` }, now, (): Answer<object> => {
      const row = endpointById(transaction, id);
      if (!row) return refused("unknown");
      const secret = sealSecret(envelope, id, "secret", newSecret(random));
      const oldSecretUntil = now + overlapHours * HOUR;
      write(transaction, id, { secret, oldSecret: sealSecret(envelope, id, "oldSecret", secretOf(envelope, row)), oldSecretUntil, version: row.version + 1 });
      note(transaction, parts, { action: "webhook.secret-rotated", endpoint: id, commandId, payload: { oldSecretUntil }, actor }, now);
      return { ok: true };
    }));
  if (!done.ok) return done;
  const row = endpointById(database, id);
  return row ? { ok: true, endpoint: shown(database, row, now), secret: secretOf(envelope, row) } : refused("unknown");
}

/** Sends everything from a number on again, though it was received: none is skipped, and none that is not kept can be asked for. */
export function replay(parts: EndpointParts, { endpoint: id, from, actor }: { endpoint: string; from: number; actor: Actor }, now: Instant): Answer {
  const { database } = parts;
  return database.transaction((transaction) => {
    const [row, at] = [endpointById(transaction, id), readPosition(database)];
    if (!row) return refused("unknown");
    if (row.state !== "active") return { ok: false, refusal: "not-active" };
    if (!at || from < at.from || from > row.cursor + 1) return refused("beyond-kept");
    write(transaction, id, { cursor: from - 1, sending: null, nextAt: now });
    note(transaction, parts, { action: "webhook.replayed", endpoint: id, payload: { from, before: row.cursor }, actor }, now);
    return { ok: true, endpoint: shown(database, endpointById(transaction, id)!, now) };
  });
}
