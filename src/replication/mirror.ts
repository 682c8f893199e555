import { contentHash } from "../snapshot/manifest.ts";
import * as publication from "./publication.ts";
import type { Publisher } from "./publish.ts";

const AT_ONCE = 4;

/**
 * Copies some of what the first home has into the second, which has not; answers whether there may be more. It does so
 * after the publication's own steps and at its own pace, so that a second home which hangs, or comes to be configured
 * later, delays none of them. Throws when a copy failed; the next call begins with it.
 */
export async function mirrorStep(publisher: Publisher): Promise<boolean> {
  if (!publisher.second) return false;
  const hashes = publication.unmirrored(publisher.database, AT_ONCE);
  const copies = await Promise.allSettled(hashes.map((hash) => mirror(publisher, hash)));
  for (const copy of copies) if (copy.status === "rejected") throw copy.reason;
  return hashes.length > 0;
}

/** What cannot be read back whole is put into the first home again by the next publication that has it. */
async function mirror({ database, home, second }: Publisher, hash: string): Promise<void> {
  const bytes = await home.read(hash);
  if (!bytes || (await contentHash(bytes)) !== hash) {
    publication.noteBlob(database, hash, { written: false });
    throw new Error(`${home.name} does not hold what was put there`);
  }
  await second!.put(hash, bytes);
  publication.noteBlob(database, hash, { mirrored: true });
}
