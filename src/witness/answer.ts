import { fromUtf8 } from "../kernel/bytes.ts";
import { readAtMost } from "../kernel/streams.ts";
import { formatSignature } from "../tlog/note.ts";
import { cosign, type Signer } from "../tlog/sign.ts";
import type { VerifierKey } from "../tlog/verifier-key.ts";
import { formatSize, parseAddCheckpoint, refuseSigner, type WitnessRefusal } from "../tlog/witness.ts";
import type { WitnessApi } from "./rpc.ts";

export interface WitnessPorts {
  /** Keys of the logs that are known, by their origins. */
  logs: ReadonlyMap<string, readonly VerifierKey[]>;
  signer(): Promise<Signer>;
  memoryOf(origin: string): WitnessApi;
  /** Told of what kept a request from being answered. */
  failed(error: unknown): void;
}

/** A proof has 63 lines at most, and a checkpoint few signatures: this is ten times as much. */
const MAX_BODY = 65_536;
const SIZE_CONTENT_TYPE = "text/x.tlog.size";

const ROUTES: Record<string, { method: string; answer: (request: Request, ports: WitnessPorts) => Promise<Response> }> = {
  "/add-checkpoint": { method: "POST", answer: addCheckpoint },
  "/forks": { method: "GET", answer: forks },
};

/** What C2SP tlog-witness asks of a witness, and what it keeps of logs that told two stories. */
export async function answer(request: Request, ports: WitnessPorts): Promise<Response> {
  const route = ROUTES[new URL(request.url).pathname];
  if (!route) return said(404, "there is nothing here");
  if (request.method !== route.method) return said(405, `only ${route.method}`, { allow: route.method });
  try {
    return await route.answer(request, ports);
  } catch (error) {
    ports.failed(error);
    return said(503, "nothing was cosigned, come again", { "retry-after": "1" });
  }
}

async function addCheckpoint({ body }: Request, { logs, memoryOf, signer }: WitnessPorts): Promise<Response> {
  const bytes = await readAtMost(MAX_BODY, body);
  if (!bytes) return said(413, `at most ${MAX_BODY} bytes`);
  const text = textOf(bytes);
  const parsed = text === null ? ({ ok: false, refusal: "not-unicode" } as const) : parseAddCheckpoint(text);
  if (!parsed.ok) return said(400, parsed.refusal);
  const { note, checkpoint } = parsed.request;
  const keys = logs.get(checkpoint.origin) ?? null;
  const foreign = await refuseSigner(parsed.request, keys);
  if (foreign) return refused(foreign);
  const signatures = note.signatures.filter(({ name, id }) => keys!.some((key) => key.name === name && key.id === id));
  const kept = await memoryOf(checkpoint.origin).keep({ ...parsed.request, note: { text: note.text, signatures } });
  return kept.ok ? said(200, formatSignature(await cosign(note.text, BigInt(kept.time), await signer()))) : refused(kept.refusal);
}

async function forks(_: Request, { logs, memoryOf }: WitnessPorts): Promise<Response> {
  const known = await Promise.all([...logs.keys()].map((origin) => memoryOf(origin).forks()));
  return Response.json({ forks: known.flat() }, { headers: { "cache-control": "no-store" } });
}

/** A 409 says the size of the tree that was cosigned last, and nothing else. */
const refused = (refusal: WitnessRefusal): Response =>
  refusal.status === 409 ? said(409, formatSize(refusal.size), { "content-type": SIZE_CONTENT_TYPE }) : said(refusal.status, REASONS[refusal.status]);

const REASONS = {
  400: "the old size is beyond the checkpoint's",
  403: "no key of this log signed it",
  404: "not a log that is known here",
  422: "the proof does not show that the tree continues the one before",
} as const;

const said = (status: number, text: string, more?: Record<string, string>): Response =>
  new Response(text.endsWith("\n") ? text : `${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more } });

/** Null for malformed UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}
