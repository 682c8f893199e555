import { z } from "zod";
import type { UssdScreen, UssdStep } from "./port.ts";

const Step = z.object({ sessionId: z.string().min(1).max(200), phoneNumber: z.string().min(1).max(32), text: z.string().default("") });

/** A callback of Africa's Talking; null when its form is none. */
export function readStep(form: unknown): UssdStep | null {
  const read = Step.safeParse(form);
  return read.success ? { sessionId: read.data.sessionId, phone: read.data.phoneNumber, text: read.data.text } : null;
}

/** The answer as Africa's Talking reads it, text/plain: its first word says whether the session goes on. */
export const writeScreen = ({ say, more }: UssdScreen): string => `${more ? "CON" : "END"} ${say}`;
