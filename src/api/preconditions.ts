import { z } from "@hono/zod-openapi";
import { ProblemError } from "./problem.ts";

/** The version of a record, as the network may have weakened it on its way: it names the record, not the bytes that told of it. */
const VERSION_TAG = /^(?:W\/)?"([1-9]\d{0,14})"$/;

/** Every change of a record asks for it: the version that was read (RFC 9110 §13.1.1). */
export const IfMatchHeaders = z.object({
  "if-match": z.string().optional().openapi({
    param: { required: true }, description: "The ETag of what was read: nobody else's change is overwritten.", examples: ['"1"'],
  }),
});

export const etagOf = (version: number): string => `"${version}"`;

/** Of an answer that tells the version, for its document. */
export const ETAG = { ETag: { description: "The version, for If-Match", required: true, schema: { type: "string" as const } } };

/** The version the request would change. Anything else than one version is refused: `*` would overwrite whatever is there. */
export function versionIn({ "if-match": tag }: z.infer<typeof IfMatchHeaders>): number {
  const version = VERSION_TAG.exec(tag ?? "")?.[1];
  if (!version) throw new ProblemError("precondition-required");
  return Number(version);
}
