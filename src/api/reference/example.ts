import { choicesOf, type Document, type Operation, type Schema, referredBy } from "./document.ts";

const FORMATS: Record<string, string> = {
  "uuid": "00000000-0000-7000-8000-000000000000",
  "email": "somebody@example.com",
  "date-time": "2030-01-01T00:00:00.000Z",
};

/** A schema with what it refers to and is made of put together. */
function whole(schema: Schema, document: Document): Schema {
  const { $ref, allOf = [], ...rest } = schema;
  const parts = [...($ref ? [document.components.schemas[referredBy($ref)]!] : []), ...allOf];
  return Object.assign({}, ...parts.map((part) => whole(part, document)), rest);
}

/** The least a schema takes, with `<name>` for a text that only the caller knows. */
function exampleOf(schema: Schema, name: string, document: Document): unknown {
  const { type, format = "", properties = {}, required = [], items, ...limits } = whole(schema, document);
  const choices = choicesOf(limits);
  const [known] = [...(limits.examples ?? []), ...(limits.enum ?? [])];
  if (known !== undefined) return known;
  if (choices) return exampleOf(choices[0]!, name, document);
  const [kind] = [type].flat();
  if (kind === "object") return Object.fromEntries(required.map((field) => [field, exampleOf(properties[field]!, field, document)]));
  if (kind === "array") return items ? [exampleOf(items, name, document)] : [];
  if (kind === "string") return FORMATS[format] ?? textOf(name, limits.minLength);
  return kind === "boolean" ? true : (limits.minimum ?? 1);
}

const textOf = (name: string, length = 0): string => (name.length + 2 < length ? `<${name}, at least ${length} characters>` : `<${name}>`);

/** `accessToken` is the shell's `$ACCESS_TOKEN`. */
const variable = (scheme: string): string => `$${scheme.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}`;

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const quotedBody = (type: string, example: unknown): string =>
  quoted(type === "application/x-www-form-urlencoded" ? String(new URLSearchParams(example as Record<string, string>)) : JSON.stringify(example));

/** How curl shows a credential of a scheme. */
const credential = (scheme: string): string =>
  scheme === "oauthClient" ? '--user "$CLIENT_ID:$CLIENT_SECRET"' : `--header "Authorization: Bearer ${variable(scheme)}"`;

/** One request for a shell, with what it must have and no more. */
export function curlOf(operation: Operation, origin: string, document: Document): string {
  const { method, path, parameters = [], scheme, requestBody } = operation;
  const required = parameters.filter((parameter) => parameter.required);
  const valueOf = (name: string): string => {
    const parameter = required.find((one) => one.name === name);
    return String(exampleOf(parameter?.schema ?? { type: "string" }, name, document));
  };
  const query = required.filter((parameter) => parameter.in === "query").map(({ name }) => `${name}=${valueOf(name)}`).join("&");
  const address = `${origin}${path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => valueOf(name))}${query && `?${query}`}`;
  const [body] = Object.entries(requestBody?.content ?? {});
  return [
    `curl --request ${method} ${quoted(address)}`,
    ...(scheme ? [credential(scheme)] : []),
    ...(required.some(({ name }) => name === "idempotency-key") ? ['--header "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body ? [`--header "Content-Type: ${body[0]}"`, `--data-binary ${quotedBody(body[0], exampleOf(body[1].schema, "body", document))}`] : []),
  ].join(" \\\n  ");
}
