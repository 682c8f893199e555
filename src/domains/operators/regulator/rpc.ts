import type { Kind } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { Advice, ApplicationState, ApplicationStep } from "../applications/model.ts";
import type { LicenceAct, LicenceEvent, LicenceTerms, Standing } from "../licensing/model.ts";

/** An application as the regulator's people see it: who speaks for the company stays closed. */
export interface ShownApplication {
  reference: string;
  state: ApplicationState;
  name: string;
  tradingName: string | null;
  registrationNumber: string;
  website: string | null;
  address: string;
  licenceType: LicenceTerms["type"];
  kinds: Kind[];
  declaredCustomers: number;
  receivedAt: Instant;
  recommendation: Advice | null;
  recommendedBy: string | null;
  recommendedReason: string | null;
  proposedUntil: Instant | null;
  proposedConditions: string[] | null;
  decidedAt: Instant | null;
  decidedBy: string | null;
  decisionReason: string | null;
  operator: string | null;
  version: number;
}

export interface ShownLicence extends LicenceTerms {
  number: string;
  operator: string;
  issuedAt: Instant;
  standing: Standing;
  version: number;
}

export interface LicenceLook {
  licence: ShownLicence;
  history: { event: LicenceEvent; at: Instant; reason: string; expiresAt: Instant }[];
  warnings: { days: number; at: Instant }[];
  /** The acts that its state knows, where the asker may take any. */
  acts: LicenceAct[];
}

/** Whom one of the steps or acts is on, in the version that was read. `reason` is kept in clear, 10 to 500 characters on one line, and names nobody. */
interface Step {
  visitor: Visitor;
  version: number;
  reason: string;
  /** The licence's end; null where nothing was typed. */
  expiresAt: Instant | null;
  /** A text each. */
  conditions: string[];
}

/** `reason-unfit`, `expiry-unfit`, `conditions-unfit` stand beside a field. `not-now`: the state does not know it. `another`: it takes another officer. */
export type OperatorStepRefusal = StaffRefusal | { refusal: "reason-unfit" | "expiry-unfit" | "conditions-unfit" | "not-now" | "another" | "conflict" };

/** What the portal may ask for the regulator's people about operators. What changes something takes a factor of the last 5 minutes. */
export interface StaffOperatorsRpc {
  /** Applications that wait, oldest first; licences that end within 90 days or ended, soonest first. */
  waiting(visitor: Visitor): Promise<Result<{ applications: ShownApplication[]; licences: ShownLicence[] }, StaffRefusal>>;
  /** `steps`: those that its state knows, for whoever asks. */
  look(request: { visitor: Visitor; reference: string }): Promise<Result<{ application: ShownApplication; ofCompany: number; steps: ApplicationStep[] }, StaffRefusal>>;
  step(request: Step & { reference: string; step: ApplicationStep }): Promise<Result<object, OperatorStepRefusal>>;
  /** Leaves an entry in the audit log before it is opened. */
  contact(request: { visitor: Visitor; reference: string; reason: string }): Promise<Result<{ contact: { name: string; email: string; phone: string } }, StaffRefusal | { refusal: "reason-unfit" }>>;
  licence(request: { visitor: Visitor; operator: string }): Promise<Result<LicenceLook, StaffRefusal>>;
  act(request: Step & { operator: string; act: LicenceAct }): Promise<Result<object, OperatorStepRefusal>>;
}
