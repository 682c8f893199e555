/** Below which addresses somebody may be led back after a step in between. */
const ROOMS = ["account"];

/** A bare address of ours: no scheme, host, query, dot or backslash can stand in one, nor anything a browser would read as such. */
const BARE = /^\/([a-z-]+)(\/[A-Za-z0-9-]+)*$/;

/** The page to lead back to, as an address or a form said it; `otherwise` where that is none of those. */
export function ownPath(said: string | null | undefined, otherwise: string): string {
  const room = said ? BARE.exec(said)?.[1] : undefined;
  return room !== undefined && ROOMS.includes(room) ? said! : otherwise;
}
