import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Delivery, Notice } from "../../../src/domains/exclusions/outbox.ts";
import type { IdentityApi } from "../../../src/domains/users/identities/rpc.ts";
import { type Document, sealIdentity } from "../../../src/domains/users/index.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import { NO_DETAILS } from "../../../src/domains/users/vault/model.ts";
import type { VaultApi } from "../../../src/domains/users/vault/rpc.ts";
import { citizenActor } from "../../../src/kernel/actor.ts";
import { type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { Envelope, parseBoxKeys } from "../../../src/sealing/envelope.ts";
import { bucketOf } from "../register/bucket.ts";
import { START } from "./doubles.ts";

export const PHONE = "+254712345678";
export const ID: Document = { kind: "national_id", typed: "01 234 567", canonical: "1234567" };
export const NAME = "Wanjikũ wa Kamau";
export const BORN = "1990-03-27";
export const VISIT = { id: "visit", provenAt: START, endsAt: START + MINUTE };
export const SAID = "Wanjiku is spelt wrong";

const envelope = new Envelope(parseBoxKeys((env as unknown as { BOX_KEYS: string }).BOX_KEYS), random);

type Api = PersonApi & IdentityApi & VaultApi & { setNow(now: Instant): Promise<void> };

/** A vault of its own, and its folder in the bucket. */
export function aVault() {
  const personId = crypto.randomUUID();
  const stub = () => env.PERSON.getByName(personId);
  const api = () => stub() as unknown as Api;
  const delivery = () => ({ id: crypto.randomUUID(), personId, createdAt: START });
  const notice: Notice = { template: "exclusion-started", reference: "NSER-0123456789", policy: "24h", endMode: "automatic", startedAt: START, endsAt: START + MINUTE };
  const identity = (document: Document | null = ID): Delivery => {
    const commandId = crypto.randomUUID();
    const box = sealIdentity(envelope, commandId, { phone: PHONE, document, name: null, dateOfBirth: null, locale: "sw", accepted: [{ text: "terms", version: 1 }] });
    return { ...delivery(), topic: "identity", commandId, box, statements: [
      { kind: "msisdn", evidence: "code", provisionalUntil: null }, { kind: "national_id", evidence: "typed", provisionalUntil: START + MINUTE },
    ] };
  };
  const rows = (query: string) => runInDurableObject(stub(), (_, state) => state.storage.sql.exec(query).toArray());
  return {
    personId, api, rows, identity,
    bucket: bucketOf(personId),
    isMarked: () => bucketOf("erased").keys().includes(personId),
    /** A vault with something in every table. */
    async fill() {
      await api().accept(identity());
      await api().accept({ ...delivery(), topic: "notice", notice });
      await api().found([{ answerId: "a", operator: "acme01", purpose: "bet", hour: START }]);
      await api().keepStatement({ reference: "DR-0000000000", text: SAID }, citizenActor(VISIT.id));
      await api().identity({ id: "r", at: START, role: "grak_officer", reason: "complaint of the person", what: "identity" });
      await api().changeDetails(VISIT, { version: 0, details: { ...NO_DETAILS, name: NAME, dateOfBirth: BORN }, locale: "sw" });
      await runDurableObjectAlarm(stub());
      await api().endVisit({ ...VISIT, id: "ended" });
      await rows(`INSERT INTO shreds VALUES (${START - MINUTE})`);
      await api().tell({ id: "e", topic: "data-request.told", payload: { reference: "DR-0000000000" }, at: START });
    },
    async alarmAt(now: Instant) {
      await api().setNow(now);
      await runDurableObjectAlarm(stub());
    },
    evict: () => evictDurableObject(stub()),
    destroy: async () => {
      await runInDurableObject(stub(), (_, state) => state.storage.deleteAll());
      await evictDurableObject(stub());
    },
  };
}
