import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { DEPLOYABLES } from "../../src/cli/deployables.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What is read here of a configuration; wrangler's own types cannot be resolved from its package. */
interface Configuration {
  name: string;
  main: string;
  workers_dev?: boolean;
  routes?: unknown[];
  durable_objects: { bindings: { name: string; class_name: string; script_name?: string }[] };
  services?: { service: string; entrypoint?: string }[];
  queues: { producers?: { queue: string }[]; consumers?: { queue: string }[] };
}

const WORKERS = Object.fromEntries(DEPLOYABLES.map(({ name, config }) => [name, unstable_readConfig({ config: join(ROOT, config) }) as Configuration]));

/**
 * Who reaches what without a credential, because the platform says so. A binding is a permission to call every method
 * behind it: one more row is one more caller who need not prove anything.
 */
const DOORS: Record<string, string[]> = {
  // One-time codes, vaults and counts are origin's own.
  "nser-origin/Challenge": ["origin"],
  "nser-origin/Person": ["origin"],
  "nser-origin/Usage": ["origin"],
  // An operator's feed, and what wakes it.
  "nser-origin/Feed": ["origin"],
  "nser-origin/Bell": ["origin"],
  // The citizen's verbs: each asks for a code or a grant.
  "nser-origin/CitizenRpc": ["portal"],
  "nser-origin/CitizenVaultRpc": ["portal"],
  "nser-origin/CasesRpc": ["portal"],
  "nser-origin/PhoneClaimRpc": ["portal"],
  "nser-origin/RightsRpc": ["portal"],
  // Coming and going: by a code or a password, each try counted.
  "nser-origin/SignInRpc": ["portal"],
  // Second factors: each asks for the session of whose they are.
  "nser-origin/FactorsRpc": ["portal"],
  // Accounts: each asks for a session, or for a passkey's signature.
  "nser-origin/PasskeysRpc": ["portal"],
  // Accounts: each verb asks for a code, a link or a session.
  "nser-origin/PasswordsRpc": ["portal"],
  // What an account's holder sees and ends: each asks for their session.
  "nser-origin/SessionsRpc": ["portal"],
  // Whom a third party's program sent: each verb asks for their session.
  "nser-origin/OAuthRpc": ["portal"],
  // A company that applies: it names no account, and touches none. What somebody is invited to: each asks for their session.
  "nser-origin/OperatorApplicationRpc": ["portal"],
  "nser-origin/InvitationsRpc": ["portal"],
  // The regulator's people: each verb asks for a session, and for the capability.
  "nser-origin/StaffUsersRpc": ["portal"],
  "nser-origin/StaffExclusionsRpc": ["portal"],
  "nser-origin/StaffPropagationRpc": ["portal"],
  "nser-origin/StaffAuditRpc": ["portal"],
  "nser-origin/SupervisionRpc": ["portal"],
  "nser-origin/StaffCasesRpc": ["portal"],
  // An operator's people: each verb asks for a session, and for a role held for that operator.
  "nser-origin/OperatorDeskRpc": ["portal"],
  "nser-origin/StaffOperatorsRpc": ["portal"],
  "nser-origin/ConformanceDeskRpc": ["portal"],
  // Figures that everybody may be told.
  "nser-origin/StatisticsRpc": ["portal"],
  // Who is excluded: written by origin alone. The edge has rows of it by Replica and LastResort, which write nothing; origin measures Replicas.
  "nser-register/Register": ["origin", "register"],
  "nser-register/Replica": ["edge", "origin", "register"],
  "nser-register/LastResort": ["edge"],
  // The audit log: whoever reaches it adds to it; nothing takes anything away.
  "nser-register/AuditLog": ["origin", "register"],
  // The identity keys.
  "nser-tokenizer/Tokenizer": ["origin", "register"],
  "queue nser-checks": ["edge", "origin"],
  "queue nser-checks-lost": ["origin"],
};

function reached({ name: own, durable_objects, services = [], queues }: Configuration): string[] {
  return [
    ...durable_objects.bindings.map(({ class_name, script_name = own }) => `${script_name}/${class_name}`),
    ...services.map(({ service, entrypoint = "default" }) => `${service}/${entrypoint}`),
    ...[...(queues.producers ?? []), ...(queues.consumers ?? [])].map(({ queue }) => `queue ${queue}`),
  ];
}

/** The classes a Worker's entry exports. */
const exported = ({ main }: Configuration): string[] => [...readFileSync(main, "utf8").matchAll(/export (?:class (\w+)|\{ (\w+) \})/g)].map(([, declared, passed]) => (declared ?? passed)!);

describe("a door without a credential", () => {
  const rows = Object.entries(WORKERS).flatMap(([worker, configuration]) => reached(configuration).map((door) => [door, worker] as const));

  test("is bound by whom the table says, and by nobody else", () => {
    const bound = Object.fromEntries([...Map.groupBy(rows, ([door]) => door)].map(([door, who]) => [door, who.map(([, worker]) => worker).toSorted()]));
    expect(bound).toEqual(DOORS);
  });

  test("is one that exists, and what a Worker exports is bound by somebody", () => {
    const there = Object.values(WORKERS).flatMap((configuration) => exported(configuration).map((name) => `${configuration.name}/${name}`));
    expect(there.toSorted()).toEqual(Object.keys(DOORS).filter((door) => door.includes("/")).toSorted());
  });

  test("of register and the tokenizer is no address", () => {
    for (const worker of ["register", "tokenizer"]) {
      const { workers_dev, routes } = WORKERS[worker]!;
      expect([workers_dev, routes ?? []], worker).toEqual([false, []]);
    }
  });

  test("asks the citizen for what they prove themself by, in each of its verbs", () => {
    const contract = readFileSync(join(ROOT, "src/domains/exclusions/citizen-rpc.ts"), "utf8").split("export interface CitizenRpc")[1]!;
    const verbs = [...contract.matchAll(/^ {2}(\w+)\(([^]*?)\): Promise/gm)].map(([, verb, request]) => ({ verb: verb!, request: request! }));
    expect(verbs.length).toBeGreaterThan(3);
    // Sending a code is how proving begins: it answers nothing about the phone. Whose signatures to believe is published.
    expect(verbs.filter(({ request }) => !/\b(grant|code): string|: OwnAct$/.test(request)).map(({ verb }) => verb)).toEqual(["sendCode", "logPolicy"]);
  });

  test("to second factors asks for the visitor's session, in each of its verbs", () => {
    const contract = readFileSync(join(ROOT, "src/domains/authentication/factors/rpc.ts"), "utf8").split("export interface FactorsRpc")[1]!;
    const requests = [...contract.matchAll(/^ {2}\w+\((.*)\): Answer/gm)].map(([, request]) => request);
    expect(requests.length).toBeGreaterThan(7);
    expect(requests.filter((request) => !/\bvisitor: Visitor|: Showing$/.test(request!))).toEqual([]);
  });
});
