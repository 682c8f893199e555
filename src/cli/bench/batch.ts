/** A batch of a thousand checks over HTTP, in workerd on a socket of its own. */
import { randomBytes } from "node:crypto";
import { Keyring } from "../../bst/keyring.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { formatToken } from "../../bst/text.ts";
import { Citizen, enrolOperator, OperatorServer, UNLIMITED } from "../doors.ts";
import { Load } from "../load.ts";
import { pinApart, unpin } from "../pin.ts";
import { quartiles, type Quartiles } from "../quartiles.ts";
import { drawSecrets, type Secrets } from "../secrets.ts";
import { startSystem } from "../system.ts";
import { count, type Length, type Report, spread } from "./report.ts";

const CHECKS = 1_000;
const CONNECTIONS = 4;
/** What the key may ask: more than there is to be had. */
const PER_SECOND = 10_000_000;
/** The requests of a round over every connection. */
const REQUESTS_EACH = 20;
const PHONES = ["0712345601", "0712345602", "0712345603"];

/** `npm run bench -- batch`: tokens answered per second through batches of a thousand, a few of them excluded. Each answer is verified. */
export async function batch(length: Length): Promise<Report> {
  const rounds = { short: 3, full: 21 }[length];
  const batchTokensPerSecond = await measure(rounds);
  return {
    title: "Many checks in one request",
    method: `Batches of ${count(CHECKS)} tokens over ${CONNECTIONS} connections on a direct socket, one workerd on one core, ${rounds} rounds.`,
    head: ["what", "figure", "beside it"],
    rows: [["tokens answered through `POST /v1/checks/batch`", `${spread(batchTokensPerSecond, count)}/s`, "target: 150,000/s"]],
    notes: [],
    faults: [],
    figures: { batchTokensPerSecond },
  };
}

async function measure(rounds: number): Promise<Quartiles> {
  const secrets = drawSecrets();
  const system = await startSystem({ secrets, vars: { origin: { KEY_MAX_PER_SECOND: String(PER_SECOND) } } });
  try {
    const { id, apiKey } = await enrolOperator(system.url, await system.administrator(), "Bench Bets", { ...UNLIMITED, perSecond: PER_SECOND });
    const edge = await system.direct("edge");
    const server = new OperatorServer(system.url, apiKey, edge);
    for (const phone of PHONES) await new Citizen(system.url).exclude({ policy: "24h", phone });
    const excluded = await Promise.all(PHONES.map((phone) => server.tokenize(phone)));
    for (const token of excluded) await server.until(token, "excluded");
    const tokens = [...excluded, ...strangers(secrets, id, CHECKS - excluded.length)];
    const load = await Load.open({
      url: `${edge}/v1/checks/batch`,
      headers: { "authorization": `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ purpose: "marketing", checks: tokens.map((token) => ({ token })) }),
      verify: verifier(excluded.length),
    }, CONNECTIONS);
    pinApart();
    const rates: number[] = [];
    for (let round = -2; round < rounds; round++) {
      const ms = await load.burst(REQUESTS_EACH);
      if (round >= 0) rates.push((CONNECTIONS * REQUESTS_EACH * CHECKS * 1_000) / ms);
    }
    load.close();
    return quartiles(rates, 0);
  } finally {
    unpin();
    await system.stop();
  }
}

/** Tokens of people the register knows nothing of. */
function strangers({ edge }: Secrets, operator: string, count: number): string[] {
  const sealer = new Keyring(parsePairKeys(edge.PAIR_KEYS!)).sealer("1", { operator, epoch: 0, kind: "msisdn", generation: 0 });
  return Array.from({ length: count }, () =>
    formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(new Uint8Array(randomBytes(16))) }));
}

const verifier = (excluded: number) => (answer: string): void => {
  const counted = (word: string) => answer.split(`{"decision":"${word}"`).length - 1;
  if (counted("excluded") !== excluded || counted("clear") !== CHECKS - excluded) throw new Error(`a wrong answer: ${answer.slice(0, 500)}`);
};
