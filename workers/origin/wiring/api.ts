import { waitUntil } from "cloudflare:workers";
import { logBucketOf } from "../../../src/audit/log/r2.ts";
import { composeApi } from "../../../src/api/compose.ts";
import type { RequestOrigin } from "../../../src/kernel/actor.ts";
import { noteRefusal } from "../../../src/office/refusals.ts";
import type { OAuthParts } from "../../../src/domains/authentication/oauth/parts.ts";
import type { ConformanceParts } from "../../../src/domains/operators/conformance/parts.ts";
import { LinkKeys } from "../../../src/domains/exclusions/links/keys.ts";
import { bucketOf, soon } from "../../../src/objects/recovery/r2.ts";
import type { Environment } from "../environment.ts";
import { accessOf } from "./accounts.ts";
import { auditOf } from "./audit.ts";
import type { complianceOf } from "./compliance.ts";
import type { Carried } from "./carried.ts";
import { dialledOf } from "./citizens.ts";
import type { Ground } from "./ground.ts";
import { propagationOf } from "./propagation.ts";
import type { Licensing } from "./licensing.ts";
import { failing, SERVICE } from "./report.ts";
import type { tokensOf } from "./tokens.ts";

interface ApiParts {
  ground: Ground;
  environment: Environment;
  carried: Carried;
  licensing: Licensing;
  tokens: ReturnType<typeof tokensOf>;
  oauth: OAuthParts;
  conformance: ConformanceParts;
  deliver: () => Promise<void>;
  compliance: Pick<ReturnType<typeof complianceOf>, "compliance" | "violations">;
}

/** Has in the audit that somebody came with a wrong secret of the deployment: the first ones of an hour. */
const refusing = ({ office, clock, random }: Ground) => (secret: string, origin: RequestOrigin): void => {
  const refusal = { actor: { kind: "system", id: "api", origin }, action: `${secret}.refused`, resource: `secret/${secret}`, payload: {} } as const;
  waitUntil(noteRefusal(office, refusal, clock(), random).catch(failing("a refused secret was not written down")));
};

export function apiOf({ ground, environment, carried, licensing, tokens, oauth, deliver, conformance, compliance: { compliance, violations } }: ApiParts): ReturnType<typeof composeApi> {
  const { settings, office, register, projector, log, person, tokenizer, usage, feed, accounts, envelope, clock, random, limits } = ground;
  return composeApi(
    { service: SERVICE, clock, log: (line) => console.log(line), limits, origins: settings.ALLOWED_ORIGINS, refused: refusing(ground) },
    {
      ...tokens, ...carried, ...licensing, compliance, violations, conformance,
      office, accounts, envelope, tokenizer, usage, feed, oauth, clock, random,
      directory: register, recovery: register, roots: register, projection: register, project: () => waitUntil(projector.run()),
      access: accessOf(office, oauth),
      keyLimits: { perSecond: settings.KEY_MAX_PER_SECOND, perDay: settings.KEY_MAX_PER_DAY },
      bootstrapSecret: settings.BOOTSTRAP_SECRET, restoreToken: settings.RESTORE_TOKEN,
      provider: { secrets: settings.CALLBACK_SECRETS, networks: settings.CALLBACK_NETWORKS }, dialled: dialledOf(ground, deliver),
      identityOf: person, vaultOf: person, personsAfter: (after, limit) => register.personsAfter(after, limit),
      reportRewrap: failing("a data key could not be re-wrapped"),
      audit: auditOf(ground, environment),
      propagation: propagationOf(ground),
      links: { office, register, person, linkKeys: new LinkKeys(settings.LOOKUP_KEY), clock, random },
      publicLog: { bucket: logBucketOf(environment.LOG), policy: () => soon(log().policy()) },
      vaults: { office, register, person, marks: bucketOf(environment.VAULTS, "erased"), clock, random },
    },
  );
}
