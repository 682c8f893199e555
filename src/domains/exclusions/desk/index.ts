/** What officers can ask about exclusions. */
export { find, list, look } from "./look.ts";
export type { DeskParts } from "./parts.ts";
export { enterSearch, search } from "./search.ts";
