import { APPLICATION_STEPS } from "../../src/domains/operators/applications/model.ts";
import type { ApplicationRefusal, OperatorApplicationRpc } from "../../src/domains/operators/applications/rpc.ts";
import { LICENCE_ACTS } from "../../src/domains/operators/licensing/model.ts";
import type { LicenceLook, OperatorStepRefusal, ShownApplication, ShownLicence, StaffOperatorsRpc } from "../../src/domains/operators/regulator/rpc.ts";
import type { AcceptRefusal, InvitationsRpc, OwnInvitation } from "../../src/domains/users/invitations/rpc.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

export const OA = "OA-0000000000";
export const INVITATION = "01890a5d-ac96-774b-bcce-b302099a8071";

export const APPLICATION: ShownApplication = {
  reference: OA, state: "in-review", name: "Mfano <b>Bets</b> Ltd", tradingName: "Mfano", registrationNumber: "PVT-ABC123", website: "https://mfano.test/", address: "P.O. Box 12345-00100, Nairobi",
  licenceType: "online_betting", kinds: ["msisdn", "national_id"], declaredCustomers: 5_000, receivedAt: NOW - HOUR, recommendation: "approve", recommendedBy: "user:first",
  recommendedReason: "The papers are in order", proposedUntil: NOW + 365 * DAY, proposedConditions: ["Keeps its accounts in Kenya"], decidedAt: null, decidedBy: null, decisionReason: null,
  operator: null, version: 3,
};

const LICENCE: ShownLicence = {
  number: "LIC-0000000000", operator: "acme01", type: "lottery", conditions: ["Keeps its accounts in Kenya"], requiredKinds: ["msisdn"], issuedAt: NOW - 300 * DAY, expiresAt: NOW - DAY,
  standing: "lapsed", version: 4,
};

/** Origin's verbs in memory, and a record of what they were asked. */
class Heard {
  readonly calls: { verb: string; request: any }[] = [];
  refusal: { refusal: string } | null = null;

  protected async heard(verb: string, request: unknown, answer: object): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }

  asked(verb: string): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}

export class OperatorApplications extends Heard implements OperatorApplicationRpc {
  declare refusal: ApplicationRefusal | null;

  apply(request: Parameters<OperatorApplicationRpc["apply"]>[0]) {
    return this.heard("apply", request, { reference: OA });
  }
}

export class Invitations extends Heard implements InvitationsRpc {
  declare refusal: AcceptRefusal | null;
  all: OwnInvitation[] = [{ id: INVITATION, operator: "acme01", name: "Mfano <b>Bets</b> Ltd", role: "operator_admin", expiresAt: NOW + DAY }];

  mine(visitor: Parameters<InvitationsRpc["mine"]>[0]) {
    return this.heard("mine", visitor, { invitations: this.all });
  }

  accept(request: Parameters<InvitationsRpc["accept"]>[0]) {
    return this.heard("accept", request, {});
  }
}

export class StaffOperators extends Heard implements StaffOperatorsRpc {
  declare refusal: OperatorStepRefusal | null;
  application: ShownApplication = APPLICATION;
  licences: ShownLicence[] = [LICENCE, { ...LICENCE, number: "LIC-1111111111", operator: "acme02", standing: "in-force", expiresAt: NOW + 30 * DAY }];

  waiting(visitor: Parameters<StaffOperatorsRpc["waiting"]>[0]) {
    return this.heard("waiting", visitor, { applications: [this.application], licences: this.licences });
  }

  look(request: Parameters<StaffOperatorsRpc["look"]>[0]) {
    return this.heard("look", request, { application: this.application, ofCompany: 2, steps: [...APPLICATION_STEPS] });
  }

  step(request: Parameters<StaffOperatorsRpc["step"]>[0]) {
    return this.heard("step", request, {});
  }

  contact(request: Parameters<StaffOperatorsRpc["contact"]>[0]) {
    return this.heard("contact", request, { contact: { name: "Wanjiku Njeri", email: "w@mfano.test", phone: "+254712345678" } });
  }

  licence(request: Parameters<StaffOperatorsRpc["licence"]>[0]) {
    const look: LicenceLook = {
      licence: LICENCE, acts: [...LICENCE_ACTS], warnings: [{ days: 30, at: NOW - 31 * DAY }],
      history: [{ event: "issued", at: NOW - 300 * DAY, reason: "The papers are in order", expiresAt: NOW - DAY }],
    };
    return this.heard("licence", request, look);
  }

  act(request: Parameters<StaffOperatorsRpc["act"]>[0]) {
    return this.heard("act", request, {});
  }
}
