import type { Actor } from "../kernel/actor.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import { commit } from "./commit.ts";
import type { Office } from "./database.ts";

/** Has it in the audit log that somebody tried what they may not, and why they may not. Throws when nobody can say that it is there. */
export async function noteRefused(
  office: Office, actor: Actor, { action, resource, refusal }: { action: string; resource: string; refusal: string }, senses: { now: Instant; random: Random },
): Promise<void> {
  await commit(office, { actor, rows: [], audit: { action, resource, payload: { refusal }, outcome: "refused" }, answer: {} }, senses);
}
