/** One step of somebody's USSD session. */
export interface UssdStep {
  sessionId: string;
  /** Whose session it is, as the network has it: in E.164. */
  phone: string;
  /** Everything typed so far, between `*`; empty at the beginning. */
  text: string;
}

/** What a phone shows next; `more` waits for an answer, else the session is over. */
export interface UssdScreen {
  say: string;
  more: boolean;
}
