import type { Actor } from "../../../../kernel/actor.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { uuidv7 } from "../../../../kernel/ids.ts";
import type { Result } from "../../../../kernel/result.ts";
import { answered, once } from "../../../../objects/commands.ts";
import { readPosition } from "../store.ts";
import { readAddress } from "./address.ts";
import { challenge } from "./challenge.ts";
import type { Endpoint, EndpointRefusal } from "./model.ts";
import { type EndpointParts, note } from "./parts.ts";
import { MOST_ENDPOINTS } from "./rules.ts";
import { sealSecret, secretOf } from "./secrets.ts";
import { newSecret } from "./sign.ts";
import { countEndpoints, endpointById, insertEndpoint } from "./store.ts";
import { shown } from "./shown.ts";

export interface RegisterEndpoint {
  commandId: string;
  fingerprint: string;
  url: string;
  description: string;
  actor: Actor;
}

/** With the secret, which is shown here and nowhere else. */
export type Registered = Result<{ endpoint: Endpoint; secret: string }, EndpointRefusal>;
type Kept = Result<{ id: string }, EndpointRefusal>;

/** Registers where an operator wants to be told, from the next event on, once whoever is there has shown that it wants that. Repeatable by its command id. */
export async function registerEndpoint(parts: EndpointParts, command: RegisterEndpoint, now: Instant): Promise<Registered> {
  const { database, random, sending } = parts;
  const asked = { id: command.commandId, fingerprint: `registerEndpoint ${command.fingerprint}` };
  const earlier = answered<Kept>(database, asked);
  if (earlier) return told(parts, earlier, now);
  const address = readAddress(command.url, sending.terms);
  if (!address.ok) return { ok: false, refusal: "address", fault: address.fault, detail: address.detail };
  if (countEndpoints(database) >= MOST_ENDPOINTS) return { ok: false, refusal: "too-many" };
  const [id, secret] = [uuidv7(now, random), newSecret(random)];
  const proof = await challenge(parts, id, address.url, secret);
  if (proof.outcome !== "received") return { ok: false, refusal: "unproven", outcome: proof.outcome, status: proof.status };
  const kept = database.transaction((transaction) => once(transaction, asked, now, (): Kept => {
    if (countEndpoints(transaction) >= MOST_ENDPOINTS) return { ok: false, refusal: "too-many" };
    const { url } = address;
    const { description, commandId, actor } = command;
    insertEndpoint(transaction, { id, url, description, state: "active", cursor: readPosition(database)!.head, secret: sealSecret(parts.envelope, id, "secret", secret), createdAt: now });
    note(transaction, parts, { action: "webhook.registered", endpoint: id, commandId, payload: { url, description }, actor }, now);
    return { ok: true, id };
  }));
  return told(parts, kept, now);
}

function told({ database, envelope }: EndpointParts, kept: Kept, now: Instant): Registered {
  if (!kept.ok) return kept;
  const row = endpointById(database, kept.id);
  return row ? { ok: true, endpoint: shown(database, row, now), secret: secretOf(envelope, row) } : { ok: false, refusal: "unknown" };
}
