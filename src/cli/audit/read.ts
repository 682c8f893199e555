import { setTimeout } from "node:timers/promises";
import type { ReadLog } from "../../audit/verify/read.ts";
import type { ListedEntry } from "../../audit/verify/system.ts";

const TRIES = 5;
const PAGE = 200;

/** What a log serves at its address (C2SP tlog-tiles). What fails for a moment is tried again; throws when it goes on failing. */
export const readerOf = (address: string): ReadLog => async (path) => {
  const response = await ask(`${address}/${path}`);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  if (response.status === 404) return null;
  throw new Error(`${path}: ${response.status}`);
};

/** Everything the register lists of its audit, page by page. Throws when it does not answer. */
export async function* listedOf(url: string, token: string): AsyncGenerator<ListedEntry & { resource: string }> {
  let cursor: string | null = null;
  do {
    const response = await ask(`${url}/v1/audit?limit=${PAGE}${cursor ? `&cursor=${cursor}` : ""}`, { authorization: `Bearer ${token}` });
    if (!response.ok) throw new Error(`the register's list: ${response.status}`);
    const page = (await response.json()) as { items: (Omit<ListedEntry, "at"> & { at: string; resource: string })[]; next: string | null };
    for (const { at, ...entry } of page.items) yield { ...entry, at: Date.parse(at) };
    cursor = page.next;
  } while (cursor);
}

async function ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
  for (let tried = 1; ; tried++) {
    const response = await fetch(address, { headers }).catch((error: Error) => error);
    const isPassing = response instanceof Error || response.status === 429 || response.status >= 500;
    if (!isPassing) return response;
    if (tried === TRIES) {
      if (response instanceof Error) throw new Error(`${address} does not answer: ${String(response.cause ?? response)}`);
      return response;
    }
    await setTimeout(200 * 2 ** tried);
  }
}
