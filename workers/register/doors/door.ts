import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import type { RegisterObject } from "../object.ts";

/** What a door is built onto: the object, with the doors it has already. A mixin's constructor has to take `any` (TS2545). */
export type Doorway = new (...args: any[]) => RegisterObject;

/** What one of Register's verbs is asked with. */
export type Asked<Verb extends keyof RegisterApi> = Parameters<RegisterApi[Verb]>[0];
