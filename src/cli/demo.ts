/** `npm run demo`: boots a register of its own, walks the main job through the public doors, and says whether each step was right. */
import { blindTokens } from "../client/blind.ts";
import { Citizen, enrolOperator, FeaturePhone, issueKey, messagesTo, OperatorServer } from "./doors.ts";
import { blindKeyOf, drawSecrets } from "./secrets.ts";
import { startSystem } from "./system.ts";

const PHONE = "0712345678";
const OTHER = "0722000111";
const DIALLED = "0733000222";
const ID = "12345678";

interface Step {
  name: string;
  answer: string;
  right: boolean;
  ms: number;
}

const secrets = drawSecrets();
const bootedAt = performance.now();
const system = await startSystem({ secrets });
const steps: Step[] = [];

async function step(name: string, expected: string | RegExp, act: () => Promise<string>): Promise<void> {
  const startedAt = performance.now();
  const answer = await act().catch((error: Error) => `failed: ${error.message}`);
  const right = typeof expected === "string" ? answer === expected : expected.test(answer);
  steps.push({ name, answer, right, ms: performance.now() - startedAt });
}

try {
  const { url } = system;
  console.log(`A register of its own at ${url}, up after ${Math.round(performance.now() - bootedAt)} ms.\n`);
  const acme = await enrolOperator(url, await system.administrator(), "Acme Bets");
  const rival = await enrolOperator(url, await system.administrator(), "Rival Bets");
  const server = new OperatorServer(url, acme.apiKey);
  const rivalServer = new OperatorServer(url, rival.apiKey);
  const citizen = new Citizen(url);
  let [token, otherToken, idToken, rivalToken, reference] = ["", "", "", "", ""];

  await step("operator turns the customer's phone into a token", /^BST-3/, async () => (token = await server.tokenize(PHONE)));
  await step("the same phone is another token for another operator", "two tokens", async () => {
    rivalToken = await rivalServer.tokenize(PHONE);
    return rivalToken === token ? "one token" : "two tokens";
  });
  await step("the same token without showing the phone (RFC 9497)", "the same token", async () => {
    const [blind] = await blindTokens({ url, key: acme.apiKey, publicKey: blindKeyOf(secrets) }, [{ type: "msisdn", value: PHONE }]);
    return blind!.token === token ? "the same token" : "another token";
  });
  await step("check at login", "clear", async () => (await server.check(token)).word);
  await step("check again, now from the edge's memory", "clear", async () => (await server.check(token)).word);
  await step("another operator's token", "token-invalid", async () => (await server.check(rivalToken)).word);
  await step("a mistyped token", "token-invalid", async () => (await server.check(token.replace(/.$/, "0"))).word);
  await step("a wrong key", "unauthenticated", async () => (await new OperatorServer(url, `${acme.apiKey}0`).check(token)).word);
  await step("a test key: a test person who is excluded", "excluded", async () => {
    const sandbox = new OperatorServer(url, await issueKey(url, await system.administrator(), acme.id, { mode: "test" }));
    const tested = await sandbox.tokenize("0700000002");
    await sandbox.until(tested, "excluded");
    return (await sandbox.check(tested)).word;
  });
  await step("citizen opens the form, chooses 6 months, types phone and ID", /^NSER: .*\d{6}/, async () => {
    await citizen.ask({ policy: "6m", phone: PHONE, document: { kind: "national_id", value: ID } });
    return (await messagesTo(url, `+254${PHONE.slice(1)}`))[0] ?? "no SMS";
  });
  await step("a check before the code is typed", "clear", async () => (await server.check(token)).word);
  await step("citizen types the code: receipt", /^NSER-/, async () => (reference = await citizen.confirm(await citizen.code(PHONE))));
  const committedAt = performance.now();
  let propagationMs = 0;
  await step("commit → first `excluded` at the edge", "excluded", async () => {
    propagationMs = await server.until(token, "excluded", committedAt);
    return "excluded";
  });
  await step("at the other operator too", "excluded", async () => (await rivalServer.check(rivalToken)).word);
  await step("by the ID that was only typed", "excluded", async () => {
    idToken = await server.tokenize(ID, "national_id");
    return (await server.check(idToken)).word;
  });
  await step("for marketing", "excluded", async () => (await server.check(token, "marketing")).word);
  await step("for a payout: excluded, and the money must go out", "excluded, must pay", async () => {
    const { word, body } = await server.check(token, "payout");
    return body.mustPay ? `${word}, must pay` : word;
  });
  await step("somebody else", "clear", async () => {
    otherToken = await server.tokenize(OTHER);
    return (await server.check(otherToken)).word;
  });
  await step("confirmation by SMS, in discreet words", "names the reference", () => discreetNotice(reference));
  await step("citizen looks at their exclusion with a fresh code", "in force", async () =>
    (await new Citizen(url).enter(PHONE)).includes("In force") ? "in force" : "not in force");
  await step("the same person again for 24 hours: nothing is shortened", "the same receipt", async () => {
    const again = new Citizen(url);
    return (await again.exclude({ policy: "24h", phone: PHONE })) === reference ? "the same receipt" : "another receipt";
  });
  await step("and remains", "excluded", async () => (await server.check(token)).word);

  const feature = new FeaturePhone(url, DIALLED);
  const dialledToken = await server.tokenize(DIALLED);
  await step("a phone without a browser dials: the menu, in Swahili", /^CON NSER: acha kamari/, () => feature.dial());
  await step("one digit: 24 hours, in force, no code", /^CON Tayari: umezuiwa hadi/, () => feature.press("1"));
  await step("the operator's check of that phone", "excluded", async () => {
    await server.until(dialledToken, "excluded");
    return (await server.check(dialledToken)).word;
  });
  await step("longer in the same session: 7 days, confirmed", /^END Tayari: umezuiwa hadi .*NSER-/s, async () => {
    await feature.press("1");
    return feature.press("1");
  });
  await step("the SMS that confirms it, in discreet words", "names the reference", async () => {
    const shown = await feature.dial().then(() => feature.press("3"));
    return discreetNotice(/NSER-\w{10}/.exec(shown)?.[0] ?? "no reference", DIALLED);
  });
  await step("by SMS, where dialling is not possible: HALI", /^NSER: inatumika hadi/, async () => {
    await feature.send("HALI");
    return (await feature.messages())[0] ?? "no SMS";
  });

  async function discreetNotice(named: string, phone = PHONE): Promise<string> {
    for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const notice = (await messagesTo(url, `+254${phone.slice(1)}`)).find((message) => message.includes(named));
      if (notice) return /gambl|bet|casino/i.test(notice) ? `indiscreet: ${notice}` : "names the reference";
    }
    return "no SMS within 10 s";
  }

  print(steps);
  console.log(`\ncommit → first \`excluded\` at the edge: ${Math.round(propagationMs)} ms`);
} finally {
  await system.stop();
}
const wrong = steps.filter(({ right }) => !right).length;
console.log(wrong === 0 ? `All ${steps.length} steps right.` : `${wrong} of ${steps.length} steps wrong.`);
process.exit(wrong === 0 ? 0 : 1);

function print(rows: readonly Step[]): void {
  const onOneLine = (text: string) => text.replaceAll("\n", " · ");
  const shorten = (text: string) => (text.length > 52 ? `${text.slice(0, 51)}…` : text);
  const widest = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, answer, right, ms } of rows) {
    console.log(`${right ? "✓" : "✗"} ${name.padEnd(widest)}  ${shorten(onOneLine(answer)).padEnd(52)} ${ms.toFixed(0).padStart(6)} ms`);
  }
}
