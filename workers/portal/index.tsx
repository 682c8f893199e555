import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { entrancePages } from "../../src/domains/authentication/pages/entering.tsx";
import { signUpSteps } from "../../src/domains/authentication/pages/joining.tsx";
import type { EntrancePortal } from "../../src/domains/authentication/pages/portal.ts";
import { keepingPages } from "../../src/domains/authentication/pages/keeping.tsx";
import { type FactorsPortal, showingPages } from "../../src/domains/authentication/pages/showing.tsx";
import { type PasskeyPortal, passkeyPages } from "../../src/domains/authentication/pages/passkeys.tsx";
import { activatePages } from "../../src/domains/authentication/pages/activate.tsx";
import { ownAccountPages } from "../../src/domains/authentication/pages/own.tsx";
import type { PasswordsPortal } from "../../src/domains/authentication/pages/password-portal.ts";
import { resetPages } from "../../src/domains/authentication/pages/reset.tsx";
import { type AccountPortal, accountPages } from "../../src/domains/authentication/pages/account.tsx";
import { type OAuthPortal, oauthPages } from "../../src/domains/authentication/pages/oauth.tsx";
import { casePages } from "../../src/domains/exclusions/pages/cases/acts.tsx";
import { filingPages } from "../../src/domains/exclusions/pages/cases/filing.tsx";
import type { CasesPortal } from "../../src/domains/exclusions/pages/cases/portal.ts";
import { endingPages } from "../../src/domains/exclusions/pages/ending-pages.tsx";
import { excludeSteps } from "../../src/domains/exclusions/pages/exclude.tsx";
import { forgetGrant } from "../../src/pages/grant.ts";
import { HomePage } from "../../src/domains/exclusions/pages/home.tsx";
import { ownPages } from "../../src/domains/exclusions/pages/own.tsx";
import { type NumberPortal, numberPages } from "../../src/domains/exclusions/pages/number.tsx";
import { proofPages } from "../../src/domains/exclusions/pages/proof-pages.tsx";
import { stopPages } from "../../src/domains/exclusions/pages/stop-pages.tsx";
import type { CitizenPortal } from "../../src/domains/exclusions/pages/portal.ts";
import { rightsPages, type RightsPortal } from "../../src/domains/exclusions/pages/rights.tsx";
import { caseworkPages } from "../../src/domains/exclusions/pages/staff/casework.tsx";
import { auditPages, type StaffAuditPortal } from "../../src/domains/compliance/pages/audit.tsx";
import { queuePages, type StaffCasesPortal } from "../../src/domains/exclusions/pages/staff/cases.tsx";
import { exclusionPages, type StaffExclusionsPortal } from "../../src/domains/exclusions/pages/staff/exclusions.tsx";
import { verifyPage } from "../../src/domains/exclusions/pages/verify.tsx";
import { peoplePages, type StaffUsersPortal } from "../../src/domains/users/pages/people.tsx";
import { type VaultPortal, vaultPages } from "../../src/domains/users/pages/vault.tsx";
import { statisticsPage, type StatisticsPortal } from "../../src/domains/exclusions/pages/statistics.tsx";
import { conformancePages, type ConformancePortal } from "../../src/domains/operators/pages/conformance.tsx";
import { type OperatorDeskPortal, operatorPages } from "../../src/domains/operators/pages/desk.tsx";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { ownForms } from "../../src/pages/forgery.ts";
import { type PageEnv, page } from "../../src/pages/page.ts";
import { problemPage } from "../../src/pages/problem.tsx";
import { forgetSession } from "../../src/pages/session.ts";
import { fault, forms, headers, language, requestLog, session } from "../../src/pages/shell.ts";
import { parseEnvironment, type PortalBindings } from "./environment.ts";

export interface PortalOptions
  extends CitizenPortal, RightsPortal, VaultPortal, EntrancePortal, NumberPortal, FactorsPortal, PasskeyPortal, PasswordsPortal, AccountPortal, OAuthPortal,
    StaffUsersPortal, StatisticsPortal, StaffExclusionsPortal, StaffCasesPortal, StaffAuditPortal, CasesPortal,
    OperatorDeskPortal, ConformancePortal {
  /** Where the quick exit leads. */
  exitUrl: string;
  log: (line: string) => void;
}

