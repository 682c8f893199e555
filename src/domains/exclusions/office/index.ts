/** The door to the office's copy of Register: who keeps it, and how another slice reads and answers its part. */
export { changeOf, textOf } from "./answers.ts";
export { Projector } from "./projector.ts";
export { asOf, ChangeAnswer } from "./schema.ts";
export { dropPerson, readCopy } from "./store.ts";
