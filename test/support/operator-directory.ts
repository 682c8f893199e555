import type { EpochRow } from "../../src/check/directory.ts";
import type { IssueKey, Operator, OperatorDirectoryApi } from "../../src/domains/operators/rpc.ts";

/** An operator directory in memory, as naive as it can be. */
export class MemoryDirectory implements OperatorDirectoryApi {
  readonly operators = new Map<string, Operator>();
  readonly keys = new Map<string, IssueKey & { keyId: string; revoked: boolean }>();
  private readonly commands = new Map<string, { fingerprint: string; answer: unknown }>();

  private once<T>(commandId: string, fingerprint: string, make: () => T): T | { ok: false; refusal: "command-reused" } {
    const known = this.commands.get(commandId);
    if (known && known.fingerprint !== fingerprint) return { ok: false, refusal: "command-reused" };
    const answer = known ? (known.answer as T) : make();
    this.commands.set(commandId, { fingerprint, answer });
    return answer;
  }

  async enrolOperator({ commandId, fingerprint, name, requiredKinds }: Parameters<OperatorDirectoryApi["enrolOperator"]>[0]) {
    return this.once(commandId, fingerprint, () => {
      const operator: Operator = { id: `op${this.operators.size + 10}`, name, state: "active", requiredKinds };
      this.operators.set(operator.id, operator);
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
    const key = [...this.keys.values()].find((row) => row.hash === hash && !row.revoked);
    const operator = key && this.operators.get(key.operator);
    if (!operator) return null;
    const epoch: EpochRow = { operator: operator.id, epoch: 1, pairKeyId: "pair", rootEpoch: 0, state: "current", until: null };
    return { operator, epoch };
  }
}
