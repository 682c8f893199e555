import type { SmsSender } from "../../adapters/sms/port.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { Clock, Instant } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import type { Delivery } from "../exclusions/outbox.ts";
import { noticeMessage } from "./messages.ts";
import { isSpent, retryAt } from "./rules.ts";
import { dueNotices, finish, insertNotice, nextAttempt, releaseWaiting, setAttempt, type StoredNotice } from "./store.ts";

/** The task that sends what is due. */
export const SEND_TASK = "send-notices";

/** Where a person's notices go. */
export interface Recipient {
  /** E.164. */
  phone: string;
  locale: Locale;
}

type NoticeDelivery = Extract<Delivery, { topic: "notice" }>;

/** Queues a notice; it waits while the vault does not know yet whom to send it to. */
export function enqueue(
  transaction: Transaction, { id, notice, createdAt }: NoticeDelivery, hasRecipient: boolean, now: Instant,
): void {
  insertNotice(transaction, id, notice, createdAt, hasRecipient ? now : null);
  scheduleSending(transaction);
}

/** Sets when the queue is looked at next by what is in it. */
export const scheduleSending = (transaction: Transaction): void => setDue(transaction, SEND_TASK, nextAttempt(transaction));

/** There is somebody to send to from now on. */
export function release(transaction: Transaction, now: Instant): void {
  releaseWaiting(transaction, now);
  scheduleSending(transaction);
}

export interface SendParts {
  sms: SmsSender;
  clock: Clock;
  /** Hears why a message was not taken. */
  report: (reason: string) => void;
}

/**
 * Sends every notice that is due, and answers when to come again. Each attempt is written down before it is made, with
 * the time of the next one, so that nobody else makes it meanwhile. If the object stops between the provider's yes and
 * its own note, the notice is sent once more: a second message is better than none.
 */
export async function sendDue(database: ObjectDatabase, recipient: Recipient | null, parts: SendParts): Promise<Instant | null> {
  if (!recipient) return null;
  const begun = database.transaction((transaction) => begin(transaction, parts.clock()));
  await Promise.all(begun.map((notice) => attempt(database, recipient, notice, parts)));
  return nextAttempt(database);
}

/** Begins an attempt at each notice that is due. One that is due again after its last attempt has failed. */
function begin(transaction: Transaction, now: Instant): StoredNotice[] {
  const begun: StoredNotice[] = [];
  for (const notice of dueNotices(transaction, now)) {
    if (isSpent(notice.attempts)) {
      finish(transaction, notice.id, "failed");
    } else {
      begun.push({ ...notice, attempts: notice.attempts + 1 });
      setAttempt(transaction, notice.id, notice.attempts + 1, retryAt(notice.attempts + 1, now));
    }
  }
  setDue(transaction, SEND_TASK, nextAttempt(transaction));
  return begun;
}

async function attempt(
  database: ObjectDatabase, { phone, locale }: Recipient, { id, notice }: StoredNotice, { sms, report }: SendParts,
): Promise<void> {
  const sent = await sms.send({ to: phone, message: noticeMessage(locale, notice) });
  if (sent.ok) finish(database, id, "sent");
  else report(sent.reason);
}
