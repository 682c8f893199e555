import { z } from "@hono/zod-openapi";
import { KINDS } from "../../../bst/kinds.ts";
import { ReadRequest } from "../../users/identities/index.ts";
import { HOLDING_SOURCES } from "../who-rpc.ts";
import { BANDS, RULES, SOURCES } from "./rules.ts";

const instant = z.iso.datetime();
const identifier = z.string().openapi({ description: "A name under which officers tell identifiers apart. It is good for nothing else." });
const percent = z.int().min(0).max(100);

export const HoldingsAnswer = z.strictObject({
  excluded: z.boolean().openapi({ description: "Whether any exclusion of the person is in force. While none is, nothing is shown." }),
  holdings: z.array(z.strictObject({
    operator: z.string(),
    name: z.string().nullable(),
    kind: z.enum(KINDS),
    source: z.enum(HOLDING_SOURCES).openapi({ description: "`issued`: the token was handed out. `checked`: a check with it found the person." }),
    firstAt: instant.openapi({ description: "The beginning of the first day in Nairobi." }),
    lastAt: instant.openapi({ description: "The beginning of the last day in Nairobi." }),
  })),
}).openapi("TokenHoldings");

export const IdentifiersAnswer = z.strictObject({
  identifiers: z.array(z.strictObject({
    identifier,
    kind: z.enum([...KINDS, "email", "device"]).openapi({
      description: "`email` and `device`: of accounts that sign in with a phone the person proved. Of SIM cards no network says anything to the register.",
    }),
    confidence: percent.openapi({ description: "How sure it is the person's, of 100, by what vouches for it." }),
    others: z.int().openapi({ description: "How many other persons stated it, or accounts of other phones share it." }),
    statements: z.array(z.strictObject({
      reference: z.string().nullable().openapi({ description: "The exclusion that states it; null of an account's." }),
      source: z.enum(SOURCES),
      evidence: z.enum(["code", "network", "typed", "registry", "officer"]).nullable(),
      standing: z.enum(["firm", "provisional", "held", "dropped", "released"]).nullable(),
      addedAt: instant,
    })),
  })),
}).openapi("LinkedIdentifiers");

export const DuplicatesAnswer = z.strictObject({
  score: percent,
  band: z.enum(BANDS).openapi({ description: "From 80 `two-officers` look at it, from 50 `investigate`, from 30 `monitor`. Nothing follows by itself." }),
  findings: z.array(z.strictObject({
    rule: z.enum(RULES),
    weight: percent,
    why: z.string(),
    identifier: identifier.nullable(),
    references: z.array(z.string()).openapi({ description: "The exclusions of others that it rests on." }),
  })),
}).openapi("Duplicates");

export const MeetingFilters = { looked: z.stringbool().optional().openapi({ type: "boolean", description: "Whether somebody looked at it; left out, all." }) };

export const MeetingAnswer = z.strictObject({
  id: z.string(),
  at: instant,
  identifier,
  kind: z.enum(KINDS).nullable(),
  references: z.array(z.string()).openapi({ description: "The exclusions in which the one person stated it." }),
  otherReferences: z.array(z.string()).openapi({ description: "Those of the person who had stated it before." }),
  looked: z.strictObject({ at: instant, by: z.string(), reason: z.string() }).nullable(),
}).openapi("CrossReference");

export const SalvagedAnswer = z.strictObject({
  identifier,
  salvagedAt: instant,
  logId: z.string().openapi({ description: "The log that was lost, and where it had it, when." }),
  sequence: z.int(),
  at: instant,
}).openapi("SalvagedIdentifier");

export const LookRequest = z.strictObject({ reason: ReadRequest.shape.reason }).openapi("CrossReferenceLook");
