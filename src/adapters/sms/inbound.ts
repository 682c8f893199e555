import { z } from "zod";
import type { InboundSms } from "./port.ts";

const Message = z.object({ id: z.string().min(1).max(200), from: z.string().min(1).max(32), text: z.string().default("") });

/** An inbound message of Africa's Talking; null when its form is none. */
export function readMessage(form: unknown): InboundSms | null {
  const read = Message.safeParse(form);
  return read.success ? read.data : null;
}
