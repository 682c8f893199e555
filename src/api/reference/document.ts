/** What the reference reads of the API's own document (OpenAPI 3.1, JSON Schema 2020-12). */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** What a value may be one of, whether or not only one. */
export const choicesOf = ({ anyOf, oneOf }: Schema): Schema[] | undefined => anyOf ?? oneOf;

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

type Content = Record<string, { schema: Schema }>;

interface Route {
  "summary"?: string;
  "description"?: string;
  "security"?: Record<string, unknown>[];
  "x-capability"?: string;
  "x-capability-of-oneself"?: string;
  "parameters"?: Parameter[];
  "requestBody"?: { content: Content };
  "responses": Record<string, { description: string; content?: Content }>;
}

export interface Document {
  components: { schemas: Record<string, Schema> };
  paths: Record<string, Record<string, Route>>;
}

export interface Operation extends Route {
  method: string;
  path: string;
  /** Its name in addresses, `post-v1-operators`. */
  name: string;
  /** The security scheme whose credential it takes; none when it is open to everybody. */
  scheme: string | undefined;
}

/** Every operation, in the document's order. */
export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      ...route, method: method.toUpperCase(), path, name: nameOf(method, path), scheme: Object.keys(route.security?.[0] ?? {})[0],
    })),
  );

const nameOf = (method: string, path: string): string => `${method}-${path}`.split(/[^A-Za-z0-9]+/).filter(Boolean).join("-");

/** The first part of a path, the version aside. */
export const groupOf = ({ path }: Operation): string => path.split("/").find((part) => part !== "" && part !== "v1")!;

const CREDENTIALS: Record<string, string> = {
  operatorKey: "an operator's key",
  bootstrapSecret: "the deployment's bootstrap secret",
  restoreToken: "the deployment's restore token",
  oauthClient: "a third party's client, by its id and secret",
};

/** What a caller has to bring, in words. */
export function takenBy(operation: Operation): string {
  const { scheme, "x-capability": capability, "x-capability-of-oneself": ofOneself } = operation;
  if (scheme === undefined) return "nothing";
  if (!capability) return CREDENTIALS[scheme] ?? scheme;
  return `the capability ${capability}${ofOneself ? `, for one's own account ${ofOneself}` : ""}`;
}

const REF = "#/components/schemas/";

/** The component a reference names. */
export const referredBy = (ref: string): string => ref.slice(REF.length);

/** The names of all components a part of the document leads to, over however many steps. */
export function componentsIn(part: unknown, { components }: Document): string[] {
  const names = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      if (names.has(name!)) continue;
      names.add(name!);
      visit(JSON.stringify(components.schemas[name!]));
    }
  };
  visit(JSON.stringify(part));
  return [...names];
}

const PROBLEM = "application/problem+json";

/** Every problem it can answer, by its status. */
export const problemsOf = ({ responses }: Operation): { status: string; types: string[] }[] =>
  Object.entries(responses).flatMap(([status, { content }]) => {
    const types = content?.[PROBLEM]?.schema.properties?.type?.enum;
    return types ? [{ status, types: types as string[] }] : [];
  });

/** Every answer that is no problem. */
export const answersOf = ({ responses }: Operation): { status: string; description: string; content: Content }[] =>
  Object.entries(responses).flatMap(([status, { description, content = {} }]) => (content[PROBLEM] ? [] : [{ status, description, content }]));
