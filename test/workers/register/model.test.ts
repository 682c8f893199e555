import fc from "fast-check";
import { expect, test } from "vitest";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { POLICIES, POLICY_CODES, type PolicyCode, term } from "../../../src/domains/exclusions/policies.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, type Instant } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aCommand, excluded, inside, phone, typed } from "./support.ts";

/** Somebody's promises since they last had none, and the documents they typed meanwhile. */
interface Episode {
  /** `until`: how long the promise excludes, for ever where it waits for the person; `end`: what the receipt says. */
  promises: { until: number; end: number }[];
  documents: Map<number, { held: boolean; until: Instant }>;
}

/** The law in one line: whoever has a promise that still runs is excluded, and nobody else. No counts, no states, no rows. */
class Naive {
  now = START;
  readonly episodes = new Map<number, Episode>();

  running(number: number): Episode | null {
    const episode = this.episodes.get(number);
    return episode?.promises.some(({ until }) => until > this.now) ? episode : null;
  }

  promise(number: number, policy: PolicyCode): void {
    const episode: Episode = this.running(number) ?? { promises: [], documents: new Map() };
    const end = term(POLICIES[policy], this.now).endsAt ?? Infinity;
    episode.promises.push({ end, until: POLICIES[policy].endMode === "confirmed" ? Infinity : end });
    this.episodes.set(number, episode);
  }

  type(number: number, document: number): void {
    const { documents } = this.running(number)!;
    if (documents.has(document)) return;
    const another = [...documents.values()].some(({ held, until }) => held || until > this.now);
    const behind = [...this.episodes.keys()].filter((other) => this.covers(other, document)).length;
    documents.set(document, { held: another || behind >= 3, until: this.now + 14 * DAY });
  }

  covers(number: number, document: number): boolean {
    const stated = this.running(number)?.documents.get(document);
    return stated !== undefined && !stated.held && stated.until > this.now;
  }

  /** The latest end promised to somebody who is excluded. */
  promisedEnd(number: number): number | null {
    const episode = this.running(number);
    return episode && Math.max(...episode.promises.map(({ end }) => end));
  }

  excluded(): string[] {
    const everyone = [...this.episodes.keys()].filter((number) => this.running(number));
    const documents = everyone.flatMap((number) =>
      [...this.running(number)!.documents.keys()].filter((document) => this.covers(number, document)));
    const all: StatedIdentifier[] = [...everyone.map(phone), ...documents.map((number) => typed(number))];
    return [...new Set(all.map(({ p }) => toHex(p)))].toSorted();
  }
}

const aPhone = fc.integer({ min: 1, max: 5 });
const aPolicy = fc.constantFrom(...POLICY_CODES);
// One document is typed far more often than the others, and most waits are short, so that many stand behind it at once.
const aDocument = fc.constantFrom(null, 1, 1, 1, 2, 3);
const aWait = fc.constantFrom(1, HOUR, DAY, DAY, 6 * DAY, 6 * DAY, 14 * DAY, 31 * DAY, 400 * DAY);
const act = <Act extends string>(name: Act) => fc.constant(name);
const aStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: act("register"), phone: aPhone, policy: aPolicy, document: aDocument }) },
  { weight: 2, arbitrary: fc.record({ act: act("extend"), phone: aPhone, policy: aPolicy }) },
  { weight: 4, arbitrary: fc.record({ act: act("wait"), ms: aWait }) },
  { weight: 1, arbitrary: fc.record({ act: act("repeat") }) },
);
type Step =
  | { act: "register"; phone: number; policy: PolicyCode; document: number | null }
  | { act: "extend"; phone: number; policy: PolicyCode }
  | { act: "wait"; ms: number }
  | { act: "repeat" };

type Subject = Parameters<Parameters<typeof inside>[0]>[0];

/** Takes every step in the Register and in the model, and compares whom they exclude after each. */
async function walk(steps: readonly Step[], register: Subject): Promise<void> {
  const naive = new Naive();
  let again = async (): Promise<void> => {};
  for (const step of steps) {
    if (step.act === "repeat") await again();
    else again = (await take(step, register, naive)) ?? again;
    expect(await excluded(register.api)).toEqual(naive.excluded());
  }
  for (const number of naive.episodes.keys()) await compareEnds(number, register, naive);
}

async function take(step: Exclude<Step, { act: "repeat" }>, { api, goTo }: Subject, naive: Naive) {
  if (step.act === "wait") return void (await goTo((naive.now += step.ms)));
  if (step.act === "register") {
    const command = aCommand(step.policy, phone(step.phone), step.document ? [typed(step.document)] : []);
    const result = await api.register(command);
    naive.promise(step.phone, step.policy);
    if (step.document) naive.type(step.phone, step.document);
    return async () => expect(await api.register(command)).toEqual(result);
  }
  const command = { commandId: crypto.randomUUID(), channel: "web" as const, policy: step.policy, phone: phone(step.phone).p };
  const result = await api.extend(command);
  expect(result.ok).toBe(naive.running(step.phone) !== null);
  if (!result.ok) return;
  naive.promise(step.phone, step.policy);
  return async () => expect(await api.extend(command)).toEqual(result);
}

async function compareEnds(number: number, { api }: Subject, naive: Naive): Promise<void> {
  const [newest] = await api.exclusionsOf(phone(number).p);
  const end = naive.promisedEnd(number);
  expect(newest?.state).toBe(end === null ? "ended" : "active");
  if (end !== null) expect(newest?.endsAt ?? Infinity).toBe(end);
}

test("any order of commands and time: whoever was promised is excluded, and the log tells replicas exactly that", async () => {
  const sequences = fc.asyncProperty(fc.array(aStep, { minLength: 8, maxLength: 24 }), (steps) =>
    inside((register) => walk(steps, register)));
  await fc.assert(sequences, { numRuns: 300 });
}, 120_000);
