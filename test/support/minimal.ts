/** The least that a JSON schema of the served document takes. */
type Schema = Record<string, any>;

const FORMATS: Record<string, () => string> = {
  "uuid": () => crypto.randomUUID(),
  "email": () => "minimal@example.test",
  "date-time": () => new Date(Date.now() + 3_600_000).toISOString(),
};

const resolved = (schema: Schema, document: Schema): Schema =>
  schema.$ref ? schema.$ref.slice(2).split("/").reduce((at: Schema, step: string) => at[step], document) : schema;

export function minimal(schema: Schema, document: Schema): unknown {
  const { type, ...rest } = resolved(schema, document);
  if (rest.const !== undefined) return rest.const;
  if (rest.enum) return rest.enum[0];
  const [some] = rest.anyOf ?? rest.oneOf ?? rest.allOf ?? [];
  if (some) return minimal(some, document);
  if (type === "object") return Object.fromEntries((rest.required ?? []).map((name: string) => [name, minimal(rest.properties[name], document)]));
  if (type === "array") return Array.from({ length: rest.minItems ?? 0 }, () => minimal(rest.items, document));
  if (type === "string") return FORMATS[rest.format]?.() ?? "x".repeat(Math.max(1, rest.minLength ?? 0));
  if (type === "boolean") return true;
  return rest.minimum ?? 1;
}
