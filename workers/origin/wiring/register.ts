import { waitUntil } from "cloudflare:workers";
import { within } from "../../../src/check/regions.ts";
import { Projector } from "../../../src/domains/exclusions/office/index.ts";
import { REGISTER_NAME, type RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import type { Office } from "../../../src/office/database.ts";
import type { Environment } from "../environment.ts";
import { placerOf } from "./places.ts";
import { failing } from "./report.ts";

const DEADLINE_MS = 5_000;

/** Register, and the office's copy of it, which follows each command that the office lists. */
export function registerOf(environment: Environment, office: Office): { register: RegisterApi; projector: Projector; place: () => Promise<void> } {
  const { REGISTER } = environment;
  const itself = afresh(() => REGISTER.getByName(REGISTER_NAME));
  const wait = (ms: number): Promise<void> => scheduler.wait(ms);
  const projector = new Projector({
    office, clock: Date.now, wait,
    register: { projection: (...page) => within(itself.projection(...page), DEADLINE_MS, wait) },
    report: failing("the office's copy of the register is not kept"),
  });
  const place = placerOf(environment, office);
  return { register: followed(itself, () => waitUntil(projector.run().then(place))), projector, place };
}

/** What Register does that the office lists. */
const LISTED: readonly (keyof RegisterApi)[] = [
  "register", "extend", "askToEnd", "confirmEnding", "keep", "confirm", "releasePhone", "enrolOperator", "declareCustomers", "setLicence", "issueKey", "revokeKey", "rotateEpoch", "rotatePairKey", "actOnToken",
  "impose", "uphold", "dismiss", "review", "lengthenTo", "beginAnnulment", "stopAnnulment", "annulDocument",
];

/** Register, and `then` after each of its commands that the office lists. */
const followed = (register: RegisterApi, then: () => void): RegisterApi =>
  new Proxy(register, {
    get: (target, verb: keyof RegisterApi) => async (...args: never[]) => {
      const answer = await (target[verb] as (...args: never[]) => Promise<unknown>)(...args);
      if (LISTED.includes(verb)) then();
      return answer;
    },
  });

/** The object behind a stub of its own for each call, because a stub whose object broke stays broken. */
const afresh = <Api extends object>(stub: () => Api): Api =>
  new Proxy({} as Api, {
    get: (_, verb) => (...args: unknown[]) => (stub() as Record<PropertyKey, (...args: unknown[]) => unknown>)[verb]!(...args),
  });
