import fc from "fast-check";
import { expect, test } from "vitest";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { type ChosenPolicy, POLICIES, POLICY_CODES, term } from "../../../src/domains/exclusions/policies.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, type Instant } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aCommand, excluded, inside, phone, typed } from "./support.ts";

/** Somebody's promises since they last had none, and the documents they typed meanwhile. */
interface Episode {
  /** `until`: how long the promise excludes, for ever where it waits for the person; `end`: what the receipt says. */
  promises: { until: number; end: number }[];
  documents: Map<number, { held: boolean; until: Instant; verified: boolean }>;
  /** When the phone was proven for it. */
  since: Instant;
}

/** The law in one line: whoever has a promise that still runs is excluded, and nobody else. No counts, no states, no rows. */
class Naive {
  now = START;
  /** By who holds the phone now. */
  readonly episodes = new Map<number, Episode>();
  /** Of those who lost their phone. */
  readonly left: Episode[] = [];
  /** What anybody who holds the phone ever stated, also in what is over. */
  readonly stated = new Map<number, Map<number, boolean>>();

  runs(episode: Episode | undefined): episode is Episode {
    return episode?.promises.some(({ until }) => until > this.now) ?? false;
  }

  running(number: number): Episode | null {
    const episode = this.episodes.get(number);
    return this.runs(episode) ? episode : null;
  }

  promise(number: number, policy: ChosenPolicy): void {
    const episode: Episode = this.running(number) ?? { promises: [], documents: new Map(), since: this.now };
    const end = term(POLICIES[policy], this.now).endsAt ?? Infinity;
    episode.promises.push({ end, until: POLICIES[policy].endMode === "confirmed" ? Infinity : end });
    this.episodes.set(number, episode);
  }

  type(number: number, document: number): void {
    const { documents } = this.running(number)!;
    if (documents.has(document)) return;
    const another = [...documents.values()].some(({ held, until, verified }) => held || verified || until > this.now);
    documents.set(document, { held: another || this.behind(document) >= 3, until: this.now + 14 * DAY, verified: false });
    this.everStated(number).set(document, this.everStated(number).get(document) ?? false);
  }

  /** The registry knows the document; whether it is firm then. */
  confirm(number: number, document: number): boolean {
    const documents = this.running(number)?.documents;
    const stated = documents?.get(document);
    if (!documents || !stated) return false;
    const anotherVerified = [...documents.values()].some(({ verified }) => verified);
    if (stated.held && (anotherVerified || this.behind(document) >= 3)) return false;
    documents.set(document, { held: false, until: Infinity, verified: true });
    this.everStated(number).set(document, true);
    return true;
  }

  /** Somebody else has the phone by now, with a document; whether the register lets it go, by itself or by an officer. */
  release(number: number, document: number, by: "registry" | "officer"): boolean {
    const episode = this.episodes.get(number);
    const stated = this.everStated(number);
    if (!episode || stated.has(document)) return false;
    if (by === "registry" && (![...stated.values()].includes(true) || this.now < episode.since + 90 * DAY)) return false;
    this.left.push(episode);
    this.episodes.delete(number);
    this.stated.delete(number);
    return true;
  }

  everStated(number: number): Map<number, boolean> {
    const stated = this.stated.get(number) ?? new Map<number, boolean>();
    this.stated.set(number, stated);
    return stated;
  }

  everybody = (): Episode[] => [...this.episodes.values(), ...this.left].filter((episode) => this.runs(episode));

  behind = (document: number): number => this.everybody().filter((episode) => this.covers(episode, document)).length;

  covers({ documents }: Episode, document: number): boolean {
    const stated = documents.get(document);
    return stated !== undefined && !stated.held && stated.until > this.now;
  }

  /** The latest end promised to somebody who is excluded. */
  promisedEnd(number: number): number | null {
    const episode = this.running(number);
    return episode && Math.max(...episode.promises.map(({ end }) => end));
  }

  excluded(): string[] {
    const holders = [...this.episodes.keys()].filter((number) => this.running(number));
    const documents = this.everybody().flatMap((episode) => [...episode.documents.keys()].filter((document) => this.covers(episode, document)));
    const all: StatedIdentifier[] = [...holders.map(phone), ...documents.map((number) => typed(number))];
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
  { weight: 2, arbitrary: fc.record({ act: act("confirm"), phone: aPhone, document: fc.constantFrom(1, 1, 2, 3) }) },
  { weight: 1, arbitrary: fc.record({ act: act("release"), phone: aPhone, document: fc.constantFrom(1, 2, 9), by: fc.constantFrom("registry", "officer") }) },
  { weight: 1, arbitrary: fc.record({ act: act("repeat") }) },
);
type Release = { act: "release"; phone: number; document: number; by: "registry" | "officer" };
type Step =
  | { act: "register"; phone: number; policy: ChosenPolicy; document: number | null }
  | { act: "extend"; phone: number; policy: ChosenPolicy }
  | { act: "wait"; ms: number }
  | { act: "confirm"; phone: number; document: number }
  | Release
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
  if (step.act === "confirm") return confirm(step, api, naive);
  if (step.act === "release") return release(step, api, naive);
  const command = { commandId: crypto.randomUUID(), channel: "web" as const, policy: step.policy, phone: phone(step.phone).p };
  const result = await api.extend(command);
  expect(result.ok).toBe(naive.running(step.phone) !== null);
  if (!result.ok) return;
  naive.promise(step.phone, step.policy);
  return async () => expect(await api.extend(command)).toEqual(result);
}

type Api = Subject["api"];

async function confirm(step: { phone: number; document: number }, api: Api, naive: Naive) {
  const personId = await api.holderOf(phone(step.phone).p);
  if (personId === null) return;
  const command = { commandId: crypto.randomUUID(), personId, p: typed(step.document).p };
  const result = await api.confirm(command);
  expect(result.ok && result.standing === "firm").toBe(naive.confirm(step.phone, step.document));
  if (result.ok) return async () => expect(await api.confirm(command)).toEqual(result);
}

async function release({ phone: number, document: claimed, by }: Release, api: Api, naive: Naive) {
  const document = { kind: "national_id" as const, p: typed(claimed).p };
  const command = { commandId: crypto.randomUUID(), phone: phone(number).p, document, by, box: new Uint8Array(1) };
  const result = await api.releasePhone(command);
  expect(result.ok).toBe(naive.release(number, claimed, by));
  if (result.ok) return async () => expect(await api.releasePhone(command)).toEqual(result);
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
