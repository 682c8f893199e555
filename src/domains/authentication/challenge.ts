import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes, lengthPrefixed, utf8 } from "../../kernel/bytes.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import type { ChallengeApi } from "./rpc.ts";
import { CODE_LIFE, drawCode, isCode, judge, REPLY_LIMITS, retryAt, stands, TRIES } from "./rules.ts";
import { addReply, addSend, codeOf, dropOld, forget, nextDrop, putCode, repliesOf, sendsOf, setTriesLeft, type StoredCode, wasSentFor } from "./store.ts";

type Answer<Verb extends keyof ChallengeApi> = Awaited<ReturnType<ChallengeApi[Verb]>>;
type Request<Verb extends keyof ChallengeApi> = Parameters<ChallengeApi[Verb]>[0];

/** The task that drops what is over. */
export const DROP_TASK = "drop-old";

const SALT_BYTES = 16;

/** What is kept of a code. Bound to its form; without the pepper, which is not in storage, a million guesses show nothing. */
const digestOf = (pepper: Uint8Array, formId: string, code: string, salt: Uint8Array): Uint8Array =>
  hmac(sha256, pepper, lengthPrefixed(utf8(formId), utf8(code), salt));

/** Draws a code for the form within the phone's limits, or leaves the one that stands. */
export function issue(
  database: ObjectDatabase, pepper: Uint8Array, { formId, again, requestId }: Request<"issue">, now: Instant, random: Random,
): Answer<"issue"> {
  return database.transaction((transaction) => {
    if (requestId !== undefined && wasSentFor(transaction, requestId)) return { ok: true, code: null };
    if (!again && stands(codeOf(transaction, formId), now)) return { ok: true, code: null };
    const wait = retryAt(sendsOf(transaction), now);
    if (wait !== null) return { ok: false, refusal: "too-many-codes", retryAt: wait };
    const code = drawCode(random);
    const salt = random(SALT_BYTES);
    const digest = digestOf(pepper, formId, code, salt);
    putCode(transaction, { formId, salt, digest, expiresAt: now + CODE_LIFE, triesLeft: TRIES, triedBy: null });
    addSend(transaction, formId, now, requestId ?? null);
    setDue(transaction, DROP_TASK, nextDrop(transaction));
    return { ok: true, code };
  });
}

/** The code did not go out: as if it had never been drawn. */
export function withdraw(database: ObjectDatabase, { formId }: Request<"withdraw">): void {
  database.transaction((transaction) => forget(transaction, formId));
}

/** Judges a try and counts it in the same transaction, so that no number of tries at once gets more than three. */
export function verify(
  database: ObjectDatabase, pepper: Uint8Array, { formId, code, requestId }: Request<"verify">, now: Instant,
): Answer<"verify"> {
  return database.transaction((transaction) => {
    const stored = codeOf(transaction, formId);
    const attempt = stored && isCode(code) ? compare(pepper, stored, code) : "unreadable";
    if (attempt === "wrong" && requestId !== undefined && stored?.triedBy === requestId) return judge(stored, "unreadable", now);
    if (stands(stored, now) && attempt === "wrong") setTriesLeft(transaction, formId, stored.triesLeft - 1, requestId ?? null);
    return judge(stored, attempt, now);
  });
}

/** Takes a try, if the code has one. In one transaction, so that no number of questions at once gets more than three. */
export function spend(database: ObjectDatabase, { formId }: Request<"spend">, now: Instant): boolean {
  return database.transaction((transaction) => {
    const stored = codeOf(transaction, formId);
    if (!stands(stored, now)) return false;
    setTriesLeft(transaction, formId, stored.triesLeft - 1, null);
    return true;
  });
}

const compare = (pepper: Uint8Array, { formId, salt, digest }: StoredCode, code: string): "right" | "wrong" =>
  equalBytes(digestOf(pepper, formId, code, salt), digest) ? "right" : "wrong";

/** Notes the reply in the same transaction, so that a message that comes twice at once is replied to once. */
export function mayReply(database: ObjectDatabase, { messageId }: { messageId: string }, now: Instant): boolean {
  return database.transaction((transaction) => {
    const replies = repliesOf(transaction);
    const known = replies.some((reply) => reply.messageId === messageId);
    if (known || retryAt(replies.map(({ at }) => at), now, REPLY_LIMITS) !== null) return false;
    addReply(transaction, messageId, now);
    setDue(transaction, DROP_TASK, nextDrop(transaction));
    return true;
  });
}

/** Drops what is over; answers when to come again, null when the object is empty. */
export function dropOver(database: Transaction, now: Instant): Instant | null {
  dropOld(database, now);
  return nextDrop(database);
}

/** Whether nothing is left of any code or reply. */
export const isEmpty = (database: Transaction): boolean => nextDrop(database) === null;
