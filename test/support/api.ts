import { Keyring } from "../../src/bst/keyring.ts";
import { composeApi } from "../../src/api/compose.ts";
import type { ApiShell } from "../../src/api/kit.ts";
import type { UsageRouteParts } from "../../src/domains/analytics/routes.ts";
import { type Standing, USUAL } from "../../src/domains/compliance/standing/model.ts";
import { ACKNOWLEDGED_STATES } from "../../src/domains/operators/acknowledgements/model.ts";
import type { LogRouteParts } from "../../src/domains/compliance/log/routes.ts";
import type { AccessApi } from "../../src/domains/authentication/access/rpc.ts";
import { Tokens } from "../../src/domains/authentication/oauth/tokens.ts";
import { LinkKeys } from "../../src/domains/exclusions/links/keys.ts";
import { CaseKeys } from "../../src/domains/exclusions/cases/keys.ts";
import type { FeedApi } from "../../src/domains/operators/feed/rpc.ts";
import type { ProjectionApi } from "../../src/domains/exclusions/projection/rpc.ts";
import type { ConformanceParts } from "../../src/domains/operators/conformance/parts.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import type { RootsApi } from "../../src/domains/exclusions/roots/rpc.ts";
import type { RecoveryApi } from "../../src/domains/exclusions/recovery/rpc.ts";
import type { BlindEvaluator, Evaluator, TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { conforms } from "./conforms.ts";
import { MemoryDirectory } from "./operator-directory.ts";

const ADMIN_TOKEN = "an administrator's token for tests only";
const RESTORE_TOKEN = "a restorer's token for tests only";
const BOOTSTRAP_SECRET = "a bootstrap secret for tests only";
export const KEY_LIMITS = { perSecond: 1_000, perDay: 1_000_000 };
export const PAIR_KEY = new Uint8Array(32).fill(7);

export const KEYRING = new Keyring(new Map([["pair", PAIR_KEY]]));

/** A pseudonym that is only the identifier's text, cut to length. */
export const fakeTokenizer: Omit<TokenizerApi, keyof BlindEvaluator> = {
  evaluate: async (identifiers) =>
    identifiers.map(({ kind, value }) => ({ rootEpoch: 0, p: utf8(`${kind}${value}`.padEnd(16).slice(-16)) })),
  advance: async (rootEpoch, ps) => ({ rootEpoch, newer: ps.map(() => new Uint8Array(0)) }),
};

export const ENVELOPE = new Envelope({ current: "1", byId: new Map([["1", new Uint8Array(32).fill(1)]]) }, random);

/** Gives elements back as they came, and a pseudonym that is only the output's beginning. */
const fakeBlindTokenizer: BlindEvaluator = {
  publicKey: async () => PAIR_KEY,
  evaluateBlinded: async (elements) => ({ ok: true, evaluated: [...elements], proof: new Uint8Array(64) }),
  lineages: async (outputs) => outputs.map((output) => output.slice(0, 16)),
};

/** Where the API under test says that it is. */
export const ISSUER = "https://register.test";
export const TOKENS = new Tokens({ current: "1", byId: new Map([["1", new Uint8Array(32).fill(3)]]) }, ISSUER);

/** A register in order. */
const inOrder: RecoveryApi = {
  recovery: async () => ({ state: "in-order", lagMs: 0, progress: null, stopped: null, report: null }),
  restoreStep: () => inOrder.recovery(),
};

/** A register that did nothing yet. */
const nothingDone: ProjectionApi = {
  projection: async (after) => ({ logId: "log", head: 0, position: after, at: 0, changes: [], exclusions: [], operators: [], keys: [] }),
};

/** A register whose root was never rotated, and whose tokenizer holds no newer one. */
const unrotated: RootsApi = { rotations: async () => [], rotateRoot: async () => ({ ok: false, refusal: "no-newer-root" }) };

/** One administrator, and nobody else. */
const onlyAdministrator: AccessApi = {
  principalOf: async (token) => (token === ADMIN_TOKEN ? { userId: "00000000-0000-7000-8000-000000000001", assignments: [{ role: "super_admin", operator: null }] } : null),
};

/** An office that does not answer. */
const NOWHERE = openOffice({ url: "http://127.0.0.1:9", token: "" });
const accounts = new Accounts({ database: NOWHERE.primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random });

interface Overrides {
  access?: AccessApi;
  projection?: ProjectionApi;
  directory?: MemoryDirectory;
  office?: Office;
  recovery?: RecoveryApi;
  tokenizer?: Evaluator & Partial<TokenizerApi>;
  usage?: UsageRouteParts["usage"];
  limits?: ApiShell["limits"];
  origins?: readonly string[];
  /** Hears of wrong secrets of the deployment. */
  refused?: NonNullable<ApiShell["refused"]>;
  /** Any other part, in the place of what stands in for it. */
  parts?: Partial<Parameters<typeof composeApi>[1]>;
}

/** A register in which nobody is linked to anybody. */
const NOBODY_LINKED = {
  linkedTo: async () => null, tokenHoldings: async () => ({ askedSince: null, holdings: [] }), crossReferences: async () => [], crossReferenceAt: async () => null,
  salvaged: async () => [],
};

/** A register and vaults that know nobody. */
function persons(office: Office) {
  const register = {
    holderOf: async () => null, exclusionsOf: async () => [], historyOf: async () => null, forget: async () => ({ ok: true as const }), personsAfter: async () => [],
    tokenHoldings: NOBODY_LINKED.tokenHoldings, watchHoldings: async () => {},
  };
  const person = () => {
    throw new Error("there is no vault");
  };
  const common = { office, register, person, clock: Date.now, random };
  const away = async () => Promise.reject(new Error("nobody is asked"));
  const claims = () => ({
    ...common, register: { ...register, releasePhone: away }, tokenizer: fakeTokenizer, challenge: () => ({ verify: away, spend: away }),
    registry: { verify: away }, sms: { send: away }, envelope: ENVELOPE, filled: () => {},
  });
  const phones = {
    register: { register: away, exclusionsOf: away, askToEnd: away, confirmEnding: away, keep: away }, tokenizer: fakeTokenizer, envelope: ENVELOPE, helpLines: [],
    challenge: () => ({ issue: away, withdraw: away, verify: away, spend: away }), replies: () => ({ mayReply: away }), sms: { send: away }, clock: Date.now,
    admits: away, wait: away, outboxFilled: () => {}, report: () => {}, failed: () => {},
  };
  const bucket = { putNew: async () => true, get: async () => null, list: async () => [], delete: async () => {} };
  const settings = { hearingDays: 14, appealDays: 30, eraseDays: 365, holidays: new Set<string>() };
  const cases = () => ({
    ...claims(), keys: new CaseKeys(PAIR_KEY), evidence: bucket, settings,
    register: { ...register, impose: away, uphold: away, dismiss: away, review: away, lengthenTo: away, beginAnnulment: away, stopAnnulment: away, annulDocument: away },
  });
  return {
    provider: { secrets: [], networks: [] }, dialled: phones, rights: () => ({ ...common, cases: async () => [], eventsFilled: () => {} }), claims, cases,
    links: { office, register: { ...NOBODY_LINKED, operatorNames: async () => ({}) }, person, linkKeys: new LinkKeys(PAIR_KEY), clock: Date.now, random },
    lookups: { office, register: { epochsOf: async () => [], excludedBy: async () => [] }, person, keyring: KEYRING, lookupKey: PAIR_KEY, clock: Date.now, random },
    vaults: { ...common, marks: { list: async () => [], putNew: async () => true } },
  };
}

/** Refuses nobody. */
export const unlimited: ApiShell["limits"] = { admit: async (by) => ({ by, admitted: true, remaining: 1, seconds: 60 }) };

/** Who is not there. */
const away = async () => Promise.reject(new Error("nobody is asked"));
const unknown = async () => ({ ok: false as const, refusal: "unknown" as const });

/** A feed in which nothing happened, that tells nobody. */
const NO_FEED: FeedApi = {
  poke: async () => ({ taken: "old", wanted: false }), events: async () => ({ events: [], next: 0, head: 0, from: 1, through: 0 }), digest: async () => null, receivedOf: async () => [],
  endpoints: async () => [], registerEndpoint: async () => ({ ok: false, refusal: "address", fault: "unreadable", detail: "must be somewhere" }), changeEndpoint: unknown, removeEndpoint: unknown,
  rotateSecret: unknown, testEndpoint: unknown, replay: unknown, deliveries: async () => null,
  acknowledge: away, overdue: away, standing: away, propagated: away,
};

/** A guard that lets everything by, and an office of quarantines and canaries that nobody is asked for. */
function unguarded(office: Office) {
  const away = async () => Promise.reject(new Error("nobody is asked"));
  const usage = () => ({ quarantine: async () => null, putQuarantine: away, liftQuarantine: away });
  return {
    feed: () => NO_FEED,
    propagation: {
      office, register: NOBODY_LINKED, feed: () => ({ propagated: away }), clock: Date.now,
      asking: { atOnce: 1, eachMs: 100, allMs: 1_000, wait: (ms: number) => new Promise<void>((over) => setTimeout(over, ms)) },
    },
    guard: { admit: async () => ({ ok: true as const }), met: async () => undefined }, countTokens: () => undefined, tokenDays: () => ({ tokenDays: async () => [] }),
    quarantines: () => ({ office, usage, clock: Date.now, random, filled: () => undefined }),
    canaries: { office, register: { putCanary: async () => ({ ok: true as const }), removeCanary: async () => undefined }, tokenizer: fakeTokenizer, envelope: ENVELOPE, clock: Date.now, random },
  };
}

/** Of who was told nothing. */
export const NOTHING_TOLD: Standing = {
  events: 0, received: { count: 0, lateCount: 0 }, handled: { lateCount: 0 },
  acknowledged: { byState: Object.fromEntries(ACKNOWLEDGED_STATES.map((state) => [state, { count: 0, lateCount: 0 }])) as Standing["acknowledged"]["byState"] },
};

/** Compliance of operators nothing was heard of. */
function unheard(office: Office) {
  const common = { office, terms: USUAL, clock: Date.now, random };
  const nobody = async () => null;
  return {
    compliance: { ...common, usage: nothingHeard, standings: async () => NOTHING_TOLD, licensedDays: nobody },
    violations: () => ({ ...common, filled: () => undefined }),
  };
}

/** Runs of the conformance kit that reach nobody. */
const unheeded = (office: Office): ConformanceParts => ({
  office, envelope: ENVELOPE, clock: Date.now, random, afterwards: () => undefined, report: () => undefined, wait: async () => undefined, testChecks: async () => null,
  sending: { fetch: async () => Promise.reject(new Error("nobody is called")), clock: Date.now, deadline: (ms) => AbortSignal.timeout(ms), terms: { own: "register.test", loopback: false } },
  signer: () => logSigner("register.test/conformance", PAIR_KEY),
});

/** A log in which nothing was published. */
const emptyLog: LogRouteParts["publicLog"] = { bucket: { get: async () => null }, policy: async () => "quorum none\n" };

type UsageVerbs = ReturnType<UsageRouteParts["usage"]>;

/** An operator's object that answers so, and of whose keys nothing was heard unless it is said. */
export const usageOf = (usage: UsageVerbs["usage"], ofKeys: Partial<Pick<UsageVerbs, "keyUsage" | "keysUsed">> = {}): UsageVerbs =>
  ({ usage, keyUsage: async () => [], keysUsed: async () => ({}), ...ofKeys });

const nothingHeard: UsageRouteParts["usage"] = () => usageOf(async () => []);
/** Licences and members over an office, and a directory; nothing is carried out by itself. */
function licensing(office: Office, directory: MemoryDirectory) {
  const common = { office, directory, accounts, envelope: ENVELOPE, clock: Date.now, random, report: () => undefined, filled: () => undefined };
  return { applications: () => common, licences: common, invitations: () => common };
}

/** A log that has nothing. */
const NO_LOG = { find: async (ids: readonly string[]) => ids.map(() => null), prove: async () => null };

const noVault = { identity: async () => null, rewrap: async () => null };

function composed(
  {
    directory = new MemoryDirectory(), tokenizer = fakeTokenizer, usage = nothingHeard, recovery = inOrder, access = onlyAdministrator, office = NOWHERE,
    projection = nothingDone, limits = unlimited, origins = [], refused, parts = {},
  }: Overrides,
  lines: any[],
) {
  return composeApi(
    { service: "nser-origin", clock: Date.now, log: (line) => lines.push(JSON.parse(line)), limits, origins, ...(refused && { refused }) },
    {
      directory, recovery, roots: unrotated, tokenizer: { ...fakeTokenizer, ...tokenizer }, blindTokenizer: fakeBlindTokenizer, blindPublicKey: "", keyring: KEYRING, envelope: ENVELOPE, random, keyLimits: KEY_LIMITS, usage,
      access, clock: Date.now, office, projection, oauth: { office, tokens: TOKENS, clock: Date.now, random }, project: () => undefined, accounts, bootstrapSecret: BOOTSTRAP_SECRET, restoreToken: RESTORE_TOKEN,
      audit: { office: parts.office ?? office, log: NO_LOG, published: async () => null, clock: Date.now, random },
      identityOf: () => noVault, vaultOf: () => noVault, personsAfter: async () => [], reportRewrap: () => undefined, publicLog: emptyLog, ...persons(parts.office ?? office), ...unguarded(parts.office ?? office), ...unheard(parts.office ?? office), conformance: unheeded(parts.office ?? office), ...licensing(parts.office ?? office, directory), ...parts,
    },
  );
}

let served: Promise<any> | undefined;

/** The document is the code's alone, the same whatever the parts; making it is most of what the API costs a test, and one is made for a file. */
const theDocument = () => (served ??= Promise.resolve(composed({}, []).request("/openapi.json")).then((response) => response.json()));

/** The whole public API over doubles. Every answer is held against the served document as it passes. */
export async function testApi({ directory = new MemoryDirectory(), ...overrides }: Overrides = {}) {
  const lines: any[] = [];
  const api = composed({ ...overrides, directory }, lines);
  const document = await theDocument();
  const call = async (method: string, path: string, init: RequestInit & { json?: unknown } = {}) => {
    const { json, ...rest } = init;
    const headers = { ...(json !== undefined && { "content-type": "application/json" }), ...init.headers };
    const body = json === undefined ? init.body : JSON.stringify(json);
    const response = await api.request(path, { ...rest, method, headers, ...(body != null && { body }) } as RequestInit);
    return { response, body: await conforms(document, method, path, response) };
  };
  return { api, call, document, directory, lines };
}

export const admin = (idempotencyKey?: string) => ({
  authorization: `Bearer ${ADMIN_TOKEN}`,
  ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
});

/** An operator with a key, made through the public door. */
export async function enrolled(call: Awaited<ReturnType<typeof testApi>>["call"], name = "Kenbet", by: (key: string) => Record<string, string> = admin) {
  const json = { name, requiredKinds: ["msisdn"] };
  const { body: operator } = await call("POST", "/v1/operators", { headers: by(`enrol-${name}`), json });
  const { body: key } = await call("POST", `/v1/operators/${operator.id}/keys`, { headers: by(`key-${name}`) });
  return { operator, key, bearer: { authorization: `Bearer ${key.key}` } };
}

export const restorer = () => ({ authorization: `Bearer ${RESTORE_TOKEN}` });

/** Whoever brings the deployment's one-time secret. */
export const beginner = (idempotencyKey?: string) => ({
  authorization: `Bearer ${BOOTSTRAP_SECRET}`,
  ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
});
