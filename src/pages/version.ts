/** The version a change is made to, as the page carried it; one it cannot have carried never stands. */
export function readVersion(fields: URLSearchParams): number {
  const version = Number(fields.get("version") ?? "");
  return Number.isSafeInteger(version) && version >= 0 ? version : Number.MAX_SAFE_INTEGER;
}
