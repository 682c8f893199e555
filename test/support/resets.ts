/** Passwords and phones of accounts over an office's database. */
import { accessTokens } from "../../src/domains/authentication/access/tables.ts";
import { insertToken } from "../../src/domains/authentication/access/store.ts";
import { totps } from "../../src/domains/authentication/factors/tables.ts";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { openHash } from "../../src/domains/authentication/passwords/sealed.ts";
import { passwordLinks, passwords } from "../../src/domains/authentication/passwords/tables.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { passwordWorld, VISITOR } from "./passwords.ts";
import type { TestOffice } from "./office.ts";

export const OLD = "mango season in Meru";
export const NEW = "three zebras by the lake";
export const UNKNOWN = "+254700999999";
export const OFFICER = [{ role: "grak_officer", operator: null }] as const;

export type World = ReturnType<typeof passwordWorld>;

/** The verbs of passwords as somebody at a browser uses them, and what is written of an account afterwards. */
export function resets(test: TestOffice) {
  const world = () => passwordWorld(test.office);

  let phones = 0;
  const freshPhone = (): string => `+2547110${String(++phones).padStart(5, "0")}`;
  const freshForm = (): string => uuidv7(Date.now(), random);

  const start = ({ parts }: World, phone: string, formId: string, again = false) => verbs.startReset(parts, { visitor: VISITOR, formId, phone, locale: "en", again });
  const finish = ({ parts }: World, phone: string, formId: string, code: string) => verbs.finishReset(parts, { visitor: VISITOR, formId, phone, code, locale: "en" });
  const set = ({ parts }: World, link: string, password = NEW) => verbs.setPassword(parts, { visitor: VISITOR, link, password, locale: "en" });

  /** A link for whoever has this phone. */
  async function linkFor(it: World, phone: string): Promise<string> {
    const formId = freshForm();
    await start(it, phone, formId);
    const proven = await finish(it, phone, formId, it.codeTo(phone));
    if (!proven.ok) throw new Error(proven.refusal);
    return proven.link;
  }

  const isPassword = async ({ parts, accounts, rowOf }: World, userId: string, password: string) => {
    const row = (await test.office.primary.select().from(passwords).all()).find((one) => one.userId === userId);
    const user = await rowOf(userId);
    return row !== undefined && parts.hasher.matches(openHash(accounts.dataKeyOf(user!)!, row.sealedHash, userId), password);
  };

  const actionsOn = async (userId: string) =>
    (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `user/${userId}`).map(({ action }) => action);

  /** Everything that is written of an account. */
  const everythingOf = async ({ rowOf }: World, userId: string) => ({
    row: await rowOf(userId),
    password: (await test.office.primary.select().from(passwords).all()).filter((one) => one.userId === userId),
    links: (await test.office.primary.select().from(passwordLinks).all()).filter((one) => one.userId === userId),
  });

  async function withToken({ time }: World, userId: string): Promise<string> {
    const id = uuidv7(time.now, random);
    await insertToken(test.office.primary, { id, userId, hash: id, label: "test", createdAt: time.now, createdBy: "system:test", expiresAt: time.now + DAY }).run();
    return id;
  }

  const isRevoked = async (tokenId: string) => (await test.office.primary.select().from(accessTokens).all()).find(({ id }) => id === tokenId)!.revokedAt !== null;

  const giveTotp = ({ time }: World, userId: string) =>
    test.office.primary.insert(totps).values({ id: crypto.randomUUID(), userId, sessionId: "s", sealedSecret: new Uint8Array(8), createdAt: time.now, confirmedAt: time.now, lastStep: 0 }).run();
  const totpsOf = async (userId: string) => (await test.office.primary.select().from(totps).all()).filter((row) => row.userId === userId);

  return {
    world, freshPhone, freshForm, start, finish, set, linkFor, isPassword, actionsOn, everythingOf, withToken, isRevoked, giveTotp,
    totpsOf,
  };
}
