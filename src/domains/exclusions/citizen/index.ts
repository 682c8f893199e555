/** The citizen's verbs as origin offers them to the portal. Arguments come unread: no form can break them. */
export { askToEnd, confirmEnding, keep } from "./ending.ts";
export { enter, exclusions, receipt } from "./look.ts";
export type { CitizenParts } from "./parts.ts";
export { logPolicy, proof } from "./proof.ts";
export { extend, register, stop } from "./register.ts";
export { sendCode } from "./send-code.ts";
