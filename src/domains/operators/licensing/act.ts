import type { Actor } from "../../../kernel/actor.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit, type CommitRefusal } from "../../../office/commit.ts";
import { EVENT_OF, type LicenceAct } from "./model.ts";
import type { LicenceParts } from "./parts.ts";
import { type Asked, judgeAct, type LicenceRefusal } from "./rules.ts";
import { insertStep, licenceToDecide, updateLicence } from "./store.ts";
import { tellRegister } from "./tell.ts";

/** What an officer does to a licence, in the version they read. */
export interface ActOnLicence extends Asked {
  act: LicenceAct;
  version: number;
  /** Names nobody. */
  reason: string;
}

export type ActRefusal = LicenceRefusal | CommitRefusal | { refusal: "unknown" };

/**
 * Acts on an operator's licence; of two officers on the same version one is refused. Register is told before this answers, where it
 * answers, and within a minute where it does not.
 */
export async function actOnLicence(parts: LicenceParts, actor: Actor, operator: string, { act, version, reason, ...asked }: ActOnLicence): Promise<Result<object, ActRefusal>> {
  const { office, clock, random } = parts;
  const found = await licenceToDecide(office, operator);
  if (!found) return { ok: false, refusal: "unknown" };
  const now = clock();
  const judged = judgeAct(found, act, asked, now);
  if (!judged.ok) return judged;
  const licence = { ...found, ...judged.set, version: version + 1 };
  const { number, state, expiresAt } = licence;
  const payload: Json = { number, state, expiresAt, reason, before: { state: found.state, expiresAt: found.expiresAt }, changed: Object.keys(judged.set) };
  const done = await commit(office, {
    actor,
    rows: [
      updateLicence(office.primary, { id: found.id, version }, judged.set, actor, now),
      insertStep(office.primary, { licenceId: found.id, number: version + 1, event: EVENT_OF[act], at: now, by: nameOf(actor), reason, expiresAt }),
    ],
    audit: { action: `licence.${EVENT_OF[act]}`, resource: `operator/${operator}`, payload },
    answer: {},
  }, { now, random });
  if (!done.ok) return done;
  await tellRegister(parts, licence, actor);
  return { ok: true };
}
