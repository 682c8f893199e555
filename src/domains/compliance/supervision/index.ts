/** The door to officers' and operators' verbs on compliance. */
export { answer, open, step } from "./acts.ts";
export { look, overview, own } from "./look.ts";
export type { SupervisionParts } from "./parts.ts";
