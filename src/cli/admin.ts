/**
 * `npm run admin`: the register's API from a terminal, on this laptop and on a deployment alike.
 *
 *   npm run admin                                    what can be called; `-- routes keys` only what is about keys
 *   npm run admin -- get /v1/operators --all         a list, all its pages
 *   npm run admin -- post /v1/operators name="Acme Bets" requiredKinds:='["msisdn"]'
 *   npm run admin -- post /v1/operators/<id>/keys mode=test name=Tills
 *   npm run admin -- patch /v1/users/<id> state=suspended if-match@'"1"'
 *   npm run admin -- bootstrap name="Amina Otieno" email=amina@example.ke      the first administrator, by BOOTSTRAP_SECRET
 *   npm run admin -- rewrap                          every sealed record under the newest key
 *   npm run admin -- secrets <folder>                draws a deployment's secrets into an empty folder
 *   npm run admin -- migrate                         the office's tables to the newest schema, by OFFICE_DATABASE_URL and _TOKEN
 *
 * `--url` says where (else NSER_URL, else http://localhost:8787); the token is NSER_TOKEN, else this laptop's administrator's.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, readCall, send, sendAll, Usage } from "./admin/call.ts";
import { routesOf } from "./admin/routes.ts";
import { runSteps, stepNames } from "./admin/steps.ts";
import { laptopToken } from "./administrator.ts";
import { commandLine } from "./command-line.ts";
import { migrateOffice, tableChanges } from "./office.ts";
import { DEPLOYABLES } from "./deployables.ts";
import { blindKeyOf, drawSecrets } from "./secrets.ts";

const { values: options, positionals: words } = commandLine(import.meta.url, { allowPositionals: true, options: { url: { type: "string" }, all: { type: "boolean" } } });
const url = (options.url ?? process.env.NSER_URL ?? "http://localhost:8787").replace(/\/$/, "");

try {
  await run(words);
} catch (error) {
  console.error(error instanceof Usage ? error.message : `${(error as Error).message}: ${String((error as Error).cause ?? url)}`);
  process.exit(2);
}

async function run([command = "routes", ...rest]: string[]): Promise<void> {
  if (command === "routes") return console.log(routesOf(await (await fetch(`${url}/openapi.json`)).json(), rest[0]).join("\n"));
  if (command === "secrets") return writeSecrets(rest[0]);
  if (command === "migrate") return migrate();
  if (command === "bootstrap") return show(await send(url, environment("BOOTSTRAP_SECRET"), readCall(["post", "/v1/bootstrap", ...rest])));
  if (stepNames.includes(command)) return show(await runSteps(url, token(), command, (body) => console.log(JSON.stringify(body))));
  const call = readCall(words);
  show(await (options.all ? sendAll : send)(url, token(), call));
}

/** The body as it came; the exit code says whether it is what was asked for. */
function show({ status, headers, body }: Answer): void {
  const etag = headers.get("etag");
  if (etag) console.error(`version ${etag}`);
  if (body !== null) console.log(typeof body === "string" ? body : JSON.stringify(body, null, 2));
  if (status >= 300) process.exitCode = 1;
}

function token(): string {
  const known = process.env.NSER_TOKEN ?? laptopToken(url);
  if (known) return known;
  throw new Usage("There is no token: set NSER_TOKEN, or run npm start first.");
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Usage(`${name} is not set.`);
  return value;
}

/** One file a Worker, as `npm run deploy -- --secrets` takes them; never over others. A witness draws its own. */
function writeSecrets(folder = ""): void {
  if (!folder) throw new Usage("Say where to: npm run admin -- secrets <folder>");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new Usage(`${folder} is not empty.`);
  const drawn = drawSecrets();
  for (const { name } of DEPLOYABLES) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(drawn[name], null, 2), { flag: "wx", mode: 0o600 });
  }
  console.log(`Drawn into ${folder}. Add OFFICE_DATABASE_TOKEN and the providers' own to origin.json, then keep them as docs/deployment.md says.`);
  console.log(`BLIND_PUBLIC_KEY of origin, to be published: ${blindKeyOf(drawn)}`);
}

async function migrate(): Promise<void> {
  await migrateOffice({ url: environment("OFFICE_DATABASE_URL"), token: environment("OFFICE_DATABASE_TOKEN") });
  console.log(`The office's tables are at ${tableChanges().at(-1)}.`);
}
