/** The Worker the tests inside workerd run against: the object classes as they are, and the doubles that are objects. */
export { AuditLog, Register } from "../../workers/register/index.ts";
export { ClockedChallenge } from "./challenge/doubles.ts";
export { ClockedFeed } from "./feed/doubles.ts";
export { ClockedPerson } from "./person/doubles.ts";
export { ClockedUsage } from "./usage/doubles.ts";
export { Copy } from "./replica/doubles.ts";
export { ClockedRegister, RecordingReplica } from "./register/doubles.ts";
export { ClockedReplica } from "./register/replica-doubles.ts";
export { ClockedWitness } from "./witness/doubles.ts";

export default { fetch: () => new Response(null, { status: 404 }) } satisfies ExportedHandler;
