import type { Allowance, EpochRow } from "../../src/check/directory.ts";
import type { GenerationRow } from "../../src/check/generations.ts";
import { DEFAULT_TERMS } from "../../src/check/terms.ts";
import type { IssueKey, Operator, OperatorDirectoryApi, RotateEpoch } from "../../src/domains/operators/rpc.ts";
import { toHex } from "../../src/kernel/bytes.ts";

/** An operator directory in memory, as naive as it can be. */
export class MemoryDirectory implements OperatorDirectoryApi {
  readonly operators = new Map<string, Operator>();
  readonly keys = new Map<string, IssueKey & { keyId: string; revoked: boolean }>();
  readonly epochs: EpochRow[] = [];
  readonly generations: GenerationRow[] = [];
  readonly allowances = new Map<string, Allowance>();
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
    const key = { id: kept.keyId, hash, operator: operator.id, state: "active" as const, ...(kept.terms ?? DEFAULT_TERMS) };
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

  async retireToken({ operator, epoch, generation, p }: Parameters<OperatorDirectoryApi["retireToken"]>[0]) {
    if (generation === 31) return { ok: false as const, refusal: "generations-exhausted" as const };
    this.generations.push({ operator, p: toHex(p), epoch, least: generation + 1 });
    return { ok: true as const };
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
