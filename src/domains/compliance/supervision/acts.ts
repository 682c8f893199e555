import { z } from "zod";
import { isUuid } from "../../../kernel/ids.ts";
import { commandIdOf, fingerprintOf } from "../../../api/idempotency.ts";
import { enterFor } from "../../operators/desk/index.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { OFFICERS_STEPS, OPERATORS_STEPS } from "../violations/model.ts";
import { openViolation } from "../violations/open.ts";
import { said } from "../violations/schema.ts";
import { answerViolation, takeStep } from "../violations/steps.ts";
import type { SupervisionParts } from "./parts.ts";
import type { SupervisionRpc } from "./rpc.ts";

const id = z.string().refine(isUuid);
const Opened = z.object({ formId: id, operator: z.string().max(32) });
const Stepped = z.object({ violationId: id, step: z.enum(OFFICERS_STEPS), version: z.int().min(1) });
const Answered = z.object({ violationId: id, step: z.enum(OPERATORS_STEPS), version: z.int().min(1) });
const Grounds = z.object({ grounds: said });
const Statement = z.object({ statement: said });

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

export async function open(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["open"]> {
  const entered = await enter(parts, visitorIn(unread), "violations:write", "fresh");
  if (!entered.ok) return entered;
  const asked = read(Opened, unread);
  if (!asked) return refused("operator-unknown");
  const words = read(Grounds, unread);
  if (!words) return refused("statement-unfit");
  const { actor } = entered.by;
  const opened = { operator: asked.operator, grounds: words.grounds };
  const command = { id: commandIdOf(actor.id, "violation-form", { "idempotency-key": asked.formId }), fingerprint: fingerprintOf(opened) };
  const done = await openViolation(parts, actor, command, opened);
  return done.ok ? { ok: true } : refused("operator-unknown");
}

type Refused = Extract<Awaited<ReturnType<typeof takeStep>>, { ok: false }>["refusal"];

/** What was refused, as a page says it. */
const pageRefusal = (refusal: Refused) =>
  refused(refusal === "unknown" ? "not-found" : refusal === "conflict" || refusal === "duplicate" || refusal === "command-reused" ? "changed" : refusal);

export async function step(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["step"]> {
  const entered = await enter(parts, visitorIn(unread), "violations:write", "fresh");
  if (!entered.ok) return entered;
  const asked = read(Stepped, unread);
  if (!asked) return refused("not-found");
  const words = read(Statement, unread);
  if (!words) return refused("statement-unfit");
  const done = await takeStep(parts, entered.by.actor, asked.violationId, { ...asked, ...words });
  if (!done.ok) return pageRefusal(done.refusal);
  parts.filled();
  return { ok: true };
}

export async function answer(parts: SupervisionParts, unread: unknown): ReturnType<SupervisionRpc["answer"]> {
  const entered = await enterFor(parts, unread, "violations:respond", "fresh");
  if (!entered.ok) return entered;
  const asked = read(Answered, unread);
  if (!asked) return refused("not-found");
  const words = read(Statement, unread);
  if (!words) return refused("statement-unfit");
  const done = await answerViolation(parts, entered.by.actor, entered.operator, asked.violationId, { ...asked, ...words });
  if (!done.ok) return pageRefusal(done.refusal);
  parts.filled();
  return { ok: true };
}
