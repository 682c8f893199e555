import { z } from "zod";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import { parseNumberedKeys } from "../../src/bst/key-config.ts";
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import type { ReplicaApi, ReplicaNewsApi } from "../../src/check/feed.ts";
import { networkOf } from "../../src/check/networks.ts";
import { parseRegions } from "../../src/check/places.ts";
import { USUAL as USUAL_COMPLIANCE } from "../../src/domains/compliance/standing/model.ts";
import { ComplianceTerms } from "../../src/domains/compliance/standing/terms.ts";
import { USUAL } from "../../src/domains/compliance/suspicion/model.ts";
import { SuspicionTerms } from "../../src/domains/compliance/suspicion/terms.ts";
import { HelpLines } from "../../src/domains/exclusions/help-lines.ts";
import type { UsageApi } from "../../src/domains/analytics/rpc.ts";
import type { ChallengeApi, RepliesApi } from "../../src/domains/authentication/rpc.ts";
import type { RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { USUAL_TERMS } from "../../src/domains/operators/acknowledgements/model.ts";
import { AcknowledgementTerms } from "../../src/domains/operators/acknowledgements/terms.ts";
import type { BellApi } from "../../src/domains/operators/feed/bell/rpc.ts";
import type { FeedApi } from "../../src/domains/operators/feed/rpc.ts";
import type { TokenGuardApi } from "../../src/domains/tokens/guard/rpc.ts";
import { TokenQuotas } from "../../src/domains/tokens/guard/terms.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import type { IdentityApi } from "../../src/domains/users/identities/rpc.ts";
import type { PersonApi } from "../../src/domains/users/rpc.ts";
import { parseRecoveryKeys } from "../../src/objects/recovery/seal.ts";
import type { VaultApi } from "../../src/domains/users/vault/rpc.ts";
import { fromBase64Url } from "../../src/kernel/bytes.ts";
import { parseSigningKey } from "../../src/kernel/ed25519.ts";
import type { ObjectNamespace } from "../../src/kernel/rpc.ts";
import { parseBoxKeys } from "../../src/sealing/envelope.ts";

/** What the platform binds. */
export interface Environment {
  TOKENIZER: TokenizerApi;
  REGISTER: ObjectNamespace<RegisterApi>;
  /** Asked once a minute how old its copy is. */
  REPLICA: ObjectNamespace<ReplicaApi & ReplicaNewsApi>;
  /** The audit log, which is told of what the office and its objects do. */
  AUDIT_LOG: ObjectNamespace<AuditLogApi>;
  CHALLENGE: ObjectNamespace<ChallengeApi & RepliesApi>;
  PERSON: ObjectNamespace<PersonApi & IdentityApi & VaultApi>;
  USAGE: ObjectNamespace<UsageApi & TokenGuardApi>;
  FEED: ObjectNamespace<FeedApi>;
  BELL: ObjectNamespace<BellApi>;
  CODES_PER_ADDRESS: RateLimit;
  /** What recovers vaults. */
  VAULTS: R2Bucket;
  /** Files of evidence in cases, sealed. */
  EVIDENCE: R2Bucket;
  /** What the audit log is verified by. Only the log itself writes there. */
  LOG: R2Bucket;
  CALLS_ANONYMOUS: RateLimit;
  CALLS_USER: RateLimit;
  CALLS_OPERATOR: RateLimit;
  CALLS_READER: RateLimit;
}

/** A parser's error becomes an issue, so that all of them are named together. None quotes the value. */
const parsed = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "cannot be read" });
      return z.NEVER;
    }
  });

function key32(text: string): Uint8Array {
  const key = fromBase64Url(text);
  if (key.length !== 32) throw new RangeError("must be base64url of 32 bytes");
  return key;
}

const CALLBACK_SECRET = /^[\w-]{32,}$/;

function callbackSecrets(text: string): string[] {
  const secrets = text.split(" ").filter(Boolean);
  if (secrets.length === 0 || !secrets.every((secret) => CALLBACK_SECRET.test(secret))) throw new RangeError("must be texts of 32 letters, digits, - or _, or more, between spaces");
  return secrets;
}

/** What somebody else gave us to send along with each request; the platform would quote in its log what no header can carry. */
const sent = z.string().regex(/^[\x21-\x7e]*$/, "must be printable ASCII");

