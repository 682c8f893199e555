export { AuditLog } from "./audit-log.ts";
export { LastResort } from "./last-resort.ts";
export { Register } from "./register.ts";
export { Replica } from "./replica.ts";

/** The objects are reached by their bindings; over HTTP there is nothing here. */
export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler;
