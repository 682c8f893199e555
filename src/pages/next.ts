/** Below which addresses somebody may be led back after a step in between. */
const ROOMS = ["account", "my", "oauth", "operator", "staff"];

/**
 * An address of ours, with a query or without: no scheme, host, dot or backslash can stand before the query, nor anything a browser
 * would read as such, and what stands in the query leads nowhere.
 */
const OURS = /^\/([a-z-]+)(\/[A-Za-z0-9-]+)*(\?[!-~]*)?$/;

/** The page to lead back to, as an address or a form said it; `otherwise` where that is none of those. */
export function ownPath(said: string | null | undefined, otherwise: string): string {
  const room = said ? OURS.exec(said)?.[1] : undefined;
  return room !== undefined && ROOMS.includes(room) ? said! : otherwise;
}
