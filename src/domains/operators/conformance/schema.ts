import { z } from "@hono/zod-openapi";
import { RUN_STATES } from "./model.ts";

const instant = z.iso.datetime();

export const RunRequest = z.strictObject({
  address: z.url().max(500).openapi({ description: "Where the test adapter answers `POST {identifiers, purpose}` with `{mayPlay}`.", examples: ["https://test.example.com/conformance"] }),
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and base64 of 24 to 64 bytes")
    .openapi({ description: "What its questions are signed with (Standard Webhooks). Kept, sealed, until the run is over.", examples: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] }),
}).openapi("ConformanceRunRequest");

export const RunAnswer = z.strictObject({
  id: z.uuid(),
  address: z.string(),
  state: z.enum(RUN_STATES),
  kit: z.string(),
  hash: z.string().openapi({ description: "SHA-256 of the scenarios." }),
  begunAt: instant,
  begunBy: z.string(),
  endedAt: instant.nullable(),
  testChecks: z.int().nullable().openapi({
    description: "Checks of test persons that the edge answered the operator's test keys meanwhile; with none nothing is certified. Null until the end, or where nobody knows.",
  }),
}).openapi("ConformanceRun");

export const RunWithResults = z.strictObject({
  ...RunAnswer.shape,
  results: z.array(z.strictObject({
    scenario: z.string(),
    came: z.string().nullable().openapi({ description: "Null until it was asked, or when it never was." }),
    passed: z.boolean().nullable(),
    at: instant.nullable(),
  })).openapi({ description: "In the order in which they are asked." }),
}).openapi("ConformanceRunWithResults");

export const ConformanceKey = z.strictObject({
  key: z.string().openapi({ description: "A verifier key (C2SP signed-note).", examples: ["register.example.ke/conformance+0123abcd+AV…"] }),
}).openapi("ConformanceKey");
