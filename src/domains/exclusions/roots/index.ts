/** The door to the roots the register is kept under, for the Register object. */
export { type Advance, known, sinceRoot } from "./door.ts";
export { bothOf, ownOf, ownOfBare } from "./own.ts";
export { withPairs } from "./pairs.ts";
export { type Epochs, hasten, ROOTS_TASK, rotateRoot, rotations } from "./rotate.ts";
export { newestRotation } from "./store.ts";
export { rotationStep } from "./steps.ts";
