import type { Actor } from "../../../../kernel/actor.ts";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../../../../kernel/bytes.ts";
import type { Clock, Random } from "../../../../kernel/clock.ts";
import type { Result } from "../../../../kernel/result.ts";
import { createdBy } from "../../../../office/columns.ts";
import { type Change, commit, type Command, type CommitRefusal, once } from "../../../../office/commit.ts";
import type { Office } from "../../../../office/database.ts";
import type { Envelope } from "../../../../sealing/envelope.ts";
import { drawSecret, hashOf } from "../../sessions/secret.ts";
import type { Client } from "../model.ts";
import { isEnrolled, type RoleParts } from "../../roles/assign.ts";
import { faultOf } from "../rules.ts";
import { clientById, type ClientRow, insertClient, updateClient } from "./store.ts";

export interface ClientParts {
  office: Office;
  envelope: Envelope;
  directory: RoleParts["directory"];
  clock: Clock;
  random: Random;
}

export type ClientRefusal = CommitRefusal | { refusal: "unknown" | "public" | "operator-unknown" | NonNullable<ReturnType<typeof faultOf>> };
type Refused = { ok: false } & ClientRefusal;
type ClientResult<T> = Result<T, ClientRefusal>;

/** A client's id, and the secret that is shown this once; null for a public client. */
export interface Registered {
  clientId: string;
  secret: string | null;
}

interface Stored {
  clientId: string;
  sealedSecret: string | null;
}

const place = ({ id }: Command) => ({ table: "commands", column: "sealedSecret", row: id });

/** A fresh secret's hash, and itself sealed for the stored answer, so that only the same command again learns it. */
function newSecret({ envelope, random }: ClientParts, command: Command): { secretHash: string; sealedSecret: string } {
  const secret = drawSecret(random);
  return { secretHash: hashOf(secret), sealedSecret: toBase64Url(envelope.seal(utf8(secret), place(command))) };
}

/** Carries out a command that gives a client a secret; the same one again answers the same. */
async function giving(parts: ClientParts, command: Command, decide: () => Promise<Change<Stored> | Refused>): Promise<ClientResult<Registered>> {
  const done = await once<Stored, Refused>(parts.office, command, { now: parts.clock(), random: parts.random }, decide);
  if (!done.ok) return done;
  const { clientId, sealedSecret } = done.answer;
  return { ok: true, clientId, secret: sealedSecret && fromUtf8(parts.envelope.open(fromBase64Url(sealedSecret), place(command))) };
}

/** Registers a third party's program. */
export const registerClient = (parts: ClientParts, actor: Actor, described: Omit<Client, "id">, command: Command): Promise<ClientResult<Registered>> =>
  giving(parts, command, async () => {
    const fault = faultOf(described);
    if (fault) return { ok: false, refusal: fault };
    if (described.operator !== null && !(await isEnrolled(parts.directory, described.operator))) return { ok: false, refusal: "operator-unknown" };
    const { confidential, ...columns } = described;
    const { secretHash, sealedSecret } = confidential ? newSecret(parts, command) : { secretHash: null, sealedSecret: null };
    const row = { ...createdBy(actor, parts.clock(), parts.random), ...columns, state: "active" as const, secretHash };
    const { name: _, ...told } = described;
    return {
      actor,
      rows: [insertClient(parts.office.primary, row)],
      audit: { action: "oauth-client.registered", resource: `oauth-client/${row.id}`, payload: told },
      answer: { clientId: row.id, sealedSecret },
    };
  });

/** Gives a client another secret. The one before is good for nothing when this answers. */
export const rotateSecret = (parts: ClientParts, actor: Actor, clientId: string, command: Command): Promise<ClientResult<Registered>> =>
  giving(parts, command, async () => {
    const row = await clientById(parts.office, clientId);
    if (!row) return { ok: false, refusal: "unknown" };
    if (row.secretHash === null) return { ok: false, refusal: "public" };
    const { secretHash, sealedSecret } = newSecret(parts, command);
    return {
      actor,
      rows: [{ exactlyOne: updateClient(parts.office.primary, row, { secretHash }, actor, parts.clock()) }],
      audit: { action: "oauth-client.secret-rotated", resource: `oauth-client/${clientId}`, payload: {} },
      answer: { clientId, sealedSecret },
    };
  });

/** Keeps a client out, or lets it in again. What is so already is left. */
export async function setState(parts: ClientParts, actor: Actor, clientId: string, state: ClientRow["state"]): Promise<ClientResult<object>> {
  const { office, clock, random } = parts;
  const row = await clientById(office, clientId);
  if (!row) return { ok: false, refusal: "unknown" };
  if (row.state === state) return { ok: true };
  const now = clock();
  const action = state === "active" ? "oauth-client.reinstated" : "oauth-client.suspended";
  const rows = [{ exactlyOne: updateClient(office.primary, row, { state }, actor, now) }];
  return commit(office, { actor, rows, audit: { action, resource: `oauth-client/${clientId}`, payload: { state, before: { state: row.state } } }, answer: {} }, { now, random });
}

export const readClient = ({ office }: ClientParts, clientId: string): Promise<ClientRow | undefined> => clientById(office, clientId);
