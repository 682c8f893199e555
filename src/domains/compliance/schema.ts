import { z } from "@hono/zod-openapi";
import { instantFilter, pageAnswer } from "../../api/listing.ts";
import { line } from "../../api/text.ts";
import { AUDIT_SOURCES, OUTCOMES } from "../../audit/entry.ts";
import { type Actor, ACTOR_KINDS } from "../../kernel/actor.ts";
import { namesSomebody } from "../users/index.ts";
import { RULES } from "./suspicion/model.ts";

const ACTOR = new RegExp(`^(${ACTOR_KINDS.join("|")}):(.+)$`, "s");

const actor = z.string().max(200).regex(ACTOR, "must be a kind and an id, such as user:0192…").transform((text) => {
  const [, kind, id] = ACTOR.exec(text)!;
  return { kind: kind as Actor["kind"], id: id! };
});

const action = z.string().max(80).regex(/^[a-z]+(-[a-z]+)*[.](?:[*]|[a-z.-]+)$/, "must be an action, such as user.locked, or a type's, such as user.*");

export const EntryFilters = {
  id: z.uuid().optional(),
  source: z.enum(AUDIT_SOURCES).optional().openapi({ description: "Who did it: the office itself, or the register." }),
  action: action.optional().openapi({ description: "One action, or every one on a type of resource: `exclusion.*`.", examples: ["exclusion.*"] }),
  resource: z.string().min(1).max(200).optional().openapi({ description: "The type and id of what it was done to.", examples: ["user/0192…"] }),
  actor: actor.optional().openapi({ type: "string", description: "The kind and id of who did it.", examples: ["user:0192…"] }),
  outcome: z.enum(OUTCOMES).optional(),
  flag: z.enum(["any", "open", ...RULES]).optional().openapi({ description: "What a rule finds suspicious: one rule, any, or what nobody has looked at yet." }),
  from: instantFilter("Done from then on."),
  to: instantFilter("Done before."),
};

const instant = z.iso.datetime();

export const FlagAnswer = z
  .strictObject({
    id: z.uuid(),
    rule: z.enum(RULES),
    explanation: z.string().openapi({ description: "What the rule found, in words." }),
    figures: z.record(z.string(), z.union([z.number(), z.string()])),
    evidence: z.array(z.string()).openapi({ description: "The ids of the entries it rests on, the found one last; of very many the last 50." }),
    seenAt: instant.nullable(),
    seenBy: z.string().nullable(),
    note: z.string().nullable().openapi({ description: "What whoever looked at it found." }),
    version: z.int(),
  })
  .openapi("AuditFlag");

const AuditEntryAnswer = z
  .strictObject({
    id: z.uuid(),
    at: instant,
    source: z.enum(AUDIT_SOURCES),
    action: z.string(),
    resource: z.string(),
    outcome: z.enum(OUTCOMES),
    actor: z.strictObject({ kind: z.enum(ACTOR_KINDS), id: z.string() }),
    origin: z
      .strictObject({ network: z.string().nullable(), agent: z.string().nullable(), country: z.string().nullable(), county: z.string().nullable() })
      .openapi({ description: "Where it came from, coarsely; null where nobody said." }),
    channel: z.string().nullable().openapi({ description: "The door it came through; null in the office." }),
    commandId: z.string().nullable(),
    requestId: z.string().nullable(),
    reason: z.string().nullable(),
    payload: z.unknown().openapi({ description: "What was done. Names no identity." }),
    leaf: z.int().nullable().openapi({ description: "Its place in the transparency log, counted from 0; null until it is there." }),
    proof: z.string().openapi({ description: "Where the proof is that the log has it." }),
    flags: z.array(FlagAnswer),
  })
  .openapi("AuditEntry");

export const EntriesAnswer = pageAnswer(AuditEntryAnswer).openapi("AuditEntries");

export const EntryPath = z.object({ entryId: z.uuid() });
export const FlagPath = z.object({ flagId: z.uuid() });

const PLACES = /^(0|[1-9]\d{0,14})-([1-9]\d{0,14})$/;

/** Times, or where the page before ended. */
export const ExportQuery = z
  .strictObject({
    from: instantFilter("Done from then on."),
    to: instantFilter("Done before."),
    place: z.string().regex(PLACES, "must be the next of the page before").optional().openapi({ description: "The `next` of the page before, in the place of the times." }),
  })
  .refine(({ from, to, place }) => (place === undefined ? from !== undefined && to !== undefined : from === undefined && to === undefined), { path: ["from"], message: "goes with to, and not with a place" })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { path: ["to"], message: "must be after from" })
  .transform(({ from, to, place }) => {
    const [, first, end] = PLACES.exec(place ?? "") ?? [];
    return place === undefined ? { from: from!, to: to! } : { place: Number(first), end: Number(end) };
  });

const origin = z.strictObject({ network: z.string().nullable(), agent: z.string().nullable(), country: z.string().nullable(), county: z.string().nullable(), requestId: z.string().nullable() });

/** A line of an export: the first of a page, and one for each place. */
export const ExportLine = z
  .union([
    z.strictObject({
      format: z.literal("nser-audit-export@v1"),
      from: z.int().openapi({ description: "The place of the page's first entry." }),
      to: z.int().openapi({ description: "That of the first which is not in it." }),
      checkpoint: z.string().openapi({ description: "The signed note in which the page is proven." }),
      proof: z.array(z.string()).openapi({ description: "The hashes of all that stands beside the page, from left to right, in base64." }),
      next: z.string().nullable().openapi({ description: "The `place` of the next page; null after the last." }),
    }),
    z.strictObject({
      index: z.int(),
      leaf: z.string().openapi({ description: "The leaf in its own bytes." }),
      opening: z
        .strictObject({ record: z.looseObject({ actor: z.looseObject({ kind: z.enum(ACTOR_KINDS), id: z.string(), origin: origin.nullable() }) }), salt: z.string() })
        .nullable()
        .openapi({ description: "What opens it: the office's own alone, unless its salt was erased." }),
    }),
  ])
  .openapi("AuditExportLine");

/** Kept in clear. */
export const note = line(500).min(10).refine((text) => !namesSomebody(text), "must name nobody by number or address");

export const FlagNote = z.strictObject({ note, version: z.int().min(1) }).openapi("AuditFlagNote");
