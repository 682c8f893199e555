import { sha256 } from "@noble/hashes/sha2.js";
import type { Register } from "../../workers/register/register.ts";
import type { Kind } from "../bst/kinds.ts";
import { formatToken } from "../bst/text.ts";
import type { Outcome } from "../check/decide.ts";
import { type PresentedKey, readKey } from "../check/directory.ts";
import { type Purpose, PURPOSES } from "../check/question.ts";
import type { RegisterCommand, StatedIdentifier } from "../domains/exclusions/model.ts";
import { toHex, utf8 } from "../kernel/bytes.ts";
import { SECOND } from "../kernel/clock.ts";
import type { Draw } from "./draw.ts";
import type { Isolate } from "./isolate.ts";
import type { Node } from "./node.ts";
import { HOME } from "./rtt.ts";
import { Life } from "./schedule.ts";
import { type Asked, faultOf } from "./truth.ts";
import { keyring } from "./secrets.ts";
import type { World } from "./world.ts";

/** Somebody with a phone, and an ID document they may state. */
interface Person {
  phone: Identifier;
  document: Identifier;
}

export interface Identifier {
  kind: Kind;
  p: Uint8Array;
  hex: string;
}

export interface Operator {
  id: string;
  keys: { id: string; key: PresentedKey }[];
}

const PEOPLE = 40;
const KEYS_EACH = 2;
const RETRY_MS = 900;
const TRIES = 8;

export const identifier = (kind: Kind, name: string): Identifier => {
  const p = sha256(utf8(name)).slice(0, 16);
  return { kind, p, hex: toHex(p) };
};

const person = (n: number): Person => ({ phone: identifier("msisdn", `phone ${n}`), document: identifier("national_id", `document ${n >> 1}`) });

/** The same people in every run: their pseudonyms are chance already. */
const EVERYBODY = Array.from({ length: PEOPLE }, (_, n) => person(n));

/** What people, operators and their servers do. */
export class Workload {
  /** Checks that nobody answered, by the true time they were asked. */
  readonly unanswered: { at: number; isolate: Isolate }[] = [];
  readonly #world: World;
  readonly draw: Draw;
  readonly #origin: Node;
  readonly operators: Operator[] = [];
  readonly #tokens = new Map<string, string>();
  /** Who was excluded or released last: what of them is asked shows who is late. */
  readonly #recent: Person[] = [EVERYBODY[0]!];
  #commands = 0;

  constructor(world: World) {
    this.#world = world;
    this.draw = world.draw.fork("workload");
    this.#origin = world.node("origin", HOME);
  }

  /** Enrols operators with their keys; then anything may be asked. */
  async begin(): Promise<void> {
    for (const requiredKinds of [[], ["msisdn" as const]]) {
      const commandId = this.#commandId();
      const enrolled = await this.insist((register) => register.enrolOperator({ commandId, fingerprint: "", name: "Bets", requiredKinds }));
      if (!enrolled.ok) throw new Error(enrolled.refusal);
      const operator: Operator = { id: enrolled.operator.id, keys: [] };
      for (let n = 0; n < KEYS_EACH; n++) await this.#issueKey(operator);
      this.operators.push(operator);
    }
  }

  async #issueKey(operator: Operator): Promise<void> {
    const key = readKey(`Bearer sk_live_${operator.id}_${toHex(this.draw.bytes(16))}`)!;
    const command = { commandId: this.#commandId(), fingerprint: "", operator: operator.id, hash: key.hash, sealedReply: new Uint8Array(1) };
    const issued = await this.insist((register) => register.issueKey(command));
    if (issued.ok) operator.keys.push({ id: issued.keyId, key });
  }

