import type { RequestOrigin } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { makeReference, REFERENCES } from "../../../kernel/ids.ts";
import { createdBy } from "../../../office/columns.ts";
import { type Change, type Command, type Committed, once } from "../../../office/commit.ts";
import { type Contact, sealContact } from "../../users/index.ts";
import type { ApplicationParts } from "./parts.ts";
import { insertApplication, type StoredApplication } from "./store.ts";

/** What a company says of itself, and who speaks for it. */
export interface Application
  extends Pick<StoredApplication, "name" | "tradingName" | "registrationNumber" | "website" | "address" | "licenceType" | "kinds" | "declaredCustomers"> {
  contact: Contact;
}

export interface Received {
  reference: string;
  receivedAt: Instant;
}

/** Nobody has looked at it yet. */
const NEW = {
  state: "received", recommendation: null, recommendedBy: null, recommendedReason: null, proposedUntil: null, proposedConditions: null,
  decidedAt: null, decidedBy: null, decisionReason: null, operator: null,
} as const;

/**
 * Keeps an application, once a command. No account is looked up, made or changed by whatever it names, so that the answer is the same
 * whoever's the phone and the address are: an officer's, a citizen's or nobody's.
 */
export const apply = (parts: ApplicationParts, application: Application, origin: RequestOrigin | null, command: Command): Promise<Committed<Received>> => {
  const { office, clock, random } = parts;
  const now = clock();
  return once<Received, never>(office, command, { now, random }, async () => newApplication(parts, application, origin, now));
};

function newApplication({ office: { primary }, envelope, random }: ApplicationParts, { contact, ...company }: Application, origin: RequestOrigin | null, now: Instant): Change<Received> {
  const reference = makeReference(REFERENCES.application, random);
  const actor = { kind: "citizen", id: reference, origin } as const;
  const base = createdBy(actor, now, random);
  return {
    actor,
    rows: [insertApplication(primary, { ...base, reference, ...NEW, ...company, ...sealContact(envelope, "operatorApplications", base.id, contact) })],
    audit: { action: "operator-application.received", resource: `operator-application/${reference}`, payload: { licenceType: company.licenceType } },
    answer: { reference, receivedAt: now },
  };
}
