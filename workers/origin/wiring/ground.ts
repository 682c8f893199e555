import { waitUntil } from "cloudflare:workers";
import { LOG_NAME } from "../../../src/audit/rpc.ts";
import { Limits } from "../../../src/api/limits.ts";
import { within } from "../../../src/check/regions.ts";
import { BELL_NAME } from "../../../src/domains/operators/feed/bell/rpc.ts";
import { Grants } from "../../../src/domains/authentication/index.ts";
import { Accounts } from "../../../src/domains/users/index.ts";
import { random } from "../../../src/objects/shell.ts";
import { type Office, openOffice } from "../../../src/office/database.ts";
import { Envelope } from "../../../src/sealing/envelope.ts";
import { type Environment, OriginSettings, readSettings } from "../environment.ts";
import { smsSender } from "../sms.ts";
import { tellingOf } from "./audit-log.ts";
import { registerOf } from "./register.ts";
import { failing } from "./report.ts";

/** What every part of the office stands on. */
export type Ground = ReturnType<typeof groundOf>;

/** Throws when the configuration has faults. */
export function groundOf(environment: Environment) {
  const settings = readSettings(OriginSettings, environment);
  const { TOKENIZER: tokenizer, AUDIT_LOG, CHALLENGE, PERSON, USAGE, FEED, BELL, CODES_PER_ADDRESS } = environment;
  const office: Office = openOffice({ url: settings.OFFICE_DATABASE_URL, replicaUrl: settings.OFFICE_REPLICA_URL, token: settings.OFFICE_DATABASE_TOKEN });
  const telling = tellingOf(environment, office);
  office.committed = () => waitUntil(telling.leave());
  const envelope = new Envelope(settings.BOX_KEYS, random);
  return {
    settings, office, telling, envelope, tokenizer, random, clock: Date.now,
    ...registerOf(environment, office),
    log: () => AUDIT_LOG.getByName(LOG_NAME),
    person: (personId: string) => PERSON.getByName(personId),
    usage: (operator: string) => USAGE.getByName(operator),
    feed: (operator: string) => FEED.getByName(operator),
    bell: () => BELL.getByName(BELL_NAME),
    challenge: (phone: string) => CHALLENGE.getByName(phone),
    accounts: new Accounts({ database: office.primary, envelope, lookupKey: settings.LOOKUP_KEY, random }),
    grants: new Grants(settings.GRANT_KEY, Date.now, random),
    sms: smsSender(settings),
    limits: limitsBy(environment),
    admits: async (address: string) => (await CODES_PER_ADDRESS.limit({ key: address })).success,
  };
}

/** Calls are counted by the platform, which may take a tenth of a second to answer. */
function limitsBy({ CALLS_ANONYMOUS, CALLS_USER, CALLS_OPERATOR, CALLS_READER }: Environment): Limits {
  const counters = { anonymous: CALLS_ANONYMOUS, user: CALLS_USER, operator: CALLS_OPERATOR, reader: CALLS_READER };
  return new Limits({
    count: async (by, caller) => (await within(counters[by].limit({ key: caller }), 100, (ms) => scheduler.wait(ms))).success,
    clock: Date.now,
    failed: failing("a call was not counted"),
  });
}
