/** For an operator's server whose own pages make tokens: docs/blind-issuance.md, "In a page". Needs nothing but `fetch`. */
import type { Problem } from "./answers.ts";
import { bearer, connectionOf, type ConnectionOptions, SLOW } from "./http.ts";

/** What `blindTokens` asks; the key opens more, which is not the page's. */
const PASSED = ["GET /v1/tokens/blind", "POST /v1/tokens/blind", "POST /v1/tokens/trade"];
const JSON_TYPE = "application/json";

/** `key` is a key with the scope `tokens`. */
export type RelayOptions = Pick<ConnectionOptions, "url" | "fetch" | "timeoutMs"> & { key: string };

/**
 * Passes on to the register what a page's `blindTokens` asks, under whatever path, with the key, and the answer back. Nothing else passes: no other
 * verb, no cookie, and no request another site's page could send unasked. Ask first who it is: whoever gets here spends the operator's quota. What is
 * traded passes here and is as secret as the identifier, so neither this server nor what stands before it may log bodies.
 */
export async function relayBlind(request: Request, options: RelayOptions): Promise<Response> {
  const { url, key, fetch, timeoutMs } = connectionOf({ ...SLOW, ...options });
  const [path = ""] = /\/v1\/tokens\/\w+$/.exec(new URL(request.url).pathname) ?? [];
  if (!PASSED.includes(`${request.method} ${path}`)) return refuse(404, "Only what makes tokens is passed on");
  // A page of another site would have to ask for leave first, and gets none.
  if (request.headers.get("content-type") !== JSON_TYPE) return refuse(415, "The body is not of the type that is read here");
  try {
    const body = request.method === "POST" ? { body: await request.arrayBuffer() } : {};
    const headers = { "content-type": JSON_TYPE, ...bearer(key) };
    const answer = await fetch(`${url}${path}`, { method: request.method, headers, redirect: "manual", signal: AbortSignal.timeout(timeoutMs), ...body });
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answering(answer) });
  } catch {
    return refuse(502, "The register does not answer");
  }
}

/** What the page is told besides the body. */
function answering({ headers }: Response): Record<string, string> {
  const passed = ["content-type", "retry-after"].flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : []));
  return { ...Object.fromEntries(passed), "cache-control": "no-store" };
}

const refuse = (status: number, title: string): Response =>
  Response.json({ type: "about:blank", title, status } satisfies Problem, { status, headers: { "content-type": "application/problem+json" } });
