import { z } from "@hono/zod-openapi";
import { instantFilter, pageAnswer } from "../../api/listing.ts";
import { type Actor, ACTOR_KINDS } from "../../kernel/actor.ts";

const ACTOR = new RegExp(`^(${ACTOR_KINDS.join("|")}):(.+)$`, "s");

const actor = z.string().max(200).regex(ACTOR, "must be a kind and an id, such as user:0192…").transform((text) => {
  const [, kind, id] = ACTOR.exec(text)!;
  return { kind: kind as Actor["kind"], id: id! };
});

export const EntryFilters = {
  resource: z.string().min(1).max(200).optional().openapi({ description: "The type and id of what it was done to.", examples: ["user/0192…"] }),
  actor: actor.optional().openapi({ type: "string", description: "The kind and id of who did it.", examples: ["user:0192…"] }),
  from: instantFilter("Done from then on."),
  to: instantFilter("Done before."),
};

const AuditEntryAnswer = z
  .strictObject({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.string(),
    resource: z.string(),
    actor: z.strictObject({ kind: z.enum(ACTOR_KINDS), id: z.string() }),
    origin: z
      .strictObject({ network: z.string().nullable(), agent: z.string().nullable(), country: z.string().nullable(), county: z.string().nullable() })
      .openapi({ description: "Where it came from, coarsely; null where nobody said." }),
    commandId: z.string().nullable(),
    payload: z.unknown().openapi({ description: "What was done. Names no identity." }),
  })
  .openapi("AuditEntry");

export const EntriesAnswer = pageAnswer(AuditEntryAnswer).openapi("AuditEntries");
