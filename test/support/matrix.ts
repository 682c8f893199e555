/** Walks every route of a document as every caller, for every tenant, and says where the answer is not the one it must be. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { EDGE_ROUTES } from "../../src/api/edge-document.ts";
import type { ApiEnv } from "../../src/api/kit.ts";
import { type Capability, type Role, ROLE_CAPABILITIES } from "../../src/domains/authentication/capabilities.ts";
import { minimal } from "./minimal.ts";

type Json = Record<string, any>;

export interface NamedRoute {
  name: string;
  method: string;
  path: string;
  operation: Json;
  capability: Capability | undefined;
  ofOneself: Capability | undefined;
  security: string | undefined;
}

export interface Caller {
  name: string;
  /** What they bring. */
  kind: "none" | "operatorKey" | "accessToken";
  role?: Role;
  userId?: string;
  headers: () => Record<string, string>;
}

export interface Matrix {
  api: OpenAPIHono<ApiEnv>;
  document: Json;
  callers: Caller[];
  /** Whose they are: the callers', another's, nobody's. */
  operators: Record<"own" | "other" | "none", string>;
  /** What there is of the other operator's, by the name of its parameter. */
  resources: Record<string, string>;
}

type Tenant = keyof Matrix["operators"];

interface Question {
  caller: Caller;
  tenant: Tenant;
  /** About what is there, of somebody else's, and about what is not. */
  pair: [there: Parameters, absent: Parameters];
  /** A body nobody can read is refused after the caller was, not before. */
  readable: boolean;
}

type Parameters = Record<string, string>;

const EDGE = new Set(EDGE_ROUTES.map(({ method, path }) => `${method} ${path}`));

/** Every route of the document that takes something and is answered here. */
export const namedRoutes = (document: Json): NamedRoute[] =>
  Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods)
      .filter(([method, { security }]) => security && !EDGE.has(`${method} ${path}`))
      .map(([method, operation]) => ({
        name: `${method} ${path}`, method, path, operation, capability: operation["x-capability"], ofOneself: operation["x-capability-of-oneself"],
        security: Object.keys(operation.security[0])[0],
      })));

