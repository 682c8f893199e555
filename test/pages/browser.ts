import type { CitizenRpc } from "../../src/domains/exclusions/citizen-rpc.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { portalDoubles, portalOver } from "./doubles.ts";
import { SESSION } from "./sessions.ts";

export const FORM_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const ORIGIN = "https://register.test";

export type Fields = Record<string, string>;

export interface Visit {
  status: number;
  html: string;
  headers: Headers;
  /** What the page's form would send if nothing more were typed. */
  fields: Fields;
}

/** A browser without script before a portal of its own: keeps cookies, sends forms as browsers do. */
export function visitor(settings: { scheme?: "http" | "https"; citizens?: CitizenRpc; clock?: Clock } = {}) {
  const doubles = portalDoubles();
  const logged: string[] = [];
  let minted = 0;
  const app = portalOver({
    ...doubles,
    citizens: settings.citizens ?? doubles.citizens,
    ...(settings.clock && { clock: settings.clock }),
    newId: () => `00000000-0000-7000-8000-${String(++minted).padStart(12, "0")}`,
    exitUrl: "https://elsewhere.test/",
    log: (line) => logged.push(line),
  });
  const origin = settings.scheme === "http" ? "http://localhost:8787" : ORIGIN;
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit = {}): Promise<Visit> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
    const response = await app.request(origin + path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0]!.split("=", 2);
      if (line.includes("Max-Age=0")) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const html = await response.text();
    return { status: response.status, html, headers: response.headers, fields: fieldsOf(html) };
  }

  const get = (path: string, headers: Record<string, string> = {}) => request(path, { headers: { "sec-fetch-site": "none", ...headers } });
  const post = (path: string, fields: Fields, headers: Record<string, string> = {}) =>
    request(path, { method: "POST", body: new URLSearchParams(fields), headers: { origin, "sec-fetch-site": "same-origin", ...headers } });
  const signIn = () => void cookies.set(settings.scheme === "http" ? "session" : "__Host-session", SESSION);
  return { ...doubles, signIn, logged, cookies, request, get, post, origin };
}

const unescape = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const attribute = (tag: string, name: string) => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescape(value);
};

/** The inputs of a page with the values they hold; a radio counts only when chosen. */
function fieldsOf(html: string): Fields {
  const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => tag);
  const held = inputs.filter((tag) => attribute(tag, "type") !== "radio" || / checked/.test(tag));
  const typed = held.map((tag) => [attribute(tag, "name")!, attribute(tag, "value") ?? ""]);
  const select = /<select[^>]* name="([^"]*)".*?<option value="([^"]*)" selected/s.exec(html);
  return Object.fromEntries(select ? [...typed, [select[1]!, select[2]!]] : typed);
}
