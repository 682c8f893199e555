import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { excludeSteps } from "../../src/domains/exclusions/pages/exclude.tsx";
import { forgetGrant } from "../../src/pages/grant.ts";
import { HomePage } from "../../src/domains/exclusions/pages/home.tsx";
import { ownPages } from "../../src/domains/exclusions/pages/own.tsx";
import type { CitizenPortal } from "../../src/domains/exclusions/pages/portal.ts";
import { rightsPages, type RightsPortal } from "../../src/domains/exclusions/pages/rights.tsx";
import { peoplePages, type StaffUsersPortal } from "../../src/domains/users/pages/people.tsx";
import { type VaultPortal, vaultPages } from "../../src/domains/users/pages/vault.tsx";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { ownForms } from "../../src/pages/forgery.ts";
import { type PageEnv, page } from "../../src/pages/page.ts";
import { problemPage } from "../../src/pages/problem.tsx";
import { fault, forms, headers, language, requestLog } from "../../src/pages/shell.ts";
import { parseEnvironment, type PortalBindings } from "./environment.ts";

export interface PortalOptions extends CitizenPortal, RightsPortal, VaultPortal, StaffUsersPortal {
  /** Where the quick exit leads. */
  exitUrl: string;
  log: (line: string) => void;
}

/** Every page, and who answers it. */
export function createPortal(portal: PortalOptions): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const exclude = excludeSteps(portal);
  const own = ownPages(portal);
  const rights = rightsPages(portal);
  const vault = vaultPages(portal);
  const people = peoplePages(portal);

  app.use(requestLog("nser-portal", portal.clock, portal.newId, portal.log));
  app.use(...headers, ...language);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, allowed) => {
    c.header("Allow", allowed.join(", "));
    return problemPage(c, "method");
  } }));
  app.use(...forms, ownForms(portal.newId));
  app.onError(fault);
  app.notFound((c) => problemPage(c, "not-found"));

  app.get("/", (c) => page(c, <HomePage locale={c.var.locale} helpLines={portal.helpLines} />));
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
  app.get("/my/requests", rights.overview);
  app.post("/my/requests/export", rights.export);
  app.post("/my/requests/rectify", rights.rectify);
  app.post("/my/requests/erase", rights.erase);
  app.get("/my/data", vault.data);
  app.get("/my/inbox", vault.inbox);
  app.post("/my/inbox", vault.markRead);
  app.get("/my/access", vault.access);
  app.get("/my/activity", vault.activity);
  app.get("/my/details", vault.details);
  app.post("/my/details", vault.changeDetails);
  app.get("/my/contact", vault.contact);
  app.post("/my/contact", vault.changeContact);
  app.post("/my/leave", vault.leave);
  app.get("/staff/users", people.form);
  app.post("/staff/users", people.search);
  app.get("/staff/users/:userId", people.person);
  app.post("/staff/users/:userId/lock", people.lock);
  app.post("/staff/users/:userId/unlock", people.unlock);
  app.post("/staff/users/:userId/verify", people.verify);
  app.post("/staff/users/:userId/revoke", people.revoke);
  app.post("/staff/users/:userId/show", people.show);
  app.get("/exit", (c) => {
    forgetGrant(c);
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
