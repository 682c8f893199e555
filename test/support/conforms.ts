import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";

type Json = Record<string, any>;

const NDJSON = "application/x-ndjson";

const asPattern = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);

/** The document's path that a request's path is one of; an exact one comes before a template. */
function pathOf(document: Json, target: string): string {
  const [path = ""] = target.split("?");
  const paths = Object.keys(document.paths);
  const found = paths.find((template) => template === path) ?? paths.find((template) => asPattern(template).test(path));
  if (!found) throw new Error(`${path} is not in the document`);
  return found;
}

const escaped = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

const held = new WeakMap<Json, Ajv2020>();

/** A document is read once, and each schema of it compiled once: most of what many a test costs. */
function schemasOf(document: Json): Ajv2020 {
  const known = held.get(document);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ ...document, $id: "http://document/openapi" });
  held.set(document, ajv);
  return ajv;
}

/** Where a body is not what the schema at a JSON pointer of the document says. */
export function bodyErrors(document: Json, pointer: string, body: unknown): string[] {
  const valid = schemasOf(document).getSchema(`http://document/openapi#${pointer}`);
  if (!valid) throw new Error(`there is no ${pointer} in the document`);
  return valid(body) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/**
 * Holds a response against the served OpenAPI document: the status is declared, the declared headers are there, the
 * content type is one declared, and the body fits its schema, of NDJSON each line. Reads a clone, so the body stays
 * readable. Resolves to the parsed body, of NDJSON to its lines, null where there is none.
 */
export async function conforms(document: Json, method: string, path: string, response: Response): Promise<any> {
  const template = pathOf(document, path);
  const operation = document.paths[template][method.toLowerCase()];
  const declared = operation?.responses[response.status];
  expect(declared, `${method} ${template} declares ${response.status}`).toBeDefined();
  for (const [name, header] of Object.entries<Json>(declared.headers ?? {})) {
    if (header.required) expect(response.headers.get(name), `header ${name}`).not.toBeNull();
  }
  const text = await response.clone().text();
  if (!declared.content) {
    expect(text, "a body that is not declared").toBe("");
    return null;
  }
  const type = (response.headers.get("content-type") ?? "").split(";")[0]!;
  expect(Object.keys(declared.content)).toContain(type);
  const steps = ["paths", template, method.toLowerCase(), "responses", String(response.status), "content", type, "schema"];
  const pointer = steps.map((step) => `/${encodeURIComponent(escaped(step))}`).join("");
  const parsed = (line: string): unknown => (type.endsWith("json") ? JSON.parse(line) : line);
  const bodies: unknown[] = type === NDJSON ? text.trimEnd().split("\n").map(parsed) : [parsed(text)];
  const errors = bodies.flatMap((body) => bodyErrors(document, pointer, body));
  expect(errors, `body of ${method} ${template} ${response.status}: ${text}`).toEqual([]);
  return type === NDJSON ? bodies : bodies[0];
}
