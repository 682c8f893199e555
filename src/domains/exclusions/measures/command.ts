import { sha256 } from "@noble/hashes/sha2.js";
import { toHex, utf8 } from "../../../kernel/bytes.ts";
import { canonicalJson, type Json } from "../../../kernel/canonical-json.ts";
import type { Mover } from "../move.ts";
import type { Decided } from "../measures-rpc.ts";

/** A command by its id and what it says. */
export const identified = (verb: string, id: string, says: Record<string, Json>) =>
  ({ id, fingerprint: toHex(sha256(utf8(canonicalJson({ verb, ...says })))) });

/** What the audit log is told of who decided, and in which case: accounts by their ids, and nobody's name. */
export const decidedBy = ({ commandId, caseReference, officers }: Decided): Mover & { payload: Record<string, Json> } =>
  ({ channel: "office", commandId, payload: { caseReference, officers } });
