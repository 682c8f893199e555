import { sha256 } from "@noble/hashes/sha2.js";
import { firstOf, type Lineage } from "../../../bst/lineage.ts";
import { lengthPrefixed, utf8 } from "../../../kernel/bytes.ts";
import { uuidv8 } from "../../../kernel/ids.ts";
import type { Coded } from "./rules.ts";

const idOf = (label: string, phone: Lineage, ...parts: readonly string[]): string =>
  uuidv8(sha256(lengthPrefixed(utf8(label), firstOf(phone), ...parts.map(utf8))));

/** A command's id follows from the input that gave it, so that the same callback is the same command, however often and late it comes. */
export const ussdCommandId = (phone: Lineage, sessionId: string, text: string): string => idOf("ussd", phone, sessionId, text);

/** And from the message that gave it. */
export const smsCommandId = (phone: Lineage, messageId: string): string => idOf("sms", phone, messageId);

/** A code's form follows from what is asked and not from the session, which is over when the SMS is read. `way` tells doors apart. */
export const codeFormId = (phone: Lineage, asked: Coded, way: string): string => idOf("code", phone, way, asked);
