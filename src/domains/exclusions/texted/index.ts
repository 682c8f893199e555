/** The same door where there is no session: a message, and at most one in reply. */
export { reply, type TextedParts } from "./reply.ts";
