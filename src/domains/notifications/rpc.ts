import type { Instant } from "../../kernel/clock.ts";
import type { Notice } from "../exclusions/outbox.ts";

/** A notice in the person's inbox, where it stays whether or not an SMS reached them. */
export interface InboxNotice {
  id: string;
  notice: Notice;
  at: Instant;
  /** Whether the SMS was taken by the provider. */
  sms: "queued" | "sent" | "failed";
  readAt: Instant | null;
}
