import type { Result } from "../../kernel/result.ts";

export interface Sms {
  /** E.164. */
  to: string;
  message: string;
}

/** Whoever takes text messages to phones. */
export interface SmsSender {
  /**
   * Whether the provider took the message over; that it arrived is not known then. Whatever goes wrong, a silent
   * provider included, is a refusal and never thrown; the message may still have gone out. `reason` names nobody.
   */
  send(sms: Sms): Promise<Result<{ messageId: string }, { reason: string }>>;
}

/** A message somebody sent to the register's number. */
export interface InboundSms {
  /** The provider's: the same however often it is delivered. */
  id: string;
  /** E.164; of a network's own services a name. */
  from: string;
  text: string;
}
