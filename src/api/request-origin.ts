import { blockOf } from "../check/networks.ts";
import type { RequestOrigin } from "../kernel/actor.ts";
import { countyOfRegion } from "../kernel/reference/counties.ts";

/** Kinds of program by what they call themselves; the first that fits. Nothing of the text itself is kept. */
const AGENTS: readonly [RegExp, string][] = [
  [/\bEdgA?\//i, "Edge"], [/\bOPR\/|\bOpera\b/i, "Opera"], [/\bFirefox\//i, "Firefox"], [/\bChrome\//i, "Chrome"], [/\bSafari\//i, "Safari"],
  [/^curl\//i, "curl"], [/^(node|undici)\b/i, "Node.js"], [/^python|\baiohttp\b/i, "Python"], [/^Java|okhttp/i, "Java"], [/^Go-http/i, "Go"], [/^Postman/i, "Postman"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/i, "Android"], [/\biPhone\b|\biPad\b/i, "iOS"], [/\bKAIOS\b/i, "KaiOS"], [/\bWindows\b/i, "Windows"], [/\bMac OS X\b/i, "macOS"], [/\bLinux\b/i, "Linux"],
];

const firstOf = (table: readonly [RegExp, string][], text: string): string | undefined => table.find(([pattern]) => pattern.test(text))?.[1];

/** The kind of program, and of its system where it says one: `Firefox on Android`. */
function agentOf(text: string | null): string | null {
  if (!text) return null;
  const [agent, system] = [firstOf(AGENTS, text) ?? "other", firstOf(SYSTEMS, text)];
  return system ? `${agent} on ${system}` : agent;
}

/** Where a request came from, as the platform says it, and as coarse as an audit needs it; and what it is called in our logs. */
export function originOf(request: Request, requestId: string): RequestOrigin {
  const { headers } = request;
  const country = headers.get("cf-ipcountry");
  const { regionCode } = ((request as Request & { cf?: { regionCode?: unknown } }).cf ?? {});
  return {
    network: blockOf(headers.get("cf-connecting-ip") ?? ""),
    agent: agentOf(headers.get("user-agent")),
    country: country && /^[A-Z]{2}$/.test(country) ? country : null,
    county: country === "KE" && typeof regionCode === "string" ? countyOfRegion(regionCode) : null,
    requestId,
  };
}
