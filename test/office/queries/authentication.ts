import { BY_CREATION as TOKENS_BY_CREATION, bootstrappedAt, holdersOf, insertBootstrap, insertToken, revokeToken, revokeTokensOf, tokenOf, tokensPage } from "../../../src/domains/authentication/access/store.ts";
import * as hashes from "../../../src/domains/authentication/passwords/store.ts";
import * as sessions from "../../../src/domains/authentication/sessions/store.ts";
import * as signIn from "../../../src/domains/authentication/sign-in/store.ts";
import * as own from "../../../src/domains/authentication/account/store.ts";
import * as factors from "../../../src/domains/authentication/factors/store.ts";
import { deviceByHash, proveAgain } from "../../../src/domains/authentication/sessions/store.ts";
import * as passkeyStore from "../../../src/domains/authentication/passkeys/store.ts";
import * as passwords from "../../../src/domains/authentication/passwords/store.ts";
import * as oauthClients from "../../../src/domains/authentication/oauth/clients/store.ts";
import * as oauth from "../../../src/domains/authentication/oauth/store.ts";
import { actor, eachWay, id, now, PLACE, type Query, user } from "./asked.ts";

const client = { ...user, name: "c", state: "active", secretHash: null, redirectUris: [], scopes: [], grants: [], operator: null } as const;
const family = { id: id(), clientId: client.id, userId: user.id, scopes: [], generation: 1, createdAt: now, rotatedAt: now, expiresAt: now, endedAt: null, ending: null };
const token = { id: id(), userId: user.id, hash: "h", label: "l", createdAt: now, createdBy: "system:test", expiresAt: now };
const link = {
  id: id(), userId: user.id, kind: "activation", reason: "no-password", hash: "h", createdAt: now, createdBy: "system:test", expiresAt: now, usedAt: null,
} as const;
const totp = { id: id(), userId: user.id, sessionId: "s", sealedSecret: new Uint8Array(1), createdAt: now, lastStep: 0 };
const codes = () => [{ id: id(), userId: user.id, hash: id(), createdAt: now }];
const passkey = {
  id: id(), userId: user.id, credentialId: "c", publicKey: new Uint8Array(1), counter: 0, transports: "[]", label: "l", createdAt: now, usedAt: null,
};
const somewhere = { network: null, agent: null, country: null, county: null };
const device = { id: "d", userId: user.id, hash: "h", firstSeenAt: now, lastSeenAt: now, signIns: 1, trustedAt: null, blockedAt: null, ...somewhere };
const session = {
  id: id(), userId: user.id, deviceId: "d", hash: "h", stage: "full", first: "password", second: null, createdAt: now, provenAt: now, seenAt: now, expiresAt: now, ...somewhere,
} as const;
const aTry = { id: id(), at: now, method: "password", outcome: "wrong", reasons: [], deviceId: null, ...somewhere } as const;
/** What an account is secured by, beside the account. */
const SECURED = ["passkeys_of_user", "passwords.primaryKey", "roleAssignments_of_user", "totps_of_user"];
const browser = { id: "d", userId: user.id, hash: "h", firstSeenAt: now, lastSeenAt: now, signIns: 1, trustedAt: null, blockedAt: now, network: null, agent: null, country: null, county: null };
const code = { hash: "h", clientId: client.id, userId: user.id, redirectUri: "", scopes: [], challenge: "", familyId: id(), expiresAt: now, usedAt: null };

