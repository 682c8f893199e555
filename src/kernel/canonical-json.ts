/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The one canonical text of a JSON value (RFC 8785): equal values have equal texts, so that a hash of it means the value.
 * Throws RangeError on what JSON cannot carry: a number that is not finite, or half of a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const names = Object.keys(value).toSorted(byCodeUnits);
    return `{${names.map((name) => `${canonicalJson(name)}:${canonicalJson(value[name]!)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("a number that JSON cannot carry");
  if (typeof value === "string" && !value.isWellFormed()) throw new RangeError("text that is not well-formed");
  return JSON.stringify(value);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
