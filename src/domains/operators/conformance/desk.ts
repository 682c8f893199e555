import { z } from "zod";
import { fingerprintOf } from "../../../api/idempotency.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { ownRole } from "../../authentication/capabilities.ts";
import { type EnterParts, read } from "../../users/people/index.ts";
import { enterFor } from "../desk/index.ts";
import { beginRun } from "./begin.ts";
import { carryRun } from "./carry.ts";
import type { ConformanceParts } from "./parts.ts";
import type { ConformanceDeskRpc, RunSeen } from "./rpc.ts";
import { RunRequest } from "./schema.ts";
import { BY_TIME, resultsOf, runById, runsOf, type StoredRun } from "./store.ts";

type Answer<Verb extends keyof ConformanceDeskRpc> = ReturnType<ConformanceDeskRpc[Verb]>;

export interface ConformanceDeskParts extends EnterParts {
  conformance: ConformanceParts;
}

const SHOWN = 50;

const Known = z.object({ runId: z.string().refine(isUuid) });
const Wished = z.object({ formId: z.string().refine(isUuid), address: z.string().max(4_000), secret: z.string().max(400) });

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

export async function runs(parts: ConformanceDeskParts, unread: unknown): Answer<"runs"> {
  const entered = await enterFor(parts, unread, "conformance:read");
  if (!entered.ok) return entered;
  const { operator, by: { principal } } = entered;
  const { rows } = await runsOf(parts.office, operator, { order: BY_TIME["-createdAt"], limit: SHOWN, after: null });
  return { ok: true, runs: rows.map(seenOf), may: { run: ownRole(principal, "conformance:run", operator) !== null } };
}

export async function run(parts: ConformanceDeskParts, unread: unknown): Answer<"run"> {
  const entered = await enterFor(parts, unread, "conformance:read");
  if (!entered.ok) return entered;
  const asked = read(Known, unread);
  const found = asked && (await runById(parts.office, asked.runId));
  if (found?.operator !== entered.operator) return refused("not-found");
  const results = await resultsOf(parts.office, found.id);
  return { ok: true, run: seenOf(found), results: results.map(({ scenario, came, passed }) => ({ scenario, came, passed })), certificate: found.certificate };
}

export async function begin(parts: ConformanceDeskParts, unread: unknown): Answer<"begin"> {
  const entered = await enterFor(parts, unread, "conformance:run");
  if (!entered.ok) return entered;
  const wish = read(Wished, unread);
  const address = RunRequest.shape.address.safeParse(wish?.address.trim());
  if (!wish || !address.success) return refused("address-unfit");
  const secret = RunRequest.shape.secret.safeParse(wish.secret.trim());
  if (!secret.success) return refused("secret-unfit");
  const { operator, by: { principal, actor } } = entered;
  const asked = { operator, address: address.data, secret: secret.data };
  const command = { id: fingerprintOf("operator-desk", "begin-conformance-run", principal.userId, wish.formId), fingerprint: fingerprintOf(asked) };
  const begun = await beginRun(parts.conformance, actor, command, asked);
  if (!begun.ok) return refused(begun.refusal === "address" ? "address-unfit" : begun.refusal === "command-reused" ? "command-reused" : "under-way");
  parts.conformance.afterwards(carryRun(parts.conformance, begun.run.id).catch(parts.conformance.report));
  return { ok: true, runId: begun.run.id };
}

const seenOf = ({ id, address, state, kit, createdAt, endedAt, testChecks }: StoredRun): RunSeen => ({ id, address, state, kit, begunAt: createdAt, endedAt, testChecks });
