import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes, fromBase64, fromHex, fromUtf8, utf8 } from "../../../kernel/bytes.ts";
import type { RequestOrigin } from "../../../kernel/actor.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import type { Client } from "./model.ts";
import { type OAuthParts, refused, type TokenResult } from "./parts.ts";
import { activeClient } from "./store.ts";

interface Presented {
  id: string;
  secret: string | null;
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

/** Reads `Authorization: Basic`, each half form-encoded first (RFC 6749 §2.3.1); null for anything else. */
function readBasic(authorization: string): Presented | null {
  try {
    const [, id, secret] = /^([^:]*):(.*)$/s.exec(fromUtf8(fromBase64(/^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? "")))!;
    return { id: formDecoded(id!), secret: formDecoded(secret!) };
  } catch {
    return null;
  }
}

/** Who a request says that it is from: a confidential client by Basic alone, a public one by its id in the form. */
function presented(authorization: string | null, form: URLSearchParams): Presented | null {
  if (authorization === null) return form.has("client_secret") ? null : { id: form.get("client_id") ?? "", secret: null };
  const basic = readBasic(authorization);
  const named = form.get("client_id");
  return basic && !form.has("client_secret") && (named === null || named === basic.id) ? basic : null;
}

/** The client a request is from. `invalid_client`: unknown, suspended, or proven otherwise than it must be; the last is told of. */
export async function clientOf(
  { office, clock, random }: OAuthParts, authorization: string | null, form: URLSearchParams, origin: RequestOrigin,
): Promise<TokenResult<{ client: Client }>> {
  const shown = presented(authorization, form);
  const found = shown && isUuid(shown.id) ? await activeClient(office, shown.id) : null;
  if (!shown || !found) return refused("invalid_client");
  const { client, secretHash } = found;
  const proven = secretHash === null ? shown.secret === null : shown.secret !== null && equalBytes(sha256(utf8(shown.secret)), fromHex(secretHash));
  if (proven) return { ok: true, client };
  const refusal = { actor: { kind: "system", id: "oauth", origin }, action: "oauth-client.refused", resource: `oauth-client/${client.id}`, payload: {} } as const;
  await noteRefusal(office, refusal, clock(), random);
  return refused("invalid_client");
}
