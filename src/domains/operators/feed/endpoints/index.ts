/** Where an operator is told, for the object that tells it. */
export { changeEndpoint, removeEndpoint, replay, rotateSecret } from "./change.ts";
export { DELIVER_TASK, Deliverer } from "./deliver.ts";
export type { EndpointParts } from "./parts.ts";
export { registerEndpoint } from "./register.ts";
export { shownDeliveries, shownEndpoints } from "./shown.ts";
export { hasActive, nextDue, wakeIdle } from "./store.ts";
export { testEndpoint } from "./test-message.ts";
