/** The door to officers' decisions, for the Register object. */
export { beginAnnulment, dismiss, lengthenTo, review, stopAnnulment, uphold } from "./decide.ts";
export { annulDocument } from "./document.ts";
export { byReference, statedIn } from "./find.ts";
export { impose } from "./impose.ts";
