import { type Allowance, type EpochRow, wholeKey } from "../../src/check/directory.ts";
import type { GenerationRow } from "../../src/check/generations.ts";
import { DEFAULT_TERMS } from "../../src/check/terms.ts";
import type { EpochStep, IssueKey, Operator, OperatorDirectoryApi, RotateEpoch, RotateKey, TokenStep } from "../../src/domains/operators/rpc.ts";
import { actOn } from "../../src/domains/operators/token-acts/rules.ts";
import { toHex } from "../../src/kernel/bytes.ts";

/** An operator directory in memory, as naive as it can be. */
export class MemoryDirectory implements OperatorDirectoryApi {
  readonly operators = new Map<string, Operator>();
  readonly keys = new Map<string, IssueKey & { keyId: string; revoked: boolean }>();
  readonly epochs: EpochRow[] = [];
  readonly generations: GenerationRow[] = [];
  readonly allowances = new Map<string, Allowance>();
  readonly acts: (TokenStep & { operator: string; p: string })[] = [];
  newestPairKey = "pair";
  private readonly commands = new Map<string, { fingerprint: string; answer: unknown }>();

  private once<T>(commandId: string, fingerprint: string, make: () => T): T | { ok: false; refusal: "command-reused" } {
    const known = this.commands.get(commandId);
    if (known && known.fingerprint !== fingerprint) return { ok: false, refusal: "command-reused" };
    const answer = known ? (known.answer as T) : make();
    this.commands.set(commandId, { fingerprint, answer });
    return answer;
  }

  readonly declared = new Map<string, number>();

  async declareCustomers({ operator, declaredCustomers }: Parameters<OperatorDirectoryApi["declareCustomers"]>[0]) {
    if (!this.operators.has(operator)) return { ok: false as const, refusal: "operator-unknown" as const };
    this.declared.set(operator, declaredCustomers);
    return { ok: true as const };
  }

  async enrolOperator({ commandId, fingerprint, name, requiredKinds, declaredCustomers = 0 }: Parameters<OperatorDirectoryApi["enrolOperator"]>[0]) {
    return this.once(commandId, fingerprint, () => {
      const operator: Operator = { id: `op${this.operators.size + 10}`, name, state: "active", requiredKinds };
      this.operators.set(operator.id, operator);
      this.declared.set(operator.id, declaredCustomers);
      this.epochs.push({ operator: operator.id, epoch: 1, pairKeyId: "pair", rootEpoch: 0, state: "current", until: null });
      return { ok: true as const, operator };
    });
  }

  async issueKey(command: IssueKey) {
    if (!this.operators.has(command.operator)) return { ok: false as const, refusal: "operator-unknown" as const };
    return this.once(command.commandId, command.fingerprint, () => {
      const keyId = `key${this.keys.size + 1}`;
      this.keys.set(keyId, { ...command, keyId, revoked: false });
      return { ok: true as const, keyId, sealedReply: command.sealedReply };
    });
  }

