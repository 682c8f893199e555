/** The citizen's verbs as origin offers them to the portal. Arguments come unread: no form can break them. */
export { enter, exclusions } from "./look.ts";
export type { CitizenParts } from "./parts.ts";
export { extend, register } from "./register.ts";
export { sendCode } from "./send-code.ts";
