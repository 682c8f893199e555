import type { IdentityRegistry } from "../../../adapters/identity-registry/port.ts";
import type { SmsSender } from "../../../adapters/sms/port.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Bucket } from "../../../objects/recovery/bucket.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Grants } from "../../authentication/index.ts";
import type { Evaluator } from "../../tokens/rpc.ts";
import type { PersonApi } from "../../users/rpc.ts";
import type { MeasuresApi } from "../measures-rpc.ts";
import type { RegisterApi } from "../rpc.ts";
import type { CaseKeys } from "./keys.ts";
import type { CaseSettings } from "./rules.ts";

/** What cases are kept and carried out with. Whatever of it fails throws: nothing happened, or it is tried again. */
export interface CaseParts {
  office: Office;
  envelope: Envelope;
  keys: CaseKeys;
  register: Pick<RegisterApi, "holderOf" | "exclusionsOf"> & Omit<MeasuresApi, "statedIn" | "byReference">;
  tokenizer: Evaluator;
  registry: IdentityRegistry;
  sms: SmsSender;
  /** Where files of evidence lie, sealed. */
  evidence: Bucket;
  settings: CaseSettings;
  clock: Clock;
  random: Random;
  /** The office has something to carry: to Register, or to a phone. */
  filled: () => void;
}

export interface CitizenCaseParts extends CaseParts {
  grants: Grants;
  person: (personId: string) => Pick<PersonApi, "hasEnded" | "checksThatFound">;
}

export interface StaffCaseParts extends CaseParts {
  /** Counts a call of this account; false when those of the minute are used up. */
  admits: (userId: string) => Promise<boolean>;
}

export const sensesOf = ({ clock, random }: Pick<CaseParts, "clock" | "random">) => ({ now: clock(), random });

/** Who acts when. */
export interface Acting {
  actor: Actor;
  now: number;
}