/** What is served or described and names nothing it takes, in order; a capability goes with an access token and with nothing else. */
export function unnamed(document: Json, served: readonly { method: string; path: string }[]): string[] {
  const described = Object.entries<Json>(document.paths).flatMap(([path, methods]) => Object.entries<Json>(methods).map(([method, route]) => ({ name: `${method} ${path}`, route })));
  const isNamed = ({ route }: { route: Json }): boolean => {
    const [scheme] = Object.keys(route.security?.[0] ?? {});
    return scheme === "accessToken" ? Boolean(route["x-capability"]) : scheme !== undefined && !route["x-capability"];
  };
  const names = new Set(described.map(({ name }) => name));
  const inCode = served.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:([^/]+)/g, "{$1}")}`);
  return [...new Set([...described.filter((route) => !isNamed(route)).map(({ name }) => name), ...inCode.filter((name) => !names.has(name))])].toSorted();
}

/** What a route takes of somebody who asks about this. */
const taken = ({ capability, ofOneself }: NamedRoute, { userId }: Caller, parameters: Parameters): Capability =>
  ofOneself && parameters.userId === userId ? ofOneself : capability!;

/** Whether the table lets a caller in, by the table alone; `own` when only to what is theirs. */
function letIn({ operators }: Matrix, route: NamedRoute, caller: Caller, parameters: Parameters): "any" | "own" | null {
  if (route.security !== "accessToken") return route.security === caller.kind ? "own" : null;
  if (!caller.role) return null;
  const takes = taken(route, caller, parameters);
  const { any, own = [] } = ROLE_CAPABILITIES[caller.role];
  if (any.includes(takes)) return takes === route.capability ? "any" : "own";
  return own.includes(takes) && route.path.includes("{operator}") && parameters.operator === operators.own ? "own" : null;
}

const namesIn = (path: string): string[] => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);

/** Every question a route is asked: callers × tenants, about others and about oneself, with a body that can be read and one that cannot. */
export function questionsOf({ callers, operators, resources, document }: Matrix, { path, operation }: NamedRoute): Question[] {
  const names = namesIn(path);
  const made = (name: string): string => String(minimal(operation.parameters.find((one: Json) => one.name === name).schema, document));
  const tenants = names.includes("operator") ? (Object.keys(operators) as Tenant[]) : (["none"] as const);
  return callers.flatMap((caller) => tenants.flatMap((tenant) => {
    const fixed = { ...(names.includes("operator") && { operator: operators[tenant] }), ...(names.includes("role") && { role: resources.role! }) };
    const there = { ...Object.fromEntries(names.map((name) => [name, resources[name] ?? made(name)])), ...fixed };
    const absent = { ...Object.fromEntries(names.map((name) => [name, made(name)])), ...fixed };
    const self = caller.userId && names.includes("userId") ? { userId: caller.userId } : null;
    const pairs: Question["pair"][] = [[there, absent], ...(self ? [[{ ...there, ...self }, { ...absent, ...self }] as Question["pair"]] : [])];
    return pairs.flatMap((pair) => [true, false].map((readable) => ({ caller, tenant, pair, readable })));
  }));
}

interface Said {
  status: number;
  body: string;
}

async function ask({ api, document }: Matrix, { method, path, operation }: NamedRoute, { caller, readable }: Question, parameters: Parameters): Promise<Said> {
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const required: Json[] = (operation.parameters ?? []).filter((one: Json) => one.in === "query" && one.required);
  const query = new URLSearchParams(required.map(({ name, schema }) => [name, String(minimal(schema, document))]));
  const response = await api.request(`${path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => parameters[name]!)}?${query}`, {
    method: method.toUpperCase(),
    headers: { ...caller.headers(), ...(schema && { "content-type": "application/json" }) },
    ...(schema && { body: readable ? JSON.stringify(minimal(schema, document)) : "{" }),
  });
  return { status: response.status, body: await response.text() };
}

/** A libSQL server takes 128 calls at once, and a question is two. */
const AT_ONCE = 16;

/** Where a caller is let in who must not be or the other way round, is told more than that, or something breaks. */
export async function faultsOf(matrix: Matrix, routes: readonly NamedRoute[]): Promise<string[]> {
  const faults: string[] = [];
  for (const route of routes) {
    const questions = questionsOf(matrix, route);
    for (let at = 0; at < questions.length; at += AT_ONCE) {
      faults.push(...(await Promise.all(questions.slice(at, at + AT_ONCE).map((question) => faultsOfOne(matrix, route, question)))).flat());
    }
  }
  return faults;
}

async function faultsOfOne(matrix: Matrix, route: NamedRoute, question: Question): Promise<string[]> {
  const said = await Promise.all(question.pair.map((parameters) => ask(matrix, route, question, parameters)));
  const where = `${route.name}, ${question.caller.name}, ${question.tenant}`;
  return faultsIn(matrix, route, question, said as [Said, Said]).map((fault) => `${where}: ${fault}`);
}

function faultsIn(matrix: Matrix, route: NamedRoute, { caller, pair }: Question, said: [Said, Said]): string[] {
  const reaches = pair.map((parameters) => letIn(matrix, route, caller, parameters));
  const faults = said.flatMap((one, at) => (reaches[at] ? faultOfLetIn(one) : faultOfKeptOut(one, route, caller)) ?? []);
  const [there, absent] = said;
  const seen = reaches.every((reach) => reach === "own") && JSON.stringify(pair[0]) !== JSON.stringify(pair[1]) && JSON.stringify(there) !== JSON.stringify(absent);
  return seen ? [...faults, `another's is told from nobody's: ${JSON.stringify(said)}`] : faults;
}

const LACKING = /^It takes the capability [a-z-]+:[a-z-]+\.$/;

function faultOfLetIn({ status, body }: Said): string | null {
  if (status >= 500 || status === 401) return `${status} ${body}`;
  return status === 403 && LACKING.test(JSON.parse(body).detail ?? "") ? "is kept out" : null;
}

/** The answer is one text, whatever is asked for: what is there and what is not look the same. */
function faultOfKeptOut({ status, body }: Said, { security }: NamedRoute, { kind }: Caller): string | null {
  // A client's errors are OAuth's (RFC 6749 §5.2).
  if (security === "oauthClient") return status === 401 && body === '{"error":"invalid_client"}' ? null : `is told ${status} ${body.slice(0, 200)}`;
  const known = security === "accessToken" && kind === "accessToken";
  const { type, detail = null, ...rest } = status < 400 ? ({} as Json) : (JSON.parse(body) as Json);
  const isThat = known ? type === "/problems/forbidden" && LACKING.test(detail) : type === "/problems/unauthenticated" && detail === null;
  return isThat && Object.keys(rest).toSorted().join() === "status,title" ? null : `is told ${status} ${body.slice(0, 200)}`;
}
