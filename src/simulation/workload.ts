import type { Register } from "../../workers/register/register.ts";
import type { Outcome } from "../check/decide.ts";
import { type PresentedKey, readKey } from "../check/directory.ts";
import { type Purpose, PURPOSES, type Question } from "../check/question.ts";
import type { RegisterCommand } from "../domains/exclusions/model.ts";
import type { Lineage } from "../bst/lineage.ts";
import { systemActor } from "../kernel/actor.ts";
import { toHex } from "../kernel/bytes.ts";
import { SECOND } from "../kernel/clock.ts";
import type { Draw } from "./draw.ts";
import type { Isolate } from "./isolate.ts";
import type { Node } from "./node.ts";
import { EVERYBODY, type Identifier, NEW_OWNER, type Operator, type Person, Tokens } from "./people.ts";
import { HOME } from "./rtt.ts";
import { Life } from "./schedule.ts";
import { type Asked, faultOf } from "./truth.ts";
import type { World } from "./world.ts";

const KEYS_EACH = 2;
/** So many people are remembered to have changed lately. */
const RECENT = 4;
/** Origin tries a command again, for as long as somebody looks at a page. */
const AGAIN_MS = 900;
const TRIES = 8;

/** What people, operators and their servers do. */
export class Workload {
  /** Checks that nobody could answer, by the true time they were asked. */
  readonly unanswered: { at: number; isolate: Isolate }[] = [];
  readonly operators: Operator[] = [];
  readonly tokens = new Tokens();
  readonly #world: World;
  readonly #draw: Draw;
  readonly #origin: Node;
  /** Who was excluded last: what is asked of them shows who is late. */
  readonly #recent: Person[] = [EVERYBODY[0]!];
  /** What is learnt of identifiers is drawn apart, so that all else stays as it was. */
  readonly #learnt: Draw;
  /** What is drawn for roots is drawn apart too. */
  readonly #roots: Draw;
  readonly #epochs = new Map<string, number>();
  #isRotated = false;
  #commands = 0;

  constructor(world: World) {
    this.#world = world;
    this.#draw = world.draw.fork("workload");
    this.#learnt = world.draw.fork("identifiers");
    this.#roots = world.draw.fork("roots");
    this.#origin = world.node("origin", HOME);
  }

