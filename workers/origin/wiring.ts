import { waitUntil } from "cloudflare:workers";
import argon2 from "@phi-ag/argon2/argon2.wasm";
import type { z } from "zod";
import { pwnedPasswords } from "../../src/adapters/breached-passwords/pwned-passwords.ts";
import { upstashCounters } from "../../src/adapters/redis/upstash.ts";
import { composeApi } from "../../src/api/compose.ts";
import { Limits } from "../../src/api/limits.ts";
import type { UsageApi } from "../../src/domains/analytics/rpc.ts";
import { logBucketOf } from "../../src/audit/log/r2.ts";
import { type AuditLogApi, LOG_NAME } from "../../src/audit/rpc.ts";
import { accessBy, anyOf } from "../../src/domains/authentication/access/access.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import { delegatedAccess } from "../../src/domains/authentication/oauth/access.ts";
import type { OAuthParts } from "../../src/domains/authentication/oauth/parts.ts";
import { Tokens } from "../../src/domains/authentication/oauth/tokens.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import { type RelyingParty, relyingPartyAt } from "../../src/domains/authentication/passkeys/rules.ts";
import { Hasher } from "../../src/domains/authentication/passwords/hasher.ts";
import type { GrantParts } from "../../src/domains/authentication/sessions/index.ts";
import { carryCases, sweepCases } from "../../src/domains/exclusions/cases/carry.ts";
import { exportCases } from "../../src/domains/exclusions/cases/export.ts";
import { CaseKeys } from "../../src/domains/exclusions/cases/keys.ts";
import type { CitizenCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import type { CitizenParts } from "../../src/domains/exclusions/citizen/index.ts";
import { LinkKeys } from "../../src/domains/exclusions/links/keys.ts";
import type { TextedParts } from "../../src/domains/exclusions/texted/index.ts";
import type { DeskParts } from "../../src/domains/exclusions/desk/index.ts";
import { Projector } from "../../src/domains/exclusions/office/index.ts";
import { keepStatistics } from "../../src/domains/exclusions/statistics/count.ts";
import { type AskedReplica, sampleReplicas } from "../../src/domains/exclusions/statistics/staleness.ts";
import { REGISTER_NAME, type RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { deliverOutbox } from "../../src/domains/notifications/deliver.ts";
import { type QuotaParts, Quotas } from "../../src/domains/operators/quotas.ts";
import { Guard } from "../../src/domains/tokens/guard/guard.ts";
import { countingBy } from "../../src/domains/tokens/guard/counting.ts";
import { carryQuarantines } from "../../src/domains/tokens/quarantines/decide.ts";
import type { QuarantineRouteParts } from "../../src/domains/tokens/quarantines/routes.ts";
import { expireLookups } from "../../src/domains/tokens/lookups/expire.ts";
import type { LookupParts } from "../../src/domains/tokens/lookups/parts.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { sweepRequests, tellPersons } from "../../src/domains/users/rights/deliver.ts";
import type { RightsRouteParts } from "../../src/domains/users/rights/routes.ts";
import { carryClaims, sweepClaims } from "../../src/domains/users/claims/carry.ts";
import type { ClaimParts } from "../../src/domains/users/claims/parts.ts";
import type { ClaimRouteParts } from "../../src/domains/users/claims/routes.ts";
import type { ShowParts } from "../../src/domains/users/identities/show.ts";
import type { CitizenVaultParts } from "../../src/domains/users/vault/citizen.ts";
import { bucketOf } from "../../src/objects/recovery/r2.ts";
import { openOffice } from "../../src/office/database.ts";
import type { ReplicaPlace } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { type Environment, OriginSettings, readSettings } from "./environment.ts";
import type { QueueParts } from "./evidence.ts";
import { identityRegistry } from "./identity-registry.ts";
import { smsSender } from "./sms.ts";

const SERVICE = "nser-origin";
const REGISTER_DEADLINE_MS = 5_000;
const REPLICA_DEADLINE_MS = 5_000;

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

export interface Origin {
  api: ReturnType<typeof composeApi>;
  /** Everything the citizen's verbs need but the request's own afterwards. */
  citizens: Omit<CitizenParts, "outboxFilled">;
  /** What the verbs on accounts need, */
  accounts: AccountParts;
  /** Who passkeys are made for. */
  relyingParty: RelyingParty;
  /** and those that open a vault. */
  grants: GrantParts;
  /** What the authorization server needs. */
  oauth: OAuthParts;
  /** What the verbs of the regulator's people need. */
  staffUsers: ShowParts;
  /** What officers' verbs on exclusions need. */
  staffExclusions: DeskParts;
  /** What the citizen's verbs on their own vault need. */
  vaults: CitizenVaultParts;
  /** Carries Register's outbox to the vaults. */
  deliver: () => Promise<void>;
  /** What persons' requests are carried out with; `afterwards` outlives the answer. */
  rights: RightsRouteParts["rights"];
  /** What claims to phones are carried out with; `afterwards` outlives the answer. */
  claims: ClaimRouteParts["claims"];
  /** What cases are kept and carried out with; `afterwards` outlives the answer. */
  cases: (afterwards: (work: Promise<unknown>) => void) => Omit<CitizenCaseParts, "grants">;
  /** Each minute, for what requests, claims and cases left behind, and for the figures of exclusions. */
  sweep: () => Promise<void>;
  /** Brings the office's copy of Register up to date. */
  project: () => Promise<void>;
  /** What it takes to take evidence of checks. */
  evidence: QueueParts;
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
  const { TOKENIZER: tokenizer, REGISTER, CHALLENGE, PERSON, USAGE, CODES_PER_ADDRESS, VAULTS, EVIDENCE, AUDIT_LOG, LOG } = environment;
  const usage = (operator: string) => USAGE.getByName(operator);
  const person = (personId: string) => PERSON.getByName(personId);
  const itself = afresh(() => REGISTER.getByName(REGISTER_NAME));
  const auditLog = afresh<AuditLogApi>(() => AUDIT_LOG.getByName(LOG_NAME));
  const envelope = new Envelope(settings.BOX_KEYS, random);
  const office = openOffice({ url: settings.OFFICE_DATABASE_URL, replicaUrl: settings.OFFICE_REPLICA_URL, token: settings.OFFICE_DATABASE_TOKEN });
  const projector = new Projector({
    office, clock: Date.now, wait,
    register: { projection: (...page) => within(itself.projection(...page), REGISTER_DEADLINE_MS, wait) },
    report: (error) => report("the office's copy of the register is not kept", errorFacts(error)),
  });
  const project = () => waitUntil(projector.run());
  const register = followed(itself, project);
  const accounts = new Accounts({ database: office.primary, envelope, lookupKey: settings.LOOKUP_KEY, random });
  const grants = new Grants(settings.GRANT_KEY, Date.now, random);
  const quotas = quotasBy(settings, register, usage);
  const keyLimits = { perSecond: settings.KEY_MAX_PER_SECOND, perDay: settings.KEY_MAX_PER_DAY };
  const failed = (error: unknown): void => report("a data request was not carried out", errorFacts(error));
  const rights: Origin["rights"] = (afterwards) => ({
    office, register, person, clock: Date.now, random, eventsFilled: () => afterwards(tellPersons({ office, person }, failed)),
    cases: (holder) => exportCases(cases(afterwards), holder),
  });
  const oauth: OAuthParts = { office, tokens: new Tokens(settings.OAUTH_SIGNING_KEYS, settings.PUBLIC_URL), clock: Date.now, random };
  const limits = limitsBy(environment);
  const sms = smsSender(settings);
  const challenge: CitizenParts["challenge"] = (phone) => CHALLENGE.getByName(phone);
  const deliver = () => deliverOutbox({ register, person, report: (error) => report("a delivery was not accepted", errorFacts(error)) });
  const claimFailed = (error: unknown): void => report("a claim to a phone was not carried out", errorFacts(error));
  const uncounted = (error: unknown): void => report("exclusions were not counted, or Replicas not measured", errorFacts(error));
  const replicas = replicasOf(environment, settings.REGIONS);
  const admits = async (address: string) => (await CODES_PER_ADDRESS.limit({ key: address })).success;
  const admitsUser = async (userId: string) => (await limits.admit("user", userId)).admitted;
  const claims: Origin["claims"] = (afterwards) => {
    const filled = () => afterwards(Promise.all([carryClaims(parts, claimFailed), deliver()]));
    const parts: ClaimParts = { office, register, tokenizer, challenge, person, registry: identityRegistry(settings), sms, envelope, clock: Date.now, random, filled };
    return parts;
  };
  const lookupFailed = (error: unknown): void => report("a token lookup did not expire", errorFacts(error));
  const caseFailed = (error: unknown): void => report("a case was not carried on", errorFacts(error));
  const cases: Origin["cases"] = (afterwards) => {
    const filled = () => afterwards(carryCases(parts, caseFailed).then(deliver));
    const parts: Omit<CitizenCaseParts, "grants"> = {
      office, envelope, register, person, tokenizer, registry: identityRegistry(settings), sms, clock: Date.now, random, filled,
      keys: new CaseKeys(settings.LOOKUP_KEY),
      evidence: bucketOf(EVIDENCE, "cases"),
      settings: {
        hearingDays: settings.CASE_HEARING_DAYS, appealDays: settings.CASE_APPEAL_DAYS, eraseDays: settings.CASE_ERASE_DAYS, holidays: settings.HOLIDAYS,
      },
    };
    return parts;
  };
  const quarantineFailed = (error: unknown): void => report("a quarantine's end was not carried out", errorFacts(error));
  const quarantines: QuarantineRouteParts["quarantines"] = (afterwards) => ({
    office, usage, clock: Date.now, random, filled: () => afterwards(carryQuarantines({ office, usage }, quarantineFailed)),
  });
  const lookups: LookupParts = { office, register, person, keyring: settings.PAIR_KEYS, lookupKey: settings.LOOKUP_KEY, clock: Date.now, random };
  const accountParts: AccountParts = {
    office, accounts, envelope, tokenizer, challenge, sms, grants, admits, random, clock: Date.now,
    hasher: new Hasher(new WebAssembly.Instance(argon2), settings.PASSWORD_PEPPER, random),
    ...breachedBy(settings),
    afterwards: waitUntil,
    report: (reason) => report("an account's verb went without", { "event.reason": reason }),
  };
  const dialled: TextedParts = {
    register, tokenizer, envelope, challenge, sms, wait, helpLines: settings.HELP_LINES, clock: Date.now,
    // The network knows who calls; a phone's own limits hold.
    admits: async () => true,
    replies: (phone) => CHALLENGE.getByName(phone),
    outboxFilled: () => waitUntil(deliver()),
    report: (reason) => report("a phone was not written to", { "event.reason": reason }),
    failed: (error) => report("a phone was told to try again later", errorFacts(error)),
  };
  return {
    accounts: accountParts,
    grants: { ...accountParts, register },
    relyingParty: relyingPartyAt(settings.PUBLIC_URL),
    oauth,
    staffUsers: { office, accounts, envelope, random, clock: Date.now, admits: admitsUser },
    staffExclusions: { office, tokenizer, register, random, clock: Date.now, admits: admitsUser },
    rights,
    claims,
    cases,
    sweep: async () => {
      await Promise.all([
        sweepRequests(rights(() => {}), failed, report).catch(failed),
        sweepClaims(claims(() => {}), claimFailed).catch(claimFailed),
        expireLookups(lookups).catch(lookupFailed),
        sweepCases(cases(() => {}), caseFailed).catch(caseFailed),
        carryQuarantines({ office, usage }, quarantineFailed).catch(quarantineFailed),
        keepStatistics({ office, clock: Date.now, random }).catch(uncounted), sampleReplicas({ office, replicas, clock: Date.now }).catch(uncounted),
      ]);
    },
    api: composeApi(
      { service: SERVICE, clock: Date.now, log: (line) => console.log(line), limits, origins: settings.ALLOWED_ORIGINS },
      {
        directory: register, recovery: register, roots: register, projection: register, project, tokenizer, blindTokenizer: tokenizer, blindPublicKey: settings.BLIND_PUBLIC_KEY, keyring: settings.PAIR_KEYS, envelope, random, keyLimits, usage,
        identityOf: person, vaultOf: person, personsAfter: (after, limit) => register.personsAfter(after, limit),
        reportRewrap: (error) => report("a data key could not be re-wrapped", errorFacts(error)),
        office, accounts, oauth, access: anyOf(accessBy(office), delegatedAccess(office, oauth.tokens)), clock: Date.now,
        bootstrapSecret: settings.BOOTSTRAP_SECRET, restoreToken: settings.RESTORE_TOKEN,
        provider: { secrets: settings.CALLBACK_SECRETS, networks: settings.CALLBACK_NETWORKS }, dialled,
        countTokens: countingBy(usage, waitUntil, (error) => report("tokens were not counted", errorFacts(error))),
        guard: new Guard({ usage, register, quotas: settings.TOKEN_QUOTAS, clock: Date.now }),
        quarantines, canaries: { office, register, tokenizer, envelope, clock: Date.now, random }, tokenDays: usage,
        lookups,
        links: { office, register, person, linkKeys: new LinkKeys(settings.LOOKUP_KEY), clock: Date.now, random },
        rights, claims, cases, vaults: { office, register, person, marks: bucketOf(VAULTS, "erased"), clock: Date.now, random },
        publicLog: { bucket: logBucketOf(LOG), policy: () => within(auditLog.policy(), REGISTER_DEADLINE_MS, wait) },
      },
    ),
    citizens: {
      register,
      tokenizer,
      challenge,
      sms,
      envelope,
      grants,
      clock: Date.now,
      admits,
      report: (reason) => report("a message was not taken", { "event.reason": reason }),
    },
    vaults: { register, vault: person, grants, clock: Date.now },
    deliver,
    project: () => projector.run(),
    evidence: {
      usage,
      register,
      person,
      spend: async (operator, spent, now) => quotas(operator)?.spend(spent, now),
      report: (error) => report("evidence of checks was not taken", errorFacts(error)),
      lost: (counts) => report("evidence of checks was lost", counts),
    },
  };
}

/** Every Replica, as it is asked how old its copy is: no row is asked for. */
const replicasOf = ({ REPLICA }: Environment, places: readonly ReplicaPlace[]): AskedReplica[] =>
  places.map(({ name, region }) => ({
    name,
    age: async () => (await within(REPLICA.getByName(name, { locationHint: region }).poll(Number.MAX_SAFE_INTEGER), REPLICA_DEADLINE_MS, wait)).age,
  }));

/** Who says whether a password was breached; nobody where none is configured. */
function breachedBy({ PWNED_PASSWORDS_URL: url }: z.infer<typeof OriginSettings>): Pick<AccountParts, "breached"> {
  const failed = (reason: string) => report("a password could not be looked up among the breached", { "event.reason": reason });
  return url === "" ? {} : { breached: pwnedPasswords({ url, fetch: (input, init) => fetch(input, init), report: failed }) };
}

/** The daily quotas of each operator's keys; null where no Redis is configured, and then there are none. */
function quotasBy(
  { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }: z.infer<typeof OriginSettings>,
  directory: QuotaParts["directory"],
  usage: (operator: string) => UsageApi,
): (operator: string) => Quotas | null {
  const counters = url && token ? upstashCounters({ url, token }) : null;
  const known = new Map<string, Quotas>();
  return (operator) => {
    if (!counters || known.has(operator)) return known.get(operator) ?? null;
    const spentToday = (keyId: string) => usage(operator).spentToday(keyId);
    const failed = (_: string, error: unknown) => report("checks could not be counted", errorFacts(error));
    const quotas = new Quotas({ counters, directory, spentToday, report: failed });
    known.set(operator, quotas);
    return quotas;
  };
}

/** Calls are counted by the platform, which may take a tenth of a second to answer. */
function limitsBy({ CALLS_ANONYMOUS, CALLS_USER, CALLS_OPERATOR, CALLS_READER }: Environment): Limits {
  const counters = { anonymous: CALLS_ANONYMOUS, user: CALLS_USER, operator: CALLS_OPERATOR, reader: CALLS_READER };
  return new Limits({
    count: async (by, caller) => (await within(counters[by].limit({ key: caller }), 100, (ms) => scheduler.wait(ms))).success,
    clock: Date.now,
    failed: (error) => report("a call was not counted", errorFacts(error)),
  });
}

/** What Register does that the office lists. */
const LISTED: readonly (keyof RegisterApi)[] = [
  "register", "extend", "askToEnd", "confirmEnding", "keep", "confirm", "releasePhone", "enrolOperator", "declareCustomers", "issueKey", "revokeKey", "rotateEpoch", "rotatePairKey", "actOnToken",
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

const report = (message: string, facts: Record<string, string | number>): void =>
  console.error(errorLine(SERVICE, Date.now(), message, facts));
