import { createRoute, type OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { CHECKPOINT, type LogBucket, tileKey } from "../../../audit/log/bucket.ts";
import type { AuditLogApi } from "../../../audit/rpc.ts";
import { parseTilePath } from "../../../tlog/tiles.ts";

export interface LogRouteParts {
  /** What anybody verifies the audit log by. */
  publicLog: Pick<AuditLogApi, "policy"> & { bucket: Pick<LogBucket, "get"> };
}

const text = { "text/plain": { schema: z.string() } };

const checkpoint = createRoute({
  method: "get",
  path: "/v1/log/checkpoint",
  summary: "The audit log's published checkpoint, with its witnesses' cosignatures",
  description: "A signed note (C2SP tlog-checkpoint). The log's address, for programs that read C2SP tlog-tiles, is /v1/log. It is published at most once a second.",
  responses: { 200: { description: "The checkpoint", content: text }, ...problems("not-found", "unavailable") },
});

const key = createRoute({
  method: "get",
  path: "/v1/log/key",
  summary: "Whom to believe about the audit log",
  description: "The log's key and its witnesses', as a C2SP tlog-policy. Whoever verifies the log keeps a copy: a key that is asked for each time proves nothing.",
  responses: { 200: { description: "The policy", content: text }, ...problems("unavailable") },
});

/** Tile paths have slashes, which the document's templates have not: the route is described here and declared below. */
const tile: RouteConfig = {
  method: "get",
  path: "/v1/log/tile/{tile}",
  summary: "Hashes of the audit log's tree, or its entries",
  description: "`<level>/<index>[.p/<width>]` or `entries/<index>[.p/<width>]`, after C2SP tlog-tiles. A partial tile may be gone once there is a wider one.",
  request: { params: z.object({ tile: z.string().openapi({ examples: ["0/000.p/3", "1/000", "entries/x001/067"] }) }) },
  responses: {
    200: { description: "The tile", content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } } },
    ...problems("not-found", "unavailable"),
  },
};

const UNTIL_ASKED_AGAIN = "no-cache";
const AN_HOUR = "public, max-age=3600";
const FOR_GOOD = "public, max-age=31536000, immutable";

/** Open to everybody, pages of other sites included. */
export function logRoutes({ publicLog: { bucket, policy } }: LogRouteParts): OpenAPIHono<ApiEnv> {
  const found = async (name: string | null): Promise<Uint8Array<ArrayBuffer>> => {
    const there = name === null ? null : await available(bucket.get(name));
    if (!there) throw new ProblemError("not-found");
    return there.bytes as Uint8Array<ArrayBuffer>;
  };
  const router = createRouter();
  router.openAPIRegistry.registerPath(tile);
  router.get("/v1/log/tile/*", async (c) => {
    const asked = parseTilePath(c.req.path.slice("/v1/log/".length));
    return c.body(await found(asked && tileKey(asked)), 200, { "content-type": "application/octet-stream", "cache-control": FOR_GOOD });
  });
  return router
    .openapi(checkpoint, async (c) => c.text(new TextDecoder().decode(await found(CHECKPOINT)), 200, { "cache-control": UNTIL_ASKED_AGAIN }))
    .openapi(key, async (c) => c.text(await available(policy()), 200, { "cache-control": AN_HOUR }));
}
