import { composeApi } from "../../src/api/compose.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import type { CitizenParts } from "../../src/domains/exclusions/citizen/index.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import { deliverOutbox } from "../../src/domains/notifications/deliver.ts";
import { Envelope } from "../../src/domains/users/index.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { type Environment, OriginSettings, readSettings } from "./environment.ts";
import { smsSender } from "./sms.ts";

const SERVICE = "nser-origin";

export interface Origin {
  api: ReturnType<typeof composeApi>;
  /** Everything the citizen's verbs need but the request's own afterwards. */
  citizens: Omit<CitizenParts, "outboxFilled">;
  /** Carries Register's outbox to the vaults. */
  deliver: () => Promise<void>;
}

const wired = new WeakMap<object, Origin>();

/** The office of this environment, put together once per isolate. Throws when the configuration has faults. */
export function originOf(environment: Environment): Origin {
  const known = wired.get(environment);
  if (known) return known;
  const fresh = wire(environment);
  wired.set(environment, fresh);
  return fresh;
}

function wire(environment: Environment): Origin {
  const settings = readSettings(OriginSettings, environment);
  const { TOKENIZER: tokenizer, REGISTER, CHALLENGE, PERSON, CODES_PER_ADDRESS } = environment;
  const register = afresh(() => REGISTER.getByName(REGISTER_NAME));
  const envelope = new Envelope(settings.BOX_KEYS, random);
  return {
    api: composeApi(
      { service: SERVICE, clock: Date.now, log: (line) => console.log(line) },
      { directory: register, recovery: register, tokenizer, keyring: settings.PAIR_KEYS, envelope, random, adminToken: settings.ADMIN_TOKEN },
    ),
    citizens: {
      register,
      tokenizer,
      challenge: (phone) => CHALLENGE.getByName(phone),
      sms: smsSender(settings),
      envelope,
      grants: new Grants(settings.GRANT_KEY, Date.now),
      clock: Date.now,
      admits: async (address) => (await CODES_PER_ADDRESS.limit({ key: address })).success,
      report: (reason) => report("a message was not taken", { "event.reason": reason }),
    },
    deliver: () =>
      deliverOutbox({
        register,
        person: (personId) => PERSON.getByName(personId),
        report: (error) => report("a delivery was not accepted", errorFacts(error)),
      }),
  };
}

/** The object behind a stub of its own for each call, because a stub whose object broke stays broken. */
const afresh = <Api extends object>(stub: () => Api): Api =>
  new Proxy({} as Api, {
    get: (_, verb) => (...args: unknown[]) => (stub() as Record<PropertyKey, (...args: unknown[]) => unknown>)[verb]!(...args),
  });

const report = (message: string, facts: Record<string, string>): void =>
  console.error(errorLine(SERVICE, Date.now(), message, facts));
