import { SCENARIOS } from "../../../client/conformance/index.ts";
import { systemActor } from "../../../kernel/actor.ts";
import { fromUtf8 } from "../../../kernel/bytes.ts";
import { MINUTE, SECOND } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { certify } from "./certify.ts";
import { newSecret } from "../feed/endpoints/sign.ts";
import { send } from "../feed/endpoints/send.ts";
import { type AdapterAnswer, countedSince, judge } from "./model.ts";
import { type ConformanceParts, secretPlace } from "./parts.ts";
import { abandonedRuns, resultsOf, runById, type StoredResult, type StoredRun, updateResult, updateRun } from "./store.ts";

const AT_ONCE = 6;
/** What is done after an answer ends after half a minute; the next minute goes on. */
const LONGEST_MS = 25 * SECOND;
/** An integration asks again for as long as its client does. */
const TIMEOUT_MS = 15 * SECOND;
/** How old a message is that nobody may believe. */
const OLD_MS = 10 * MINUTE;
/** Counts of checks leave the edge within ten seconds, and queues take their time. */
const COUNTED_MS = MINUTE;
const LOOK_MS = 2 * SECOND;

const ACTOR = systemActor("conformance");

/** Carries a run on until it is over or this has taken long enough. What it asked and could not write down is asked again. */
export async function carryRun(parts: ConformanceParts, id: string): Promise<void> {
  const end = parts.clock() + LONGEST_MS;
  while (parts.clock() < end) {
    const run = await runById(parts.office, id);
    if (run?.state !== "running") return;
    const results = await resultsOf(parts.office, id);
    const waiting = results.filter(({ at }) => at === null);
    const done = waiting.length > 0 && parts.clock() < run.endsBy ? await askSome(parts, run, waiting.slice(0, AT_ONCE)) : await finish(parts, run, results);
    if (!done) return;
  }
}

/** Runs that were left: each minute. */
export async function carryAbandoned(parts: ConformanceParts): Promise<void> {
  for (const { id } of await abandonedRuns(parts.office, parts.clock() - MINUTE)) await carryRun(parts, id).catch(parts.report);
}

/** Asks some, all at once, and writes down what came. False when another wrote meanwhile. */
async function askSome(parts: ConformanceParts, run: StoredRun, some: readonly StoredResult[]): Promise<boolean> {
  const { office, random, clock } = parts;
  const judged = await Promise.all(some.map(async ({ scenario, place }) => ({ scenario, place, ...judge(scenario, await ask(parts, run, scenario, place)) })));
  const now = clock();
  const done = await commit(office, {
    actor: ACTOR,
    rows: [updateRun(office.primary, run, {}, ACTOR, now), ...judged.map(({ place, came, passed }) => updateResult(office.primary, { run: run.id, place }, { came, passed }, now))],
    audit: { action: "conformance-run.asked", resource: `conformance-run/${run.id}`, payload: { operator: run.operator, results: judged.map(({ scenario, came }) => ({ scenario, came })) } },
    answer: {},
  }, { now, random });
  return done.ok;
}

async function ask({ sending, envelope, random }: ConformanceParts, run: StoredRun, scenario: string, place: number): Promise<AdapterAnswer> {
  // A message that must be refused asks what would be answered.
  const { identifiers, purpose } = SCENARIOS.find(({ id }) => id === scenario) ?? SCENARIOS[0]!;
  const secret = scenario === "signed/forged" ? newSecret(random) : fromUtf8(envelope.open(run.secret!, secretPlace(run.id)));
  const clock = scenario === "signed/old" ? () => sending.clock() - OLD_MS : sending.clock;
  const message = { url: run.address, id: `${run.id}.${place}`, body: JSON.stringify({ identifiers, purpose }), secrets: [secret], timeoutMs: TIMEOUT_MS };
  let body = "";
  const { status } = await send({ ...sending, clock }, message, (said) => {
    body = said;
    return true;
  });
  return status === null ? null : { status, body };
}

/** Ends a run: passed when every scenario was, and then certified. What nobody asked was not passed. */
async function finish(parts: ConformanceParts, run: StoredRun, results: readonly StoredResult[]): Promise<boolean> {
  const { office, random, clock } = parts;
  const right = results.filter(({ passed }) => passed).length;
  const testChecks = await counted(parts, run);
  const now = clock();
  // Who answered without asking the edge knew the answers.
  const certificate = right === results.length && testChecks !== 0 ? await certify(parts, run, { scenarios: right, ended: now, testChecks }) : null;
  const state = certificate === null ? "failed" : "passed";
  const done = await commit(office, {
    actor: ACTOR,
    rows: [updateRun(office.primary, run, { state, endedAt: now, testChecks, certificate, secret: null }, ACTOR, now)],
    audit: { action: `conformance-run.${state}`, resource: `conformance-run/${run.id}`, payload: { operator: run.operator, kit: run.kit, passed: right, of: results.length, testChecks } },
    answer: {},
  }, { now, random });
  return done.ok;
}

/** The checks counted meanwhile: none is believed only once they had time to arrive. */
async function counted({ testChecks, clock, wait }: ConformanceParts, { operator, checksBefore }: StoredRun): Promise<number | null> {
  for (const until = clock() + COUNTED_MS; ; await wait(LOOK_MS)) {
    const count = countedSince(checksBefore, await testChecks(operator));
    if (count !== 0 || clock() >= until) return count;
  }
}
