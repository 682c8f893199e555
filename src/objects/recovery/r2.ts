import { within } from "../../check/regions.ts";
import { SECOND } from "../../kernel/clock.ts";
import type { Bucket } from "./bucket.ts";

const DEADLINE_MS = 5 * SECOND;

/** The promise's value within the deadline; leaves no timer behind, which would keep the object from being evicted. */
export async function soon<T>(promise: Promise<T>): Promise<T> {
  const deadline = new AbortController();
  try {
    return await within(promise, DEADLINE_MS, (ms) => scheduler.wait(ms, { signal: deadline.signal }));
  } finally {
    deadline.abort();
  }
}

/** R2 as one object uses it: under its own name. */
export function bucketOf(r2: R2Bucket, name: string): Bucket {
  const prefix = `${name}/`;
  return {
    putNew: async (key, bytes) => (await soon(r2.put(prefix + key, bytes, { onlyIf: { etagDoesNotMatch: "*" } }))) !== null,
    get: async (key) => {
      const found = await soon(r2.get(prefix + key));
      return found && new Uint8Array(await soon(found.arrayBuffer()));
    },
    list: async (under, after) => {
      const { objects } = await soon(r2.list({ prefix: prefix + under, ...(after && { startAfter: prefix + after }) }));
      return objects.map(({ key, uploaded }) => ({ key: key.slice(prefix.length), at: uploaded.getTime() }));
    },
    delete: (keys) => soon(r2.delete(keys.map((key) => prefix + key))),
  };
}