/** The texts of the configuration; secrets have no defaults. */
const settings = {
  PAIR_KEYS: parsed((text) => new Keyring(parsePairKeys(text))),
  BOX_KEYS: parsed(parseBoxKeys),
  /** Seals what leaves a vault for its recovery. */
  RECOVERY_KEYS: parsed(parseRecoveryKeys),
  GRANT_KEY: parsed(key32),
  CODE_PEPPER: parsed(key32),
  /** What passwords are keyed with before they are hashed: kept as long as the passwords are. */
  PASSWORD_PEPPER: parsed(key32),
  /** Ed25519 seeds by number: the highest signs third parties' access tokens, and those of all are believed. */
  OAUTH_SIGNING_KEYS: parsed((text) => parseNumberedKeys("OAUTH_SIGNING_KEYS", text)),
  /** Where the one host is that serves everything: what tokens are issued by, and passkeys are bound to: with another, nobody's are any good. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).origin === url, "must be an origin"),
  /** What blinded evaluations are verified by, for the API's document, which anybody reads without saying who they are. */
  BLIND_PUBLIC_KEY: z.string().regex(/^([\w-]{43})?$/, "must be base64url of 32 bytes").default(""),
  /** Ed25519 seeds by number: the highest signs certificates of the conformance kit. */
  CONFORMANCE_KEY: parsed((text) => parseSigningKey(text, "CONFORMANCE_KEY")),
  /** Makes the first administrator, once. */
  BOOTSTRAP_SECRET: z.string().min(32),
  /** For restoring the register, when the office may be gone too. */
  RESTORE_TOKEN: z.string().min(32),
  /** What accounts are looked up by is keyed with. */
  LOOKUP_KEY: parsed(key32),
  OFFICE_DATABASE_URL: z.string().min(1),
  /** Its copy nearest to origin, if there is one. */
  OFFICE_REPLICA_URL: z.string().default(""),
  OFFICE_DATABASE_TOKEN: sent,
  /** Lets webhooks go to this machine itself, over http and to any port: a laptop's alone, and no deployment takes it. */
  WEBHOOK_LOOPBACK: z.literal(["", "allowed"]).default(""),
  /** Where Replicas stand. */
  REGIONS: parsed((text) => parseRegions(text).flat()),
  KEY_MAX_PER_SECOND: z.coerce.number().int().positive(),
  KEY_MAX_PER_DAY: z.coerce.number().int().positive(),
  /** What an operator may turn into tokens by each door. */
  TOKEN_QUOTAS: TokenQuotas,
  AFRICASTALKING_URL: z.url().transform((url) => url.replace(/\/$/, "")),
  AFRICASTALKING_USERNAME: z.string().min(1),
  AFRICASTALKING_API_KEY: sent.min(1),
  AFRICASTALKING_SENDER: z.string(),
  /** What the provider's callbacks carry in their paths: all that are good now, between spaces. */
  CALLBACK_SECRETS: parsed(callbackSecrets),
  /** Where they come from: blocks of addresses (CIDR) between spaces. Empty, none is taken. */
  CALLBACK_NETWORKS: parsed((text) => text.split(" ").filter(Boolean).map(networkOf)),
  /** What somebody who dials for help is told. */
  HELP_LINES: HelpLines,
  /** Where documents are checked; empty, none can be. */
  IDENTITY_REGISTRY_URL: z.union([z.literal(""), z.url()]).transform((url) => url.replace(/\/$/, "")),
  IDENTITY_REGISTRY_KEY: sent.min(1),
  /** Where known passwords are asked about; empty asks nobody. */
  PWNED_PASSWORDS_URL: z.union([z.literal(""), z.url()]).default("").transform((url) => url.replace(/\/$/, "")),
  /** Origins whose pages may read the API's document, between spaces. */
  ALLOWED_ORIGINS: z.string().default("").transform((text) => text.split(" ").filter(Boolean)),
  /** How many days whom a case is about can answer, and how many a decision can be appealed. */
  CASE_HEARING_DAYS: z.coerce.number().int().positive(),
  CASE_APPEAL_DAYS: z.coerce.number().int().positive(),
  /** After how many days what identifies anybody in a closed case is destroyed; limits look back a year. */
  CASE_ERASE_DAYS: z.coerce.number().int().min(365),
  /** From which number on the audit log's rules speak: what differs from the usual. */
  SUSPICION: SuspicionTerms.default(USUAL),
  /** What scores, reports and violations of operators go by: what differs from the usual. */
  COMPLIANCE: ComplianceTerms.default(USUAL_COMPLIANCE),
  /** How long operators may take to receive events, work through them and do what is to be done for customers, in seconds: what differs from the usual. */
  ACKNOWLEDGEMENT_TERMS: AcknowledgementTerms.default(USUAL_TERMS),
  /** Days on which nobody works, as ISO dates between spaces. */
  HOLIDAYS: z.string().regex(/^(\d{4}-\d{2}-\d{2}( |$))*$/).transform((text) => new Set(text.split(" ").filter(Boolean))),
  /** Where daily quotas are counted; without it there are none. */
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: sent.min(1).optional(),
};

export const UsageSettings = z.object(settings).pick({ OFFICE_DATABASE_URL: true, OFFICE_DATABASE_TOKEN: true });
export const ChallengeSettings = z.object(settings).pick({ CODE_PEPPER: true });
export const BellSettings = z.object({ REGIONS: parsed(parseRegions) });
export const FeedSettings = z.object(settings).pick({ PAIR_KEYS: true, BOX_KEYS: true, PUBLIC_URL: true, WEBHOOK_LOOPBACK: true }).extend(BellSettings.shape);
export const AcknowledgementSettings = z.object(settings).pick({ ACKNOWLEDGEMENT_TERMS: true });
export const SmsSettings = z.object(settings).pick({
  AFRICASTALKING_URL: true,
  AFRICASTALKING_USERNAME: true,
  AFRICASTALKING_API_KEY: true,
  AFRICASTALKING_SENDER: true,
});
export const RegistrySettings = z.object(settings).pick({ IDENTITY_REGISTRY_URL: true, IDENTITY_REGISTRY_KEY: true });
export const PersonSettings = SmsSettings.extend({
  ...RegistrySettings.shape, BOX_KEYS: settings.BOX_KEYS, RECOVERY_KEYS: settings.RECOVERY_KEYS, LOOKUP_KEY: settings.LOOKUP_KEY,
});
export const OriginSettings = z.object(settings).refine(
  ({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }) => (url === undefined) === (token === undefined),
  { path: ["UPSTASH_REDIS_REST_URL"], message: "and UPSTASH_REDIS_REST_TOKEN go together" },
);

/** Reads the settings a part of the Worker needs. Throws one error that names every setting at fault, and no value. */
export function readSettings<T>(schema: z.ZodType<T>, environment: object): T {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`Configuration: ${faults.join("; ")}`);
}
