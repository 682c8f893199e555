/** Generates the next migration of each database whose tables changed: `npm run generate -- <what-it-does>`. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Each database, of a Durable Object class or the office's: its folder under migrations/, and where its tables are declared. */
export const DATABASES: Record<string, string[]> = {
  register: [
    "src/objects/due.ts",
    "src/objects/commands.ts",
    "src/objects/recovery/tables.ts",
    "src/domains/exclusions/tables.ts",
    "src/domains/exclusions/history/tables.ts",
    "src/domains/exclusions/log/tables.ts",
    "src/domains/exclusions/deliveries/tables.ts",
    "src/domains/exclusions/roots/tables.ts",
    "src/domains/exclusions/who/tables.ts",
    "src/domains/operators/tables.ts",
    "src/domains/operators/token-acts/tables.ts",
    "src/domains/operators/pair-keys/tables.ts",
    "src/domains/tokens/register/tables.ts",
  ],
  replica: ["src/objects/due.ts", "src/replication/tables.ts"],
  "audit-log": ["src/objects/due.ts", "src/audit/log/tables.ts"],
  challenge: ["src/objects/due.ts", "src/domains/authentication/tables.ts"],
  person: [
    "src/objects/due.ts",
    "src/objects/audit.ts",
    "src/audit/tables.ts",
    "src/objects/recovery/tables.ts",
    "src/domains/users/tables.ts",
    "src/domains/users/identities/tables.ts",
    "src/domains/users/vault/tables.ts",
    "src/domains/users/verifications/tables.ts",
    "src/domains/users/holdings/tables.ts",
    "src/domains/notifications/tables.ts",
  ],
  usage: ["src/objects/due.ts", "src/objects/audit.ts", "src/domains/analytics/tables.ts", "src/domains/tokens/guard/tables.ts"],
  feed: ["src/objects/due.ts", "src/objects/audit.ts", "src/objects/commands.ts", "src/domains/operators/feed/tables.ts", "src/domains/operators/acknowledgements/tables.ts"],
  bell: ["src/objects/due.ts", "src/domains/operators/feed/bell/tables.ts"],
  witness: ["src/witness/tables.ts"],
  office: [
    "src/office/tables.ts",
    "src/domains/users/accounts/tables.ts",
    "src/domains/users/rewrapping/tables.ts",
    "src/domains/users/people/tables.ts",
    "src/domains/users/invitations/tables.ts",
    "src/domains/operators/applications/tables.ts",
    "src/domains/operators/licensing/tables.ts",
    "src/domains/authentication/access/tables.ts",
    "src/domains/authentication/sessions/tables.ts",
    "src/domains/authentication/passwords/tables.ts",
    "src/domains/authentication/factors/tables.ts",
    "src/domains/authentication/sign-in/tables.ts",
    "src/domains/authentication/oauth/tables.ts",
    "src/domains/users/rights/tables.ts",
    "src/domains/users/claims/tables.ts",
    "src/domains/exclusions/office/tables.ts",
    "src/domains/exclusions/statistics/tables.ts",
    "src/domains/exclusions/cases/tables.ts",
    "src/domains/exclusions/links/tables.ts",
    "src/domains/tokens/lookups/tables.ts",
    "src/domains/operators/office/tables.ts",
    "src/domains/operators/propagation/tables.ts",
    "src/domains/operators/conformance/tables.ts",
    "src/domains/tokens/quarantines/tables.ts",
    "src/domains/tokens/canaries/tables.ts",
    "src/domains/compliance/tables.ts",
    "src/domains/compliance/reports/tables.ts",
    "src/domains/compliance/violations/tables.ts",
  ],
};

/** `name` says what the migration does; without `only` every database is looked at. */
function generate(name: string | undefined, only: string | undefined): void {
  if (!name) throw new Error("say what the migration does: npm run generate -- add-something [database]");
  for (const [database, schema] of Object.entries(DATABASES)) {
    if (only && only !== database) continue;
    // drizzle-kit heeds one --schema only, but takes a pattern; braces around one file are none.
    const tables = ["--schema", schema.length > 1 ? `{${schema.join(",")}}` : schema[0]!];
    const options = ["--dialect", "sqlite", ...(database === "office" ? [] : ["--driver", "durable-sqlite"]), "--out", `migrations/${database}`, "--name", name];
    execFileSync("drizzle-kit", ["generate", ...tables, ...options], { stdio: "inherit" });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate(process.argv[2], process.argv[3]);
