/** The door to who is excluded, for the Register object and the slices that live in it. */
export { OVERDUE_TASK, lend, settle, watchIdentities } from "./deliveries/store.ts";
export { confirm } from "./confirm.ts";
export { copy } from "./copy.ts";
export { askToEnd, confirmEnding, keep } from "./ending/acts.ts";
export type { EndingSettings } from "./ending/rules.ts";
export { DROP_TASK, dropIdentifiers } from "./drop.ts";
export {
  LOST_TASK, ROWS_AT_ONCE, announce, appendChange, beginLog, changesAfter, compact, hasLog, hear, logHead, lostUpTo, markLost, poll, timeOf,
} from "./log/store.ts";
export type { Reach } from "./log/store.ts";
export { historyOf, loggedStepsOf } from "./history/history.ts";
export { WAKE_TASK } from "./move.ts";
export { bringInForce, takeOutOfForce } from "./force.ts";
export { forget } from "./persons.ts";
export { projection } from "./projection/page.ts";
export { coalesce } from "./push.ts";
export { holderOf, holdingOf } from "./store.ts";
export { exclusionsOf, extend, holdersOf, personsAfter, register } from "./register.ts";
export { releasePhone } from "./release/release.ts";
export { sealingRoot } from "./roots/own.ts";
export type { Settings } from "./rules.ts";
export { wakeExclusions } from "./wake.ts";
