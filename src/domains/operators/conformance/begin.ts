import { KIT_VERSION, scenariosHash } from "../../../client/conformance/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { fromHex, utf8 } from "../../../kernel/bytes.ts";
import { MINUTE } from "../../../kernel/clock.ts";
import { uuidv8 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy } from "../../../office/columns.ts";
import { type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import { readAddress } from "../feed/endpoints/address.ts";
import { plan, RECORDED } from "./model.ts";
import { type ConformanceParts, secretPlace } from "./parts.ts";
import { insertPlan, insertRun, runById, type StoredRun } from "./store.ts";

/** How long a run may take in all. */
const RUN_MS = 10 * MINUTE;

interface NewRun {
  operator: string;
  address: string;
  secret: string;
}

/** Writes down what a run is to ask; `carryRun` asks it. Repeatable by the command. `duplicate`: one of this operator is under way. */
export async function beginRun(
  parts: ConformanceParts, actor: Actor, command: Command, { operator, address, secret }: NewRun,
): Promise<Result<{ run: StoredRun }, CommitRefusal | { refusal: "address"; detail: string }>> {
  const { office, envelope, clock, random } = parts;
  const read = readAddress(address, parts.sending.terms);
  if (!read.ok) return { ok: false, refusal: "address", detail: read.detail };
  const [id, hash] = [uuidv8(fromHex(command.id)), await scenariosHash(RECORDED)];
  const begun = await once<object, never>(office, command, { now: clock(), random }, async () => {
    const row: StoredRun = {
      ...createdBy(actor, clock(), random), id, operator, address: read.url, secret: envelope.seal(utf8(secret), secretPlace(id)), state: "running",
      kit: KIT_VERSION, hash, endsBy: clock() + RUN_MS, endedAt: null, checksBefore: await parts.testChecks(operator), testChecks: null, certificate: null,
    };
    return {
      actor,
      rows: [insertRun(office.primary, row), insertPlan(office.primary, id, plan(random))],
      audit: { action: "conformance-run.begun", resource: `conformance-run/${id}`, payload: { operator, address: read.url, kit: KIT_VERSION, hash } },
      answer: {},
    };
  });
  if (!begun.ok) return begun;
  return { ok: true, run: (await runById(office, id))! };
}
