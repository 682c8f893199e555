import { choicesOf, referredBy, type Schema } from "./document.ts";

/** Where a page shows a component. */
export const anchorOf = (component: string): string => `schema-${component}`;

const LIMITS: Partial<Record<keyof Schema, (limit: unknown) => string>> = {
  format: String,
  minLength: (limit) => `length at least ${limit}`,
  maxLength: (limit) => `length at most ${limit}`,
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  minItems: (limit) => `at least ${limit} of them`,
  maxItems: (limit) => `at most ${limit} of them`,
  pattern: (limit) => `matches ${limit}`,
  default: (limit) => `${JSON.stringify(limit)} when left out`,
  examples: (limit) => `such as ${(limit as unknown[]).map(String).join(", ")}`,
};

const limitsOf = (schema: Schema): string =>
  Object.entries(LIMITS).filter(([name]) => name in schema).map(([name, words]) => `, ${words(schema[name as keyof Schema])}`).join("");

const kindOf = ({ type, enum: values, ...rest }: Schema): string => {
  if (choicesOf(rest)) return "one of these";
  return values ? "" : [type ?? "any value"].flat().join(" or ").replace("array", "list");
};

/** A schema as text and nested lists; what it refers to is a link to where the page shows it. */
export function SchemaView({ schema }: { schema: Schema }) {
  const { $ref, allOf = [] } = schema;
  const refs = [$ref, ...allOf.map((part) => part.$ref)].filter((ref) => ref !== undefined);
  const own: Schema = Object.assign({}, ...allOf.filter((part) => !part.$ref), schema);
  return (
    <>
      {refs.map((ref) => <a href={`#${anchorOf(referredBy(ref))}`}>{referredBy(ref)}</a>)}
      {refs.length === 0 && kindOf(own)}
      {own.enum && <Values values={own.enum} />}
      {limitsOf(own)}
      {own.description && <span class="words">{own.description}</span>}
      <Parts schema={own} />
    </>
  );
}

const Values = ({ values }: { values: unknown[] }) => (
  <>
    {values.map((value, at) => {
      const code = <code>{JSON.stringify(value)}</code>;
      const isProblem = typeof value === "string" && value.startsWith("/problems/");
      return <>{at > 0 && " or "}{isProblem ? <a href={value}>{code}</a> : code}</>;
    })}
  </>
);

function Parts({ schema }: { schema: Schema }) {
  const { properties, required = [], additionalProperties, items, prefixItems } = schema;
  const others = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const nameless = [...(choicesOf(schema) ?? []), ...(prefixItems ?? [])];
  return (
    <>
      {(properties || others) && (
        <ul>
          {Object.entries(properties ?? {}).map(([name, field]) => (
            <li><code>{name}</code>{required.includes(name) ? "" : " (optional)"}: <SchemaView schema={field} /></li>
          ))}
          {others && <li>any other name: <SchemaView schema={others} /></li>}
        </ul>
      )}
      {nameless.length > 0 && <ul>{nameless.map((one) => <li><SchemaView schema={one} /></li>)}</ul>}
      {items && <ul><li>each: <SchemaView schema={items} /></li></ul>}
    </>
  );
}
