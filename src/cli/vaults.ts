/** Restoring persons' vaults through the restorer's door: page after page, and then the list of the erased again. */
interface VaultsPage {
  next: string | null;
  counts: Record<"open" | "restored" | "erased", number>;
  failed: string[];
}

export interface VaultRestoration {
  counts: VaultsPage["counts"];
  failed: string[];
}

/**
 * Looks at every vault from `after` on and restores those that were destroyed; then erases again who is on the list. `progress` is told
 * where to go on if it is stopped. Throws what the door says when a page cannot be done.
 */
export async function restoreVaults(url: string, restoreToken: string, after: string, progress: (next: string) => void): Promise<VaultRestoration> {
  const all: VaultRestoration = { counts: { open: 0, restored: 0, erased: 0 }, failed: [] };
  for (const [path, from] of [["vaults", after], ["erased", ""]] as const) {
    for (let next: string | null = from; next !== null; ) {
      const page: VaultsPage = await step(`${url}/v1/recovery/${path}`, restoreToken, next);
      for (const how of ["open", "restored", "erased"] as const) all.counts[how] += page.counts[how];
      all.failed.push(...page.failed);
      next = page.next;
      if (path === "vaults" && next !== null) progress(next);
    }
  }
  return all;
}

async function step(url: string, restoreToken: string, after: string): Promise<VaultsPage> {
  const headers = { "authorization": `Bearer ${restoreToken}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ after }) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as VaultsPage;
}