/** Every page, and who answers it. */
export function createPortal(portal: PortalOptions): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const exclude = excludeSteps(portal);
  const own = ownPages(portal);
  const proof = proofPages(portal);
  const ending = endingPages(portal);
  const stop = stopPages(portal);
  const audit = auditPages(portal);
  const filing = filingPages(portal);
  const ownCases = casePages(portal);
  const rights = rightsPages(portal);
  const vault = vaultPages(portal);
  const number = numberPages(portal);
  const entrance = entrancePages(portal);
  const signUp = signUpSteps(portal);
  const showing = showingPages(portal);
  const keeping = keepingPages(portal);
  const passkeys = passkeyPages(portal);
  const reset = resetPages(portal);
  const activate = activatePages(portal);
  const passwords = ownAccountPages(portal);
  const account = accountPages(portal);
  const oauth = oauthPages(portal);
  const people = peoplePages(portal);
  const exclusions = exclusionPages(portal);
  const queue = queuePages(portal);
  const casework = caseworkPages(portal);
  const operator = operatorPages(portal);
  const conformance = conformancePages(portal);

  app.use(requestLog("nser-portal", portal.clock, portal.newId, portal.log));
  app.use(...headers, ...language, session);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, allowed) => {
    c.header("Allow", allowed.join(", "));
    return problemPage(c, "method");
  } }));
  app.use(...forms, ownForms(portal.newId));
  app.onError(fault);
  app.notFound((c) => problemPage(c, "not-found"));

  app.get("/", (c) => page(c, <HomePage locale={c.var.locale} helpLines={portal.helpLines} />));
  app.get("/statistics", statisticsPage(portal));
  app.get("/verify", verifyPage(portal));
  app.get("/exclude", exclude.period);
  app.post("/exclude", exclude.period);
  app.post("/exclude/details", exclude.details);
  app.post("/exclude/code", exclude.code);
  app.post("/exclude/confirm", exclude.confirm);
  app.get("/my", own.overview);
  app.post("/my", own.overview);
  app.post("/my/code", own.code);
  app.post("/my/enter", own.enter);
  app.post("/my/extend", own.extend);
  app.get("/my/receipts/:reference", own.receipt);
  app.get("/my/receipts/:reference/proof", proof.show);
  app.get("/my/receipts/:reference/proof/file", proof.save);
  app.get("/my/end/:reference", ending.overview);
  app.post("/my/end/:reference", ending.ask);
  app.post("/my/end/:reference/confirm", ending.confirm);
  app.post("/my/end/:reference/keep", ending.keep);
  app.get("/my/stop", stop.show);
  app.post("/my/stop", stop.show);
  app.post("/my/stop/now", stop.now);
  app.post("/my/stop/code", stop.code);
  app.post("/my/stop/confirm", stop.confirm);
  app.get("/my/cases", ownCases.list);
  app.get("/my/cases/new", filing.choice);
  app.get("/my/cases/new/:kind", filing.form);
  app.post("/my/cases/new/:kind", filing.file);
  app.get("/my/cases/:reference", ownCases.one);
  for (const verb of ["answer", "appeal", "object", "withdraw", "evidence"] as const) app.post(`/my/cases/:reference/${verb}`, ownCases[verb]);
  app.get("/my/requests", rights.overview);
  app.post("/my/requests/:kind", rights.ask);
  app.get("/my/data", vault.data);
  app.get("/my/inbox", vault.inbox);
  app.post("/my/inbox", vault.markRead);
  app.get("/my/access", vault.access);
  app.get("/my/held", vault.held);
  app.post("/my/held", vault.watchHeld);
  app.get("/my/activity", vault.activity);
  app.get("/my/details", vault.details);
  app.post("/my/details", vault.changeDetails);
  app.get("/my/contact", vault.contact);
  app.post("/my/contact", vault.changeContact);
  app.post("/my/leave", vault.leave);
  app.get("/number", number.form);
  app.post("/number", number.form);
  app.post("/number/code", number.code);
  app.post("/number/confirm", number.confirm);
  app.get("/sign-up", signUp.details);
  app.post("/sign-up", signUp.details);
  app.post("/sign-up/code", signUp.code);
  app.post("/sign-up/confirm", signUp.confirm);
  app.get("/sign-in", entrance.form);
  app.post("/sign-in", entrance.signIn);
  app.post("/sign-out", entrance.signOut);
  app.get("/sign-in/second", showing.second);
  app.post("/sign-in/second", showing.second);
  app.get("/account/prove", showing.prove);
  app.post("/account/prove", showing.prove);
  app.get("/account/security", keeping.security);
  app.get("/account/security/totp", keeping.totp);
  app.post("/account/security/totp", keeping.startTotp);
  app.post("/account/security/totp/confirm", keeping.confirmTotp);
  app.post("/account/security/totp/remove", keeping.removeTotp);
  app.get("/account/security/recovery-codes", keeping.recoveryCodes);
  app.post("/account/security/recovery-codes", keeping.newRecoveryCodes);
  app.get("/passkey.js", passkeys.script);
  app.get("/sign-in/passkey", passkeys.signIn);
  app.post("/sign-in/passkey", passkeys.enter);
  for (const room of ["/sign-in/second", "/account/prove"]) {
    app.get(`${room}/passkey`, passkeys.prove);
    app.post(`${room}/passkey`, passkeys.proven);
  }
  app.get("/account/security/passkeys", passkeys.list);
  app.get("/account/security/passkeys/add", passkeys.add);
  app.post("/account/security/passkeys/add", passkeys.added);
  app.get("/account/security/passkeys/:id", passkeys.one);
  app.post("/account/security/passkeys/:id", passkeys.rename);
  app.post("/account/security/passkeys/:id/remove", passkeys.remove);
  app.get("/reset", reset.start);
  app.post("/reset", reset.start);
  app.post("/reset/code", reset.code);
  app.post("/reset/enter", reset.enter);
  app.post("/reset/password", reset.set);
  app.get("/reset/done", reset.done);
  app.get("/activate", activate.start);
  app.post("/activate", activate.start);
  app.post("/activate/code", activate.code);
  app.post("/activate/confirm", activate.confirm);
  app.get("/activate/done", activate.done);
  app.get("/account/security/password", passwords.password);
  app.post("/account/security/password", passwords.changePassword);
  app.get("/account/security/password/done", passwords.passwordDone);
  app.get("/account/phone", passwords.phone);
  app.post("/account/phone", passwords.phone);
  app.post("/account/phone/code", passwords.code);
  app.post("/account/phone/change", passwords.changePhone);
  app.get("/account/phone/done", passwords.phoneDone);
  app.get("/account", account.overview);
  app.get("/account/sessions", account.sessions);
  app.post("/account/sessions/end", account.end);
  app.post("/account/sessions/end-others", account.endOthers);
  app.post("/account/sessions/end-all", account.endAll);
  app.get("/account/devices", account.devices);
  for (const verb of ["trust", "distrust", "block", "unblock", "forget"] as const) app.post(`/account/devices/${verb}`, account[verb]);
  app.get("/account/history", account.history);
  app.get("/account/activity", account.activity);
  app.get("/oauth/authorize", oauth.authorize);
  app.post("/oauth/authorize", oauth.decide);
  app.get("/staff", people.home);
  app.get("/staff/users", people.form);
  app.post("/staff/users", people.search);
  app.get("/staff/users/:userId", people.person);
  app.post("/staff/users/:userId/lock", people.lock);
  app.post("/staff/users/:userId/unlock", people.unlock);
  app.post("/staff/users/:userId/verify", people.verify);
  app.post("/staff/users/:userId/revoke", people.revoke);
  app.post("/staff/users/:userId/show", people.show);
  app.get("/staff/exclusions", exclusions.list);
  app.post("/staff/exclusions", exclusions.find);
  app.get("/staff/exclusions/search", exclusions.enterSearch);
  app.post("/staff/exclusions/search", exclusions.search);
  app.get("/staff/exclusions/:reference", exclusions.look);
  app.get("/staff/audit", audit.list);
  app.get("/staff/audit/:entryId/proof", audit.proof);
  app.post("/staff/audit/flags/:flagId", audit.see);
  app.get("/staff/cases", queue.list);
  app.post("/staff/cases", queue.find);
  app.get("/staff/cases/new", queue.form);
  app.post("/staff/cases/new", queue.file);
  app.get("/staff/cases/:reference", casework.look);
  app.post("/staff/cases/:reference/notify", casework.notify);
  app.post("/staff/cases/:reference/propose", casework.propose);
  app.post("/staff/cases/:reference/second", casework.second);
  app.post("/staff/cases/:reference/send-back", casework.sendBack);
  app.post("/staff/cases/:reference/withdraw", casework.withdraw);
  app.post("/staff/cases/:reference/stop", casework.stop);
  app.post("/staff/cases/:reference/open", casework.open);
  app.post("/staff/cases/:reference/evidence", casework.addEvidence);
  app.post("/staff/cases/:reference/file", casework.readFile);
  app.get("/operator", operator.home);
  app.get("/operator/conformance", conformance.list);
  app.post("/operator/conformance", conformance.begin);
  app.get("/operator/conformance/:runId", conformance.one);
  app.get("/operator/conformance/:runId/certificate", conformance.certificate);
  app.get("/operator/keys", operator.keys);
  app.post("/operator/keys", operator.issueKey);
  app.get("/operator/keys/:keyId", operator.key);
  app.post("/operator/keys/:keyId/rotate", operator.rotateKey);
  app.post("/operator/keys/:keyId/revoke", operator.revokeKey);
  app.get("/exit", (c) => {
    forgetGrant(c);
    forgetSession(c);
    c.header("Clear-Site-Data", '"cache", "cookies", "storage"');
    return c.redirect(portal.exitUrl, 303);
  });
  return app;
}

let app: Hono<PageEnv> | undefined;

export default {
  fetch(request: Request, bindings: PortalBindings): Response | Promise<Response> {
    app ??= createPortal({
      ...parseEnvironment(bindings),
      clock: Date.now,
      newId: () => uuidv7(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length))),
      log: console.log,
    });
    return app.fetch(request);
  },
};