  /** Somebody excludes themself: somebody new, or once more. */
  exclude(): void {
    const who = this.draw.pick(EVERYBODY);
    const identifiers: RegisterCommand["identifiers"] = [{ p: who.phone.p, kind: "msisdn", evidence: "code" }];
    if (this.draw.chance(0.4)) identifiers.push({ p: who.document.p, kind: "national_id", evidence: "typed" } satisfies StatedIdentifier);
    const policy = this.draw.chance(0.7) ? "24h" : "6m";
    const command: RegisterCommand = { commandId: this.#commandId(), policy, channel: "web", identifiers, box: null };
    void this.insist((register) => register.register(command)).then(() => this.#world.trace.count("a registration acknowledged"), () => undefined);
    this.lookAt(who);
  }

  /** An operator's key leaks: it is revoked. */
  revokeAKey(): void {
    const operator = this.draw.pick(this.operators);
    const { id } = this.draw.pick(operator.keys);
    const command = { operator: operator.id, keyId: id };
    void this.insist((register) => register.revokeKey(command)).then(() => this.#world.trace.count("a key revoked"), () => undefined);
  }

  /** Whoever asks soon asks about them. */
  lookAt(who: Person): void {
    this.#recent.push(who);
    if (this.#recent.length > 4) this.#recent.shift();
  }

  /** One check by an operator's server, about somebody who is likely to have changed. */
  check(isolate: Isolate): void {
    const operator = this.draw.pick(this.operators);
    if (!operator) return;
    const { key } = this.draw.pick(operator.keys);
    const who = this.draw.pick(this.draw.chance(0.7) ? this.#recent : EVERYBODY);
    const asked = this.draw.chance(0.3) ? [who.phone, who.document] : [this.draw.chance(0.8) ? who.phone : who.document];
    const tokens = asked.map((one) => this.token(operator, one));
    const readable = !this.draw.chance(0.02);
    if (!readable) tokens.push(tokens[0]!.slice(0, -1));
    const question = { tokens, purpose: this.draw.pick<Purpose>(PURPOSES) };
    this.#ask(isolate, key, question, { keyHash: key.hash, people: asked.map(({ hex }) => hex), readable });
  }

  #ask(isolate: Isolate, key: PresentedKey, question: { tokens: string[]; purpose: Purpose }, asked: Asked): void {
    const { schedule, network } = this.#world;
    const at = schedule.now;
    // With the network, callers lose patience too.
    const patience = this.draw.chance(network.weather.lost / 2) ? this.draw.between(0, SECOND) : Infinity;
    isolate.check(key, question, (outcome) => this.#judge(isolate, asked, outcome, at), (error) => this.#world.breach(`a check broke: ${String(error)}`), patience);
  }

  #judge(isolate: Isolate, asked: Asked, outcome: Outcome, askedAt: number): void {
    const { trace, truth, schedule } = this.#world;
    const said = outcome.ok ? `${outcome.answer.decision} ${outcome.answer.maxStalenessMs}` : outcome.problem;
    trace.note(isolate.node.name, "answers", `${asked.people[0]!.slice(0, 6)} ${said}`);
    trace.count(`answered ${outcome.ok ? outcome.answer.decision : outcome.problem}`);
    trace.count(askedAt === schedule.now ? "answered from memory" : "answered by asking");
    if (outcome.ok && outcome.answer.maxStalenessMs > 5 * SECOND) trace.count("excluded on a lease that ran out");
    if (!outcome.ok && outcome.problem === "indeterminate") this.unanswered.push({ at: askedAt, isolate });
    const fault = faultOf(truth, asked, outcome, schedule.now);
    if (fault) this.#world.breach(`${fault}: ${isolate.node.name} in ${isolate.node.region} of ${asked.people.join(" ")}: ${JSON.stringify(outcome)}`);
  }

  token(operator: Operator, { kind, p, hex }: Identifier): string {
    const name = `${operator.id} ${kind} ${hex}`;
    let token = this.#tokens.get(name);
    if (!token) {
      const body = keyring.sealer("1", { operator: operator.id, epoch: 0, kind, generation: 0 }).seal(p);
      this.#tokens.set(name, (token = formatToken({ kind, epoch: 0, generation: 0, body })));
    }
    return token;
  }

  #commandId = (): string => `command-${++this.#commands}`;

  /** Sends a command until it is answered; a caller that never hears gives up, not knowing. */
  async insist<T>(act: (register: Register) => Promise<T>): Promise<T> {
    const { register, schedule } = this.#world;
    schedule.life = new Life();
    for (let tries = 1; ; tries++) {
      try {
        return await register.call(this.#origin, "command", act);
      } catch (error) {
        if (tries === TRIES) throw error;
        await schedule.wait(RETRY_MS);
      }
    }
  }
}
