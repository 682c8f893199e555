import type { OAuthParts } from "../../src/domains/authentication/oauth/parts.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import { type RelyingParty, relyingPartyAt } from "../../src/domains/authentication/passkeys/rules.ts";
import type { GrantParts } from "../../src/domains/authentication/sessions/index.ts";
import type { AuditDeskParts } from "../../src/domains/compliance/desk/index.ts";
import type { SupervisionParts } from "../../src/domains/compliance/supervision/index.ts";
import type { CitizenParts } from "../../src/domains/exclusions/citizen/index.ts";
import { carryAbandoned } from "../../src/domains/operators/conformance/carry.ts";
import type { ConformanceDeskParts } from "../../src/domains/operators/conformance/desk.ts";
import type { DeskParts } from "../../src/domains/exclusions/desk/index.ts";
import type { KeyDeskParts } from "../../src/domains/operators/desk/keys.ts";
import type { WebhookDeskParts } from "../../src/domains/operators/desk/webhooks.ts";
import type { PropagationDeskParts } from "../../src/domains/operators/propagation/desk.ts";
import type { ShowParts } from "../../src/domains/users/identities/show.ts";
import type { CitizenVaultParts } from "../../src/domains/users/vault/citizen.ts";
import type { Environment } from "./environment.ts";
import type { QueueParts } from "./evidence.ts";
import { accountsOf, oauthOf } from "./wiring/accounts.ts";
import { apiOf } from "./wiring/api.ts";
import { auditOf, watchAudit } from "./wiring/audit.ts";
import { complianceOf } from "./wiring/compliance.ts";
import { type Carried, carriedOf, sweepCarried } from "./wiring/carried.ts";
import { citizensOf, deliverer } from "./wiring/citizens.ts";
import { conformanceOf } from "./wiring/conformance.ts";
import { groundOf } from "./wiring/ground.ts";
import { type Licensing, licensingOf, sweepLicensing } from "./wiring/licensing.ts";
import { propagationOf, watchPropagation } from "./wiring/propagation.ts";
import { failing } from "./wiring/report.ts";
import { statistician } from "./wiring/statistics.ts";
import { evidenceOf, sweepTokens, tokensOf } from "./wiring/tokens.ts";

/** The office, and what each of its doors needs. */
export interface Origin extends Carried {
  api: ReturnType<typeof apiOf>;
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
  /** What the verbs of an operator's people on the conformance kit need. */
  conformanceDesk: ConformanceDeskParts;
  /** What the verbs of the regulator's people need. */
  staffUsers: ShowParts;
  /** What officers' verbs on exclusions need. */
  staffExclusions: DeskParts;
  /** What officers' verbs on how exclusions reach operators need. */
  staffPropagation: PropagationDeskParts;
  /** What auditors' and officers' verbs on the audit log need. */
  staffAudit: AuditDeskParts;
  /** What officers' and operators' verbs on compliance need; `afterwards` outlives the answer. */
  supervision: (afterwards: (work: Promise<unknown>) => void) => SupervisionParts;
  /** What the verbs of operators' people need. */
  operatorDesk: KeyDeskParts & WebhookDeskParts;
  /** What the citizen's verbs on their own vault need. */
  vaults: CitizenVaultParts;
  /** What operators' licences and people are kept with. */
  licensing: Licensing;
  /** Counts a form from an address; false when those of the minute are used up. */
  admitsFrom: (address: string) => Promise<boolean>;
  /** Carries Register's outbox to the vaults. */
  deliver: () => Promise<void>;
  /** Each minute, for what requests, claims, cases and the telling of the audit log left behind, and for the figures of exclusions. */
  sweep: () => Promise<void>;
  /** Brings the office's copy of Register up to date. */
  project: () => Promise<void>;
  /** What it takes to take evidence of checks. */
  evidence: QueueParts;
}

const bellFailed = failing("feeds are not woken");

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
  const ground = groundOf(environment);
  const { settings, office, register, projector, person, tokenizer, accounts, envelope, grants, limits, clock, random } = ground;
  const [deliver, tokens, oauth, accountParts] = [deliverer(ground), tokensOf(ground), oauthOf(ground), accountsOf(ground)];
  const carried = carriedOf(ground, environment, deliver);
  const compliance = complianceOf(ground);
  const licensing = licensingOf(ground);
  const conformance = conformanceOf(ground);
  const keepStatistics = statistician(ground, environment);
  const admits = async (userId: string) => (await limits.admit("user", userId)).admitted;
  return {
    ...carried, oauth, deliver, licensing,
    admitsFrom: async (address) => (await limits.admit("anonymous", address)).admitted,
    accounts: accountParts,
    grants: { ...accountParts, register },
    relyingParty: relyingPartyAt(settings.PUBLIC_URL),
    conformanceDesk: { office, random, clock, admits, conformance },
    staffUsers: { office, accounts, envelope, random, clock, admits },
    staffExclusions: { office, tokenizer, register, random, clock, admits },
    staffPropagation: { ...propagationOf(ground), random, admits },
    staffAudit: { ...auditOf(ground, environment), admits },
    supervision: (afterwards) => ({ ...compliance.compliance, admits, filled: compliance.violations(afterwards).filled }),
    operatorDesk: {
      office, directory: register, usage: ground.usage, feed: ground.feed, envelope, keyLimits: { perSecond: settings.KEY_MAX_PER_SECOND, perDay: settings.KEY_MAX_PER_DAY }, random, clock, admits,
    },
    citizens: citizensOf(ground),
    vaults: { register, vault: person, grants, clock },
    evidence: evidenceOf(ground),
    api: apiOf({ ground, environment, carried, licensing, tokens, oauth, deliver, compliance, conformance }),
    project: () => projector.run(),
    sweep: async () => {
      await Promise.all([
        sweepCarried(carried), sweepTokens(ground, tokens.lookups), sweepLicensing(licensing), keepStatistics(), ground.telling.run(), ground.place(), watchAudit(ground),
        watchPropagation(ground), compliance.sweep(), carryAbandoned(conformance).catch(conformance.report), ground.bell().keep().catch(bellFailed),
      ]);
    },
  };
}
