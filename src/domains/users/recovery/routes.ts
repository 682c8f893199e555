import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { holderOf } from "../../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { eraseAgain, restoreEach, restoreVaults, type VaultRecoveryParts } from "./restore.ts";

export interface VaultRecoveryRouteParts {
  vaults: VaultRecoveryParts;
  restoreToken: string;
}

const after = z.string().max(64).default("").openapi({ description: "The `next` of the step before; empty begins." });
const VaultsRequest = z.strictObject({ after, persons: z.array(z.uuid()).max(50).optional().openapi({ description: "These and no others." }) });
const ErasedRequest = z.strictObject({ after });

const VaultsAnswer = z
  .strictObject({
    next: z.string().nullable(),
    counts: z.strictObject({ open: z.int(), restored: z.int(), erased: z.int() }),
    failed: z.array(z.string()).openapi({ description: "Vaults that could not be restored now: say them again." }),
  })
  .openapi("VaultRecovery");

const step = <Body extends z.ZodType>(restoreToken: string, path: string, summary: string, schema: Body) =>
  createRoute({
    method: "post",
    path,
    summary,
    description: "Does a page of persons. Repeat with `next` until that is null; it may be repeated.",
    security: [{ restoreToken: [] }],
    middleware: [holderOf("restore-token", restoreToken), bodyAtMost()] as const,
    request: { body: { required: true, content: { "application/json": { schema } } } },
    responses: {
      200: { description: "What came of the page", content: { "application/json": { schema: VaultsAnswer } } },
      ...problems(...BODY_PROBLEMS, "unauthenticated", "unavailable"),
    },
  });

export const vaultRecoveryRoutes = ({ vaults, restoreToken }: VaultRecoveryRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(step(restoreToken, "/v1/recovery/vaults", "Restore vaults that were destroyed", VaultsRequest), async (c) => {
      const { after, persons } = c.req.valid("json");
      return c.json(persons ? { ...(await restoreEach(vaults, persons)), next: null } : await restoreVaults(vaults, after), 200);
    })
    .openapi(step(restoreToken, "/v1/recovery/erased", "Erase again whoever was erased before a restoration", ErasedRequest), async (c) =>
      c.json(await eraseAgain(vaults, c.req.valid("json").after), 200));
