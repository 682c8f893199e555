/** The door to Register's restoration, for its object. */
export { beginRestoring, isRestoring, progressOf, type RestoreParts, restoreStep } from "./restore.ts";
export type { RecoveryState, RecoveryStatus, RestoreOrder } from "./rpc.ts";
export { lastReport } from "./store.ts";
