import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { conditions, expiresAt, kinds, licenceType, reason, version } from "../licensing/schema.ts";
import { ADVICE, APPLICATION_STATES, APPLICATION_STEPS } from "./model.ts";

const instant = z.iso.datetime();
const state = z.enum(APPLICATION_STATES);
/** More than Kenya has people. */
const MAX_CUSTOMERS = 100_000_000;

const company = {
  name: line(200),
  tradingName: line(200).nullable().default(null),
  registrationNumber: line(50).refine((text) => /^[\p{L}\d][\p{L}\d ./-]*$/u.test(text), "must be letters, digits, blanks, and . / -").openapi({ examples: ["PVT-ABC123"] }),
  website: z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300).nullable().default(null),
  address: line(300),
  licenceType,
  kinds: kinds.openapi({ description: "The kinds of identifier it can send." }),
  declaredCustomers: z.int().min(0).max(MAX_CUSTOMERS).openapi({ description: "How many customers it has." }),
};

export const ApplicationRequest = z.strictObject({
  ...company,
  contact: z.strictObject({
    name: line(100),
    email: z.email().max(254),
    phone: line(30).openapi({ description: "A mobile number, as people write it.", examples: ["0712 345 678"] }),
    language: z.enum(Object.keys(LOCALES) as Locale[]).default("en"),
  }).openapi({ description: "Who speaks for the company, and is invited to administer it once it is approved." }),
}).openapi("OperatorApplicationRequest");

export const ReceivedAnswer = z.strictObject({
  reference: z.string().openapi({ examples: ["OA-0123456789"], description: "Keep it to yourself: it shows how the application stands." }), receivedAt: instant,
}).openapi("OperatorApplicationReceived");

export const ApplicationPath = z.object({ reference: z.string().max(40) });
export const ApplicationFilters = { state: state.optional() };

export const ApplicationAnswer = z.strictObject({
  reference: z.string(),
  state,
  name: z.string(),
  tradingName: z.string().nullable(),
  registrationNumber: z.string(),
  website: z.string().nullable(),
  address: z.string(),
  licenceType,
  kinds: z.array(z.enum(KINDS)),
  declaredCustomers: z.int(),
  receivedAt: instant,
  recommendation: z.strictObject({
    advice: z.enum(ADVICE), by: z.string(), reason: z.string(), expiresAt: instant.nullable(), conditions: z.array(z.string()).nullable(),
  }).nullable(),
  decision: z.strictObject({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  operator: z.string().nullable().openapi({ description: "The operator, once it was enrolled." }),
  version: z.int(),
}).openapi("OperatorApplication");
export const ApplicationsAnswer = pageAnswer(ApplicationAnswer).openapi("OperatorApplications");

export const ApplicationLook = z.strictObject({
  ...ApplicationAnswer.shape,
  ofCompany: z.int().openapi({ description: "How many applications bear this registration number." }),
}).openapi("OperatorApplicationLook");

export const StandingAnswer = z.strictObject({
  reference: z.string(), state, receivedAt: instant, decidedAt: instant.nullable(), reason: z.string().nullable().openapi({ description: "Why it was refused." }),
}).openapi("OperatorApplicationStanding");

export const StepRequest = z.strictObject({
  step: z.enum(APPLICATION_STEPS),
  version,
  reason,
  expiresAt: expiresAt.optional().openapi({ description: "The licence's end; with `recommend-approval`." }),
  conditions: conditions.optional().openapi({ description: "The licence's; with `recommend-approval`." }),
}).openapi("OperatorApplicationStep");

export const ReadRequest = z.strictObject({ reason }).openapi("OperatorContactRead");
export const ContactAnswer = z.strictObject({ name: z.string(), email: z.string(), phone: z.string(), language: z.string() }).openapi("OperatorContact");
