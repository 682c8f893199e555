import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { namesSomebody } from "../../users/index.ts";
import { LICENCE_ACTS, LICENCE_EVENTS, LICENCE_STATES, LICENCE_TYPES, STANDINGS } from "./model.ts";

const instant = z.iso.datetime();
const ahead = z.iso.datetime({ offset: true });
const eachOnce = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

export const licenceType = z.enum(LICENCE_TYPES);
export const kinds = z.array(z.enum(KINDS)).min(1).refine(eachOnce, "must not repeat a kind");
export const conditions = z.array(line(500)).max(50).openapi({ description: "What the licence is bound to, a text each." });
/** A text that is kept in clear. */
export const reason = line(500).min(10).refine((text) => !namesSomebody(text), "must name nobody by number or address");
export const version = z.int().min(1).openapi({ description: "What was read: nobody else's decision is overwritten." });
export const expiresAt = ahead.openapi({ description: "From then on it lets no new customers in. A day ahead at least, ten years at most." });

export const OperatorPath = z.object({ operator: z.string() });

export const IssueRequest = z.strictObject({ type: licenceType, requiredKinds: kinds, conditions: conditions.default([]), expiresAt, reason }).openapi("LicenceRequest");

export const ActRequest = z.strictObject({
  act: z.enum(LICENCE_ACTS),
  version,
  reason,
  expiresAt: expiresAt.optional().openapi({ description: "With `renew`, later than the end it has." }),
  conditions: conditions.optional(),
  requiredKinds: kinds.optional().openapi({ description: "With `renew` and `amend`; what is left out stays." }),
}).openapi("LicenceAct");

const shown = {
  number: z.string(),
  operator: z.string(),
  type: licenceType,
  conditions: z.array(z.string()),
  requiredKinds: z.array(z.enum(KINDS)),
  issuedAt: instant,
  expiresAt: instant,
  state: z.enum(LICENCE_STATES),
  standing: z.enum(STANDINGS).openapi({ description: "How it stands now: one in force whose time is over is `lapsed`." }),
  version: z.int(),
};

const Licence = z.strictObject(shown).openapi("Licence");
export const LicencesAnswer = pageAnswer(Licence).openapi("Licences");
export const LicenceFilters = {
  standing: z.enum(STANDINGS).optional(),
  expiringInDays: z.coerce.number().int().min(1).max(3_650).optional().openapi({ description: "Those that end within so many days, and those that ended.", examples: ["90"] }),
};

export const LicenceAnswer = z.strictObject({
  ...shown,
  history: z.array(z.strictObject({ number: z.int(), event: z.enum(LICENCE_EVENTS), at: instant, reason: z.string(), expiresAt: instant }))
    .openapi({ description: "What happened to it, the oldest first; `expiresAt` is its end from then on." }),
  warnings: z.array(z.strictObject({ days: z.int(), at: instant })).openapi({ description: "Which warnings of its end its operator had." }),
  earlier: z.array(z.strictObject({ number: z.string(), type: licenceType, state: z.enum(LICENCE_STATES), issuedAt: instant, expiresAt: instant })),
}).openapi("LicenceWithHistory");
