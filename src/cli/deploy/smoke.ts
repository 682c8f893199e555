/** Whether a deployment answers as it must, from outside. */
interface Probe {
  what: string;
  method: "GET" | "POST";
  path: string;
  right: (response: Response, body: string) => boolean;
}

const isProblem = ({ headers }: Response): boolean => headers.get("content-type") === "application/problem+json";

const PROBES: readonly Probe[] = [
  { what: "a check without a key is refused by the edge", method: "POST", path: "/v1/checks", right: (response) => response.status === 401 && isProblem(response) },
  { what: "the edge vouches", method: "GET", path: "/v1/status", right: ({ status }, body) => status === 200 && body.includes('"vouches":true') },
  { what: "the API is described", method: "GET", path: "/openapi.json", right: ({ status }, body) => status === 200 && body.includes('"3.1.0"') },
  { what: "staff without a token are refused", method: "GET", path: "/v1/account", right: (response) => response.status === 401 && isProblem(response) },
  {
    what: "the authorization server is this host", method: "GET", path: "/.well-known/oauth-authorization-server",
    right: ({ status, url }, body) => status === 200 && body.includes(`"issuer":"${new URL(url).origin}"`),
  },
  { what: "the audit log says whom to believe", method: "GET", path: "/v1/log/key", right: ({ status }, body) => status === 200 && body.startsWith("log ") },
  { what: "the form is there", method: "GET", path: "/exclude", right: ({ status, headers }) => status === 200 && headers.get("content-type")?.startsWith("text/html") === true },
  { what: "no simulator is", method: "GET", path: "/dev/sms", right: ({ status }) => status === 404 },
];

const DEADLINE_MS = 10_000;

/** Says each probe's outcome to `tell`; the number of those that failed. */
export async function smoke(url: string, tell: (line: string) => void, fetcher: typeof fetch = fetch): Promise<number> {
  let failed = 0;
  for (const { what, method, path, right } of PROBES) {
    const said = await ask(fetcher, `${url}${path}`, method);
    const ok = said !== null && right(said.response, said.body);
    tell(`${ok ? "✓" : "✗"} ${what}${ok ? "" : `: ${said ? said.response.status : "no answer"}`}`);
    if (!ok) failed++;
  }
  return failed;
}

async function ask(fetcher: typeof fetch, url: string, method: string): Promise<{ response: Response; body: string } | null> {
  try {
    const response = await fetcher(url, { method, redirect: "manual", signal: AbortSignal.timeout(DEADLINE_MS) });
    return { response, body: await response.text() };
  } catch {
    return null;
  }
}
