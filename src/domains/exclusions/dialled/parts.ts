import type { CodeParts, ProvablePhone } from "../../authentication/index.ts";
import type { DialledLocale } from "../../../i18n/dialled.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Evaluator } from "../../tokens/rpc.ts";
import type { EndingApi } from "../ending-rpc.ts";
import type { HelpLine } from "../help-lines.ts";
import type { RegisterApi } from "../rpc.ts";

/** What the doors for phones without a browser work with. Whatever of it fails throws: the phone is told to try again later. */
export interface DialledParts extends CodeParts {
  register: Pick<RegisterApi, "register" | "exclusionsOf"> & EndingApi;
  tokenizer: Evaluator;
  envelope: Envelope;
  helpLines: readonly HelpLine[];
  wait: (ms: number) => Promise<void>;
  /** Register's outbox has something to carry. */
  outboxFilled: () => void;
  /** Hears why somebody was told to try again later. */
  failed: (error: unknown) => void;
}

/** Somebody at the other end: the network vouches for their number. */
export interface Caller {
  phone: ProvablePhone;
  channel: "ussd" | "sms";
  locale: DialledLocale;
  /** The id of what they just asked for. */
  commandId: string;
}