  /** Enrols operators with their keys; then anything may be asked. */
  async begin(): Promise<void> {
    for (const requiredKinds of [[], ["msisdn" as const]]) {
      const command = { commandId: this.#commandId(), fingerprint: "", name: "Bets", requiredKinds };
      const enrolled = await this.command((register) => register.enrolOperator(command));
      if (!enrolled.ok) throw new Error(enrolled.refusal);
      const operator: Operator = { id: enrolled.operator.id, keys: [] };
      for (let n = 0; n < KEYS_EACH; n++) await this.#issueKey(operator);
      this.operators.push(operator);
    }
  }

  async #issueKey(operator: Operator): Promise<void> {
    const key = readKey(`Bearer sk_live_${operator.id}_${toHex(this.#draw.bytes(16))}`)!;
    const command = { commandId: this.#commandId(), fingerprint: "", operator: operator.id, hash: key.hash, sealedReply: new Uint8Array(1) };
    const issued = await this.command((register) => register.issueKey(command));
    if (issued.ok) operator.keys.push({ id: issued.keyId, key });
  }

  /** Somebody excludes themself: somebody new, or once more. From now on it is them who are asked about. */
  exclude(): void {
    const who = this.#draw.pick(EVERYBODY);
    const identifiers: RegisterCommand["identifiers"] = [{ p: this.#known(who.phone), kind: "msisdn", evidence: "code" }];
    if (this.#draw.chance(0.4)) identifiers.push({ p: this.#known(who.document), kind: "national_id", evidence: "typed" });
    const policy = this.#draw.chance(0.7) ? "24h" : "6m";
    const command: RegisterCommand = { commandId: this.#commandId(), policy, channel: "web", identifiers, box: null };
    this.#carryOut("a registration acknowledged", (register) => register.register(command));
    if (this.#recent.push(who) > RECENT) this.#recent.shift();
    if (this.#learnt.chance(0.2)) this.confirm(who);
    if (this.#learnt.chance(0.1)) this.recycle(who);
  }

  /** The registry knows somebody's document, if they stated it. */
  confirm({ phone, document }: Person): void {
    const commandId = this.#commandId();
    this.#carryOut("a document confirmed", async (register) => {
      const personId = await register.holderOf(phone.lineage);
      return personId && register.confirm({ commandId, personId, p: document.lineage });
    });
  }

  /** Somebody's phone is another's by now: an officer lets it go. */
  recycle({ phone }: Person): void {
    const document = { kind: "national_id" as const, p: NEW_OWNER.lineage };
    const command = { commandId: this.#commandId(), phone: phone.lineage, document, by: "officer" as const, box: new Uint8Array(1) };
    this.#carryOut("a phone released", (register) => register.releasePhone(command));
  }

  /** The root may have leaked: everybody moves to the next. */
  rotateRoot(): void {
    const command = { commandId: this.#commandId(), fingerprint: "", actor: systemActor("simulation") };
    this.#carryOut("a rotation of the root begun", (register) => register.rotateRoot(command));
    this.#isRotated = true;
  }

  /** What origin knows of an identifier: of somebody who proved it a while ago, not yet what the newest root makes of it. */
  #known = ({ p, lineage }: Identifier): Lineage => (this.#roots.chance(0.3) ? p : lineage);

  /** An operator has tokens of before, and new ones as soon as Register gave them an epoch. */
  #epoch({ id }: Operator): number {
    if (!this.#isRotated) return 0;
    const { storage } = this.#world.register;
    const [newest] = storage.rows("select name from sqlite_master where name = 'operatorEpochs'").length > 0
      ? storage.rows("select max(epoch) from operatorEpochs where operator = ?", id)
      : [];
    const known = Math.max(this.#epochs.get(id) ?? 0, Number(newest?.[0] ?? 0));
    this.#epochs.set(id, known);
    return this.#roots.chance(0.4) ? 0 : known;
  }

  /** An operator's key leaks: it is revoked. */
  revokeAKey(): void {
    const operator = this.#draw.pick(this.operators);
    const command = { operator: operator.id, keyId: this.#draw.pick(operator.keys).id };
    this.#carryOut("a revocation acknowledged", (register) => register.revokeKey(command));
  }

  /** One check by an operator's server, about somebody who is likely to have changed. */
  check(isolate: Isolate): void {
    const operator = this.#draw.pick(this.operators);
    if (!operator) return;
    const { trace } = this.#world;
    const { key } = this.#draw.pick(operator.keys);
    const who = this.#draw.pick(this.#draw.chance(0.7) ? this.#recent : EVERYBODY);
    const asked = this.#draw.chance(0.3) ? [who.phone, who.document] : [this.#draw.chance(0.8) ? who.phone : who.document];
    const tokens = asked.map((one) => this.tokens.of(operator, one, this.#epoch(operator)));
    if (this.#epochs.get(operator.id)) trace.count("asked while an operator has tokens of a newer root");
    const readable = !this.#draw.chance(0.02);
    if (!readable) tokens.push(tokens[0]!.slice(0, -1));
    const question = { tokens, purpose: this.#draw.pick<Purpose>(PURPOSES) };
    this.#ask(isolate, key, question, { keyHash: key.hash, people: asked.map(({ hex }) => hex), readable });
  }

  /** Sends a command until it is answered. Who never hears gives up, not knowing whether it was carried out. */
  async command<T>(act: (register: Register) => Promise<T>): Promise<T> {
    const { register, schedule } = this.#world;
    schedule.life = new Life();
    for (let tries = 1; ; tries++) {
      try {
        return await register.call(this.#origin, "command", act);
      } catch (error) {
        if (tries === TRIES) throw error;
        await schedule.wait(AGAIN_MS);
      }
    }
  }

  #carryOut(what: string, act: (register: Register) => Promise<unknown>): void {
    this.command(act).then(() => this.#world.trace.count(what), () => this.#world.trace.count("a command given up"));
  }

  #ask(isolate: Isolate, key: PresentedKey, question: Question, asked: Asked): void {
    const { schedule, network } = this.#world;
    const at = schedule.now;
    // Where the network is bad, callers hang up too.
    const patience = this.#draw.chance(network.weather.lost / 2) ? this.#draw.between(0, SECOND) : Infinity;
    const failed = (error: unknown): void => this.#world.breach(`a check broke: ${String(error)}`);
    isolate.check(key, question, (outcome) => this.#judge(isolate, asked, outcome, at), failed, patience);
  }

  #judge(isolate: Isolate, asked: Asked, outcome: Outcome, askedAt: number): void {
    const { trace, truth, schedule } = this.#world;
    const { name, region } = isolate.node;
    const said = outcome.ok ? `${outcome.answer.decision} ${outcome.answer.maxStalenessMs}` : outcome.problem;
    trace.note(name, "answers", `${asked.people[0]!.slice(0, 6)} ${said}`);
    trace.count(`answered ${outcome.ok ? outcome.answer.decision : outcome.problem}`);
    trace.count(askedAt === schedule.now ? "answered from memory" : "answered by asking");
    if (outcome.ok && outcome.answer.maxStalenessMs > 5 * SECOND) trace.count("excluded on a lease that ran out");
    if (!outcome.ok && outcome.problem === "indeterminate") this.unanswered.push({ at: askedAt, isolate });
    const fault = faultOf(truth, asked, outcome, schedule.now);
    if (fault) this.#world.breach(`${fault}: ${name} in ${region} of ${asked.people.join(" ")}: ${JSON.stringify(outcome)}`);
  }

  #commandId = (): string => `command-${++this.#commands}`;
}