export const AUTHENTICATION: readonly Query[] = [
  ["authentication/access", "holdersOf", (office) => holdersOf(office, "h", now), ["accessTokens_by_hash", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/access", "insertToken", ({ primary }) => insertToken(primary, token), []],
  ["authentication/access", "insertBootstrap", ({ primary }) => insertBootstrap(primary, user.id, now), []],
  ["authentication/access", "bootstrappedAt", (office) => bootstrappedAt(office), []],
  ...eachWay("authentication/access", "tokensPage", TOKENS_BY_CREATION, [id()], (office, page) => tokensPage(office, user.id, page), ["accessTokens_of_user"]),
  ["authentication/access", "tokenOf", (office) => tokenOf(office, user.id, token.id), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeToken", ({ primary }) => revokeToken(primary, token.id, actor, now), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeTokensOf", ({ primary }) => revokeTokensOf(primary, user.id, actor, now), ["accessTokens_of_user"]],
  ["authentication/sessions", "standing", (office) => sessions.standing(office, "h"), ["devices.primaryKey", "roleAssignments_of_user", "sessions_by_hash", "users.primaryKey"]],
  ["authentication/sessions", "insertSession", ({ primary }) => sessions.insertSession(primary, session), []],
  ["authentication/sessions", "keepDevice", ({ primary }) => sessions.keepDevice(primary, device), []],
  ["authentication/sessions", "seeAgain", ({ primary }) => sessions.seeAgain(primary, session.id, now), ["sessions.primaryKey"]],
  ["authentication/sessions", "endSession", ({ primary }) => sessions.endSession(primary, session.id, "signed-out", now), ["sessions.primaryKey"]],
  ["authentication/sessions", "replaceSession", ({ primary }) => sessions.replaceSession(primary, "h", now), ["sessions_by_hash"]],
  ["authentication/passwords", "insertPassword", ({ primary }) => hashes.insertPassword(primary, { userId: user.id, sealedHash: new Uint8Array(1), changedAt: now }), []],
  ["authentication/passwords", "keepHash", ({ primary }) => hashes.keepHash(primary, user.id, new Uint8Array(1), new Uint8Array(1)), ["passwords.primaryKey"]],
  ["authentication/sign-in", "countAttempt", ({ primary }) => signIn.countAttempt(primary, "k", now, now, 5), []],
  ["authentication/sign-in", "forgetAttempts", ({ primary }) => signIn.forgetAttempts(primary, "k"), ["attempts.primaryKey"]],
  ["authentication/sign-in", "attemptsOn", (office) => signIn.attemptsOn(office, ["k", "l"]), ["attempts.primaryKey"]],
  ["authentication/sign-in", "forgetAttemptsOn", ({ primary }) => signIn.forgetAttemptsOn(primary, ["k", "l"]), ["attempts.primaryKey"]],
  ["authentication/sign-in", "insertSignIn", ({ primary }) => signIn.insertSignIn(primary, { userId: user.id, ...aTry }), []],
  ["authentication/sign-in", "noteTry", ({ primary }) => signIn.noteTry(primary, "k", aTry), ["users_by_phone"]],
  ["authentication/sign-in", "accountByPhone", (office) => signIn.accountByPhone(office, "k", "h", "KE"), [
    "devices_by_hash", "devices_of_user", "passkeys_of_user", "passwords.primaryKey", "roleAssignments_of_user", "totps_of_user", "users_by_phone",
  ]],
  ["authentication/sign-in", "isTaken", (office) => signIn.isTaken(office, "k"), ["users_by_phone"]],
  ["authentication/factors", "heldBy", (office) => factors.heldBy(office, user.id), ["passkeys_of_user", "passwords.primaryKey", "recoveryCodes_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/factors", "pendingTotp", (office) => factors.pendingTotp(office, user.id), ["totps_of_user"]],
  ["authentication/factors", "insertTotp", ({ primary }) => factors.insertTotp(primary, totp), []],
  ["authentication/factors", "deletePendingTotp", ({ primary }) => factors.deletePendingTotp(primary, user.id), ["totps_of_user"]],
  ["authentication/factors", "confirmTotp", ({ primary }) => factors.confirmTotp(primary, totp.id, 1, now), ["totps.primaryKey"]],
  ["authentication/factors", "deleteConfirmedTotp", ({ primary }) => factors.deleteConfirmedTotp(primary, user.id), ["totps_of_user"]],
  ["authentication/factors", "deleteTotpBesidePasskey", ({ primary }) => factors.deleteTotpBesidePasskey(primary, user.id), ["passkeys_of_user", "totps_of_user"]],
  ["authentication/factors", "takeStep", ({ primary }) => factors.takeStep(primary, totp.id, 1), ["totps.primaryKey"]],
  ["authentication/factors", "hasRecoveryCode", (office) => factors.hasRecoveryCode(office, user.id, "h"), ["recoveryCodes_of_user"]],
  ["authentication/factors", "useRecoveryCode", ({ primary }) => factors.useRecoveryCode(primary, user.id, "h", now), ["recoveryCodes_of_user"]],
  ["authentication/factors", "insertRecoveryCodes", ({ primary }) => factors.insertRecoveryCodes(primary, codes()), []],
  ["authentication/factors", "deleteRecoveryCodes", ({ primary }) => factors.deleteRecoveryCodes(primary, user.id), ["recoveryCodes_of_user"]],
  ["authentication/factors", "deleteRecoveryCodesAlone", ({ primary }) => factors.deleteRecoveryCodesAlone(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user"]],
  ["authentication/sessions", "deviceByHash", (office) => deviceByHash(office, user.id, "h"), ["devices_by_hash"]],
  ["authentication/sessions", "proveAgain", ({ primary }) => proveAgain(primary, id(), now), ["sessions.primaryKey"]],
  ["authentication/passwords", "accountByPhone", (office) => passwords.accountByPhone(office, "k"), [...SECURED, "users_by_phone"]],
  ["authentication/passwords", "accountById", (office) => passwords.accountById(office, user.id), [...SECURED, "users.primaryKey"]],
  ["authentication/passwords", "changeAccount", ({ primary }) => passwords.changeAccount(primary, { ...user, dataKey: null, sealedProfile: null }, {}, actor, now), ["users.primaryKey"]],
  ["authentication/passwords", "putPassword", ({ primary }) => passwords.putPassword(primary, { userId: user.id, sealedHash: new Uint8Array(1), changedAt: now }), []],
  ["authentication/passwords", "linkByHash", (office) => passwords.linkByHash(office, "h"), ["passwordLinks_by_hash"]],
  ["authentication/passwords", "insertLink", ({ primary }) => passwords.insertLink(primary, link), []],
  ["authentication/passwords", "useLink", ({ primary }) => passwords.useLink(primary, link.id, now), ["passwordLinks.primaryKey"]],
  ["authentication/passwords", "voidLinksOf", ({ primary }) => passwords.voidLinksOf(primary, user.id, now), ["passwordLinks_of_user"]],
  ["authentication/passwords", "removeFactorsOf", ({ primary }) => passwords.removeFactorsOf(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user", "totps_of_user"]],
  ["authentication/sessions", "endSessionsOf", ({ primary }) => sessions.endSessionsOf(primary, user.id, "all-ended", now, "s"), ["sessions_of_user"]],
  ["authentication/sessions", "endSessionsOn", ({ primary }) => sessions.endSessionsOn(primary, "d", "device-blocked", now), ["sessions_of_device"]],
  ["authentication/sessions", "sessionOfAccount", (office) => sessions.sessionOfAccount(office, user.id, "s"), ["sessions.primaryKey"]],
  ["authentication/sessions", "deviceOfAccount", (office) => sessions.deviceOfAccount(office, user.id, "d"), ["devices.primaryKey"]],
  ["authentication/sessions", "changeDevice", ({ primary }) => sessions.changeDevice(primary, browser, { trustedAt: now }), ["devices.primaryKey"]],
  ...eachWay("authentication/sessions", "sessionsPage", sessions.BY_BEGINNING, PLACE, (office, page) => sessions.sessionsPage(office, user.id, now, page), ["sessions_of_user"]),
  ...eachWay("authentication/sessions", "devicesPage", sessions.BY_LAST_SEEN, PLACE, (office, page) => sessions.devicesPage(office, user.id, page), ["devices_of_user"]),
  ["authentication/account", "accountFacts", (office) => own.accountFacts(office, user.id), ["passkeys_of_user", "passwords.primaryKey", "recoveryCodes_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/account", "accountRow", (office) => own.accountRow(office, user.id), ["users.primaryKey"]],
  ["authentication/account", "setPhoneProven", ({ primary }) => own.setPhoneProven(primary, { phoneKey: "k", id: user.id, version: 1 } as own.AccountRow, { phoneProvenAt: now }), ["users.primaryKey"]],
  ["authentication/account", "operatorNames", (office) => own.operatorNames(office, ["op", "another"]), ["operators.primaryKey"]],
  ...eachWay("authentication/account", "signInsPage", own.SIGN_INS_BY_TIME, PLACE, (office, page) => own.signInsPage(office, user.id, page), ["signIns_of_user"]),
  ...eachWay("authentication/account", "deedsPage", own.DEEDS_BY_TIME, [5_000, 70], (office, page) => own.deedsPage(office, user.id, page), ["auditEntries_of_actor"]),
  ["authentication/oauth", "activeClient", (office) => oauth.activeClient(office, client.id), ["oauthClients.primaryKey"]],
  ["authentication/oauth", "consentOf", (office) => oauth.consentOf(office, user.id, client.id), ["oauthConsents.primaryKey"]],
  ["authentication/oauth", "putConsent", ({ primary }) => oauth.putConsent(primary, { userId: user.id, clientId: client.id, scopes: [], at: now }), []],
  ["authentication/oauth", "insertCode", ({ primary }) => oauth.insertCode(primary, code), []],
  ["authentication/oauth", "dropCodes", ({ primary }) => oauth.dropCodes(primary, now), ["oauthCodes_by_expiry"]],
  ["authentication/oauth", "codeByHash", (office) => oauth.codeByHash(office, "h"), ["oauthCodes.primaryKey", "users.primaryKey"]],
  ["authentication/oauth", "useCode", ({ primary }) => oauth.useCode(primary, "h", now), ["oauthCodes.primaryKey"]],
  ["authentication/oauth", "insertFamily", ({ primary }) => oauth.insertFamily(primary, family), []],
  ["authentication/oauth", "standingFamily", (office) => oauth.standingFamily(office, family.id, now), ["oauthFamilies.primaryKey", "users.primaryKey"]],
  ["authentication/oauth", "rotateFamily", ({ primary }) => oauth.rotateFamily(primary, family, now), ["oauthFamilies.primaryKey"]],
  ["authentication/oauth", "endFamily", ({ primary }) => oauth.endFamily(primary, family.id, "revoked", now), ["oauthFamilies.primaryKey"]],
  ["authentication/oauth", "endFamiliesOf", ({ primary }) => oauth.endFamiliesOf(primary, user.id, "role-given", now), ["oauthFamilies_of_user"]],
  ["authentication/oauth", "holdersOfFamily", (office) => oauth.holdersOfFamily(office, family.id), ["oauthClients.primaryKey", "oauthFamilies.primaryKey", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/oauth/clients", "insertClient", ({ primary }) => oauthClients.insertClient(primary, client), []],
  ["authentication/oauth/clients", "updateClient", ({ primary }) => oauthClients.updateClient(primary, client, { state: "suspended" }, actor, now), ["oauthClients.primaryKey"]],
  ["authentication/oauth/clients", "clientById", (office) => oauthClients.clientById(office, client.id), ["oauthClients.primaryKey"]],
  ...eachWay("authentication/oauth/clients", "clientsPage", oauthClients.BY_CREATION, [id()], (office, page) => oauthClients.clientsPage(office, page), ["oauthClients.primaryKey"]),
  ["authentication/passkeys", "insertCeremony", ({ primary }) => passkeyStore.insertCeremony(primary, { id: id(), kind: "sign-in", challenge: "c", expiresAt: now }), []],
  ["authentication/passkeys", "dropCeremonies", ({ primary }) => passkeyStore.dropCeremonies(primary, now), ["ceremonies_by_expiry"]],
  ["authentication/passkeys", "ceremonyOf", (office) => passkeyStore.ceremonyOf(office, id()), ["ceremonies.primaryKey"]],
  ["authentication/passkeys", "useCeremony", ({ primary }) => passkeyStore.useCeremony(primary, id(), now), ["ceremonies.primaryKey"]],
  ["authentication/passkeys", "holderOf", (office) => passkeyStore.holderOf(office, user.id), ["passkeys_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/passkeys", "passkeysOf", (office) => passkeyStore.passkeysOf(office, user.id), ["passkeys_of_user"]],
  ["authentication/passkeys", "passkeyByCredential", (office) => passkeyStore.passkeyByCredential(office, "c", "h", "KE"), ["devices_by_hash", "devices_of_user", "passkeys_by_credential", "users.primaryKey"]],
  ["authentication/passkeys", "insertPasskey", ({ primary }) => passkeyStore.insertPasskey(primary, passkey), []],
  ["authentication/passkeys", "onlyWithoutFactor", ({ primary }) => passkeyStore.onlyWithoutFactor(primary, user.id), ["passkeys_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/passkeys", "advancePasskey", ({ primary }) => passkeyStore.advancePasskey(primary, passkey, 1, now), ["passkeys.primaryKey"]],
  ["authentication/passkeys", "labelPasskey", ({ primary }) => passkeyStore.labelPasskey(primary, user.id, passkey.id, "l"), ["passkeys.primaryKey"]],
  ["authentication/passkeys", "deletePasskey", ({ primary }) => passkeyStore.deletePasskey(primary, user.id, passkey.id, true), ["passkeys.primaryKey", "passkeys_of_user", "totps_of_user"]],
  ["authentication/passkeys", "deleteNeedlessCodes", ({ primary }) => passkeyStore.deleteNeedlessCodes(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user", "totps_of_user"]],
];
