/** `npm start`: the whole register on this machine at http://localhost:8787. `--fresh` begins with no data, `--verbose` shows the logs. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { TEST_PERSONS } from "../bst/test-persons.ts";
import { SCOPES } from "../check/terms.ts";
import { commandLine } from "./command-line.ts";
import { enrolOperator, issueKey, OperatorServer, type OperatorAccess } from "./doors.ts";
import { recoveryStatus } from "./restoration.ts";
import { blindKeyOf, keepSecrets } from "./secrets.ts";
import { startSystem, type System } from "./system.ts";

const DIRECTORY = ".local";
const DEMO = `${DIRECTORY}/demo.json`;
const PORT = 8787;
const CRON_MS = 60_000;
const PHONE = "0712345678";
const TEST_PHONE = TEST_PERSONS.find(({ name }) => name === "excluded")!.identifiers.msisdn!;

/** What `.local/demo.json` holds for whoever scripts against this machine's register. */
interface Demo {
  url: string;
  operators: DemoOperator[];
}

interface DemoOperator extends OperatorAccess {
  /** Asks about test persons alone. */
  testKey: string;
}

const { values: options } = commandLine(import.meta.url, { options: { fresh: { type: "boolean" }, verbose: { type: "boolean" }, port: { type: "string" } } });

if (options.fresh) rmSync(DIRECTORY, { recursive: true, force: true });
mkdirSync(DIRECTORY, { recursive: true });
const secrets = keepSecrets(`${DIRECTORY}/secrets.json`);
const system = await startSystem({
  port: Number(options.port ?? PORT),
  directory: `${DIRECTORY}/data`,
  secrets,
  print: (line) => {
    if (options.verbose || !line.includes('"log.level":"info"')) console.log(line);
  },
}).catch((error: Error) => {
  console.error(`The register cannot start: ${error.message}`);
  process.exit(1);
});
const cron = setInterval(() => void system.tick(), CRON_MS);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clearInterval(cron);
    void system.stop().then(() => process.exit(0));
  });
}
if (!system.edgeDatabase) console.log(`No libSQL server runs on ${process.platform}-${process.arch}: published shards have no second home here.`);
const { state } = await recoveryStatus(system.url, secrets.origin.RESTORE_TOKEN!);
console.log(state === "in-order" ? instructions(system, await demoOperator(system), await system.activation()) : `\nThe register at ${system.url} is ${state}: npm run restore\n`);

const answers = (url: string, key: string, phone: string): Promise<boolean> => new OperatorServer(url, key).tokenize(phone).then(() => true, () => false);

/** The demo's operator: the one of an earlier start where its keys still hold, else a new one; a test key is added where there was none yet. */
async function demoOperator({ url, administrator }: System): Promise<DemoOperator> {
  const known = existsSync(DEMO) ? (JSON.parse(readFileSync(DEMO, "utf8")) as { operators: (OperatorAccess & Partial<DemoOperator>)[] }).operators[0] : undefined;
  const operator = known && (await answers(url, known.apiKey, PHONE)) ? known : { ...(await enrolOperator(url, await administrator(), "Demo Bets Ltd", { scopes: SCOPES })), testKey: undefined };
  const holds = operator.testKey !== undefined && (await answers(url, operator.testKey, TEST_PHONE));
  const testKey = holds ? operator.testKey! : await issueKey(url, await administrator(), operator.id, { mode: "test", name: "Demo, for tests" });
  writeFileSync(DEMO, JSON.stringify({ url, operators: [{ ...operator, testKey }] } satisfies Demo, null, 2));
  return { ...operator, testKey };
}

/** A line to paste that checks a phone number under a key. */
function checkOf(url: string, key: string, phone: string): string {
  const post = (path: string, body: string) =>
    `curl -s ${url}${path} -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d "${body}"`;
  const tokenize = post("/v1/tokens", String.raw`{\"identifiers\":[{\"type\":\"msisdn\",\"value\":\"${phone}\"}]}`);
  return post("/v1/checks", String.raw`{\"token\":\"$(${tokenize} | grep -o 'BST-[^\"]*')\",\"purpose\":\"login\"}`);
}

function instructions({ url }: System, { apiKey, testKey }: DemoOperator, activation: string | null): string {
  return [
    "",
    `NSER ready ${url}`,
    "",
    `  1. Exclude yourself     ${url}/exclude  with the number ${PHONE}, or as a phone without a browser: ${url}/dev/ussd`,
    `  2. Its code appears at  ${url}/dev/sms`,
    `  3. Check the number, "clear" before and "excluded" after:`,
    `     ${checkOf(url, apiKey, PHONE)}; echo`,
    `     The same in the sandbox (docs/operators.md), where test persons stand in for people and this one is "excluded":`,
    `     ${checkOf(url, testKey, TEST_PHONE)}; echo`,
    `  4. The administrator's side: npm run admin${url.endsWith(`:${PORT}`) ? "" : ` -- --url ${url}`}`,
    ...(activation === null ? [] : [
      `     Its pages: ${url}/activate  once, within 72 hours of the first start, with the number 0700000001 and`,
      `     ${activation}`,
      `     then ${url}/sign-in and ${url}/staff`,
    ]),
    `  5. Tokens without showing identifiers (docs/blind-issuance.md); the key to pin here:`,
    `     ${blindKeyOf(secrets)}`,
    `  6. Stop with Ctrl-C. A second start keeps the data; npm start -- --fresh begins anew.`,
    "",
  ].join("\n");
}
