/** The door to who is who, for the Register object. */
export { crossReferenceAt, crossReferences, excludedBy, linkedTo, salvaged } from "./look.ts";
export { noteChecked, noteIssued, tokenHoldings, watchHoldings } from "./note.ts";
