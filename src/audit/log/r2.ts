import { soon } from "../../objects/recovery/r2.ts";
import type { LogBucket } from "./bucket.ts";

/** R2 as the log uses it. */
export const logBucketOf = (r2: R2Bucket): LogBucket => ({
  putNew: async (key, bytes) => (await soon(r2.put(key, bytes, { onlyIf: { etagDoesNotMatch: "*" } }))) !== null,
  get: async (key) => {
    const found = await soon(r2.get(key));
    return found && { bytes: new Uint8Array(await soon(found.arrayBuffer())), etag: found.etag };
  },
  replace: async (key, bytes, etag) => {
    const onlyIf = etag === null ? { etagDoesNotMatch: "*" } : { etagMatches: etag };
    return (await soon(r2.put(key, bytes, { onlyIf })))?.etag ?? null;
  },
});