  #rowOf({ keyId: id, hash, operator, mode = "live", terms = DEFAULT_TERMS, revoked }: IssueKey & { keyId: string; revoked: boolean }) {
    return wholeKey({ id, hash, operator, mode, state: revoked ? "revoked" : "active", ...terms });
  }

  async keysOf(operator: string) {
    return [...this.keys.values()].filter((kept) => kept.operator === operator).map((kept, at) => {
      const { hash: _, ...row } = this.#rowOf(kept);
      return { ...row, name: kept.name ?? null, issuedAt: at, revokedAt: kept.revoked ? at : null };
    });
  }

  async findKey(operator: string, keyId: string) {
    const kept = this.keys.get(keyId);
    return kept?.operator === operator ? this.#rowOf(kept) : null;
  }

  readonly rotations: RotateKey[] = [];

  async rotateKey(rotation: RotateKey) {
    const { keyId, overlapMs, expiresAt, ...command } = rotation;
    this.rotations.push(rotation);
    const old = this.keys.get(keyId);
    if (!old || old.operator !== command.operator) return { ok: false as const, refusal: "key-unknown" as const };
    if (old.revoked) return { ok: false as const, refusal: "key-ended" as const };
    const { mode = "live", name = null, terms = DEFAULT_TERMS } = old;
    const answer = await this.issueKey({ ...command, mode, name, terms: { ...terms, ...(expiresAt !== undefined && { expiresAt }) } });
    if (answer.ok && overlapMs === 0) old.revoked = true;
    return answer;
  }

  async revokeKey({ operator, keyId }: { operator: string; keyId: string }) {
    const key = this.keys.get(keyId);
    if (!key || key.operator !== operator) return { ok: false as const, refusal: "key-unknown" as const };
    key.revoked = true;
    return { ok: true as const };
  }

  async keyHolder(hash: string) {
    const kept = [...this.keys.values()].find((row) => row.hash === hash && !row.revoked);
    const operator = kept && this.operators.get(kept.operator);
    if (!operator) return null;
    const key = this.#rowOf(kept);
    const epoch = this.epochs.find((row) => row.operator === operator.id && row.state === "current")!;
    return { key, operator, epoch, generations: this.generations, declaredCustomers: this.declared.get(operator.id) ?? 0 };
  }

  async rotateEpoch({ commandId, fingerprint, operator, pairKeyId }: RotateEpoch) {
    const old = this.epochs.find((row) => row.operator === operator && row.state === "current");
    if (!old) return { ok: false as const, refusal: "operator-unknown" as const };
    return this.once(commandId, fingerprint, () => {
      old.state = "grace";
      const epoch: EpochRow = { ...old, epoch: old.epoch + 1, pairKeyId: pairKeyId ?? old.pairKeyId, state: "current" };
      this.epochs.push(epoch);
      return { ok: true as const, epoch: { ...epoch } };
    });
  }

  async operatorNames(ids: readonly string[]) {
    return Object.fromEntries([...this.operators.values()].filter(({ id }) => ids.includes(id)).map(({ id, name }) => [id, name]));
  }

  async epochsOf(operator: string) {
    return this.epochs.filter((row) => row.operator === operator);
  }

  async tokensOf(operator: string) {
    const own = <Row extends { operator: string }>(rows: Row[]) => structuredClone(rows.filter((row) => row.operator === operator));
    return { epochs: own(this.epochs), generations: own(this.generations) };
  }

  async actOnToken({ operator, act, epoch, generation, p: bytes, reason, actor }: Parameters<OperatorDirectoryApi["actOnToken"]>[0]) {
    const p = toHex(bytes);
    const row = this.epochs.find((one) => one.operator === operator && one.epoch === epoch)!;
    const known = this.generations.findIndex((one) => one.operator === operator && one.p === p);
    const plan = actOn({ operator, p, act, epoch, generation }, row, this.generations[known] ?? null, this.acts.filter((one) => one.operator === operator && one.p === p));
    if (!plan.ok) return plan;
    if (plan.row) this.generations.splice(known < 0 ? this.generations.length : known, 1, plan.row);
    const least = plan.row ?? this.generations[known]!;
    if (plan.kept) this.acts.push({ operator, p, at: this.acts.length, act, epoch, generation, leastEpoch: least.epoch, leastGeneration: least.least, reason, actor });
    return { ok: true as const, kept: plan.kept };
  }

  async tokenHistory(operator: string, p: Uint8Array) {
    const acts: TokenStep[] = this.acts.filter((one) => one.operator === operator && one.p === toHex(p));
    return { acts, epochs: [{ at: 0, event: "epoch-began", epoch: 1 } satisfies EpochStep] };
  }

  async rotatePairKey({ pairKeyId }: Parameters<OperatorDirectoryApi["rotatePairKey"]>[0]) {
    this.newestPairKey = pairKeyId;
    return { ok: true as const, moved: 0, already: this.operators.size, left: [], next: null };
  }

  async pairKeys() {
    return { newest: this.newestPairKey, uses: [{ pairKeyId: "pair", current: this.operators.size, grace: 0 }] };
  }

  async quotasOf(keyIds: readonly string[]) {
    return keyIds.flatMap((keyId) => {
      const { perSecond, perDay } = this.keys.get(keyId)?.terms ?? DEFAULT_TERMS;
      return this.keys.has(keyId) ? [{ keyId, perSecond, perDay, allowance: this.allowances.get(keyId) ?? null }] : [];
    });
  }

  async setAllowance(allowance: Allowance) {
    this.allowances.set(allowance.keyId, allowance);
    return { ok: true as const };
  }
}
