import { z } from "zod";

const line = z.string().max(64).nullable().catch(null);

/** Whoever knocks, as the portal says it: the cookies they hold, and where they come from, coarse. */
export const Visitor = z.object({
  session: line,
  device: line,
  /** The address that limits count by; it is not kept. */
  address: z.string().max(64).catch("unknown"),
  origin: z.object({ network: line, agent: line, country: line, county: line, requestId: line.optional() }),
});
export type Visitor = z.infer<typeof Visitor>;
