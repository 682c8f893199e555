import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { PROBLEMS, type ProblemCode } from "../kernel/problem.ts";
import { type ApiEnv, createRouter } from "./kit.ts";
import { ProblemError } from "./problem.ts";
import { problems } from "./problem-responses.ts";

/** What the caller can do about each problem. */
const REMEDIES: Record<ProblemCode, string> = {
  "body-malformed": "Send a body that is well-formed JSON in UTF-8.",
  "body-too-large": "Send less at once; the detail names the limit.",
  "content-type-unsupported": "Send JSON and say so, Content-Type: application/json; a scrub is application/x-ndjson.",
  "content-digest-invalid": "With Accept-Signature send Content-Digest: sha-256=:…:, base64 of the SHA-256 of the body's bytes, and no other algorithm.",
  "signature-unsupported": "Ask for what can be signed, as the detail says, or ask without Accept-Signature.",
  "field-invalid": "Mend the fields the problem lists by JSON pointer. Nothing was done.",
  "cursor-invalid": "Send the `next` of the page before as it came, with the same filters and order; or begin again without a cursor.",
  "not-found": "Check the address against /openapi.json.",
  "method-not-allowed": "Use a method of the Allow header.",
  "unauthenticated": "Send Authorization: Bearer with a key that is in force.",
  "forbidden": "The key is known but may not do this; ask the register's operators.",
  "conflict": "Read the present state, then decide anew.",
  "precondition-required": "Read it, and send its ETag as If-Match: \"<version>\". Nothing was done.",
  "idempotency-key-missing": "Send an Idempotency-Key of 1 to 128 visible ASCII characters, fresh for each thing to create.",
  "idempotency-key-reused": "Use a fresh Idempotency-Key: this one belongs to a request with another body.",
  "token-invalid": "The text is no token of yours: mistyped, altered, or issued to somebody else. Issue it anew.",
  "token-retired": "The token's time is over: issue a new one from the identifier.",
  "identifiers-missing": "Send one token of each kind your licence requires, each of another identifier: one stands for one kind, whatever its tokens say.",
  "not-a-test-person": "Try with the test persons' numbers, 0700000001 to 0700000007, or national ids, 10000001 to 10000007. For people use a live key.",
  "rate-limited": "Wait as long as Retry-After says.",
  "quota-exhausted": "Wait until the day is over in Nairobi, as Retry-After says. Whoever has more customers by now has them declared to the regulator.",
  "quarantined": "Read the reason at GET /v1/tokens/quarantine, and appeal there: POST /v1/tokens/quarantine/appeal. Checks go on.",
  "indeterminate": "Treat the person as excluded and ask again after Retry-After.",
  "unavailable": "Nothing was done. Try again after Retry-After, with the same Idempotency-Key where there was one.",
  "internal": "Nothing can be concluded from this. Try again; if it stays, tell us the X-Request-Id.",
};

const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

const ProblemPage = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  remedy: z.string(),
});

const page = createRoute({
  method: "get",
  path: "/problems/{code}",
  summary: "What a problem means and what to do about it",
  request: { params: z.object({ code: z.string().openapi({ examples: CODES }) }) },
  responses: {
    200: { description: "The problem", content: { "application/json": { schema: ProblemPage } } },
    ...problems("not-found"),
  },
});

const isCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);

/** Where the `type` of each problem leads. */
export const problemPages = (): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(page, (c) => {
    const { code } = c.req.valid("param");
    if (!isCode(code)) throw new ProblemError("not-found");
    return c.json({ type: `/problems/${code}`, ...PROBLEMS[code], remedy: REMEDIES[code] }, 200);
  });
