import { canonicalize, type IdentifierRefusal } from "../../../bst/canonical.ts";
import type { CanonicalIdentifier, Kind } from "../../../bst/kinds.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { fromHex, fromUtf8, utf8 } from "../../../kernel/bytes.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { uuidv8 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy } from "../../../office/columns.ts";
import { commit, type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { CanariesApi } from "../register-rpc.ts";
import type { Evaluator } from "../rpc.ts";
import { drawCanary } from "./rules.ts";
import { canaryById, insertCanary, retireRow, type StoredCanary } from "./store.ts";

export interface CanaryParts {
  office: Office;
  register: CanariesApi;
  tokenizer: Evaluator;
  envelope: Envelope;
  clock: Clock;
  random: Random;
}

interface NewCanary {
  type: Kind;
  /** One of the kind's range when it is left out. */
  value?: string | undefined;
  note: string;
  excluded: boolean;
}

const place = (id: string): Place => ({ table: "canaries", column: "value", row: id });

/** What a canary's identifier is, for the regulator. */
export const valueOf = (envelope: Envelope, { id, value }: StoredCanary): string => fromUtf8(envelope.open(value, place(id)));

/**
 * Puts out a canary: in Register, from when on it alarms, then in the office. Repeatable by the command, which replaces what it
 * may have left in Register alone. Refuses what somebody stated as theirs.
 */
export async function putCanary(
  parts: CanaryParts, actor: Actor, command: Command, asked: NewCanary,
): Promise<Result<{ canary: StoredCanary }, { refusal: IdentifierRefusal | "identifier-taken" } | CommitRefusal>> {
  const { office, envelope, register, tokenizer, random } = parts;
  const id = uuidv8(fromHex(command.id));
  const done = await once(office, command, { now: parts.clock(), random }, async () => {
    const identifier = identifierOf(asked, random);
    if (!identifier.ok) return identifier;
    const [evaluated] = await tokenizer.evaluate([identifier.identifier]);
    const put = await register.putCanary({ id, p: evaluated!.p, excluded: asked.excluded });
    if (!put.ok) return put;
    const row = { ...createdBy(actor, parts.clock(), random), id, kind: asked.type, note: asked.note, excluded: asked.excluded, retiredAt: null };
    return {
      actor,
      rows: [insertCanary(office.primary, { ...row, value: envelope.seal(utf8(identifier.identifier.value), place(id)) })],
      audit: { action: "canary.put", resource: `canary/${id}`, payload: { kind: asked.type, excluded: asked.excluded, note: asked.note } },
      answer: {},
    };
  });
  return done.ok ? { ok: true, canary: (await canaryById(office, id))! } : done;
}

function identifierOf({ type, value }: NewCanary, random: Random): Result<{ identifier: CanonicalIdentifier }, { refusal: IdentifierRefusal }> {
  return value === undefined ? { ok: true, identifier: drawCanary(type, random) } : canonicalize(type, value);
}

/** Takes a canary in, for good. Repeatable. */
export async function retireCanary(parts: CanaryParts, actor: Actor, id: string): Promise<Result<object, { refusal: "unknown" } | CommitRefusal>> {
  const { office, register, clock, random } = parts;
  const canary = await canaryById(office, id);
  if (!canary) return { ok: false, refusal: "unknown" };
  await register.removeCanary(id);
  if (canary.retiredAt !== null) return { ok: true };
  const now = clock();
  const audit = { action: "canary.retired", resource: `canary/${id}`, payload: {} };
  return commit(office, { actor, rows: [retireRow(office.primary, canary, actor, now)], audit, answer: {} }, { now, random });
}
