import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { forgetGrant, grantOf, type GrantSource, heldGrant, provingAt } from "../../../pages/grant.ts";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { heldSession } from "../../../pages/session.ts";
import { readVersion } from "../../../pages/version.ts";
import type { CitizenVaultResult, CitizenVaultRpc, ContactForm, DetailsForm, FieldRefusal, VaultRefusal } from "../citizen-rpc.ts";
import { NO_DETAILS, type Overview } from "../vault/model.ts";
import { AccessPage } from "./access.tsx";
import { ActivityPage } from "./activity.tsx";
import { ContactPage, DetailsPage } from "./change.tsx";
import { DataPage } from "./data.tsx";
import { DoorPage, NothingPage, type VaultPage } from "./door.tsx";
import { contactForm, detailsForm, readContactForm, readDetailsForm } from "./form.ts";
import { HeldPage } from "./held.tsx";
import { InboxPage } from "./inbox.tsx";

/** What the pages of a vault need from outside. */
export interface VaultPortal extends GrantSource {
  vaults: CitizenVaultRpc;
  newId: () => string;
}

type Answer = Response | Promise<Response>;

/** A citizen's own vault. Everything is read and changed with the holder's grant; without a good one, the door. */
export function vaultPages(portal: VaultPortal) {
  const { vaults, newId } = portal;

  async function shut(c: PageContext, wanted: VaultPage, { refusal }: VaultRefusal): Promise<Response> {
    const { locale } = c.var;
    if (refusal === "nothing-kept") return page(c, <NothingPage locale={locale} wanted={wanted} />);
    const proving = refusal === "code-too-old" ? await provingAt(c, portal, `/my/${wanted}`) : null;
    if (proving) return c.redirect(proving, 303);
    if (refusal !== "code-too-old") forgetGrant(c);
    const reason = refusal === "code-too-old" ? refusal : "grant-invalid";
    return page(c, <DoorPage locale={locale} wanted={wanted} formId={newId()} reason={reason} />, 403);
  }

  /** Asks with the grant of who asks, and shows what was answered. */
  async function visit<T>(c: PageContext, wanted: VaultPage, ask: (grant: string) => Promise<CitizenVaultResult<T>>, show: (answer: T) => Answer) {
    const grant = await grantOf(c, portal);
    const answer = grant === null ? { ok: false as const, refusal: "grant-invalid" as const, field: null } : await ask(grant);
    return answer.ok ? show(answer) : shut(c, wanted, answer);
  }

  const withOverview = (c: PageContext, wanted: VaultPage, show: (overview: Overview) => Answer) =>
    visit(c, wanted, (grant) => vaults.overview(grant), ({ overview }) => show(overview));

  /** A change that was refused: beside its field, or over what stands by now. */
  function refused(
    c: PageContext, wanted: VaultPage, refusal: VaultRefusal | FieldRefusal, again: (wrong: FieldProblem[], status: Status, overview?: Overview) => Answer,
  ): Answer {
    if (refusal.field !== null) return again([{ field: refusal.field, message: text(c.var.locale, `error.${refusal.refusal}`) }], 422);
    if (refusal.refusal !== "changed-meanwhile") return shut(c, wanted, refusal);
    const wrong = [{ field: null, message: text(c.var.locale, "error.changed-meanwhile") }];
    return withOverview(c, wanted, (overview) => again(wrong, 409, overview));
  }

  const showDetails = (c: PageContext, form: DetailsForm, version: number, problems: FieldProblem[] = [], status: Status = 200, overview?: Overview) => {
    const standing = overview && { value: overview.details.value, language: overview.locale };
    const now = overview?.details.version ?? version;
    return page(c, <DetailsPage locale={c.var.locale} form={form} version={now} problems={problems} {...(standing && { standing })} />, status);
  };

  const showContact = (c: PageContext, form: ContactForm, version: number, problems: FieldProblem[] = [], status: Status = 200, overview?: Overview) => {
    const standing = overview && { value: overview.contact.value, language: overview.locale };
    const now = overview?.contact.version ?? version;
    return page(c, <ContactPage locale={c.var.locale} form={form} version={now} problems={problems} {...(standing && { standing })} />, status);
  };

  return {
    data: (c: PageContext) => withOverview(c, "data", (overview) => page(c, <DataPage locale={c.var.locale} overview={overview} />)),

    inbox: (c: PageContext) =>
      visit(c, "inbox", (grant) => vaults.inbox(grant), ({ notices }) => page(c, <InboxPage locale={c.var.locale} notices={notices} />)),

    markRead: (c: PageContext) => {
      const upTo = Number(c.var.form.get("upTo") ?? "");
      const until = Number.isSafeInteger(upTo) && upTo >= 0 ? upTo : 0;
      return visit(c, "inbox", (grant) => vaults.markRead({ grant, upTo: until }), () => c.redirect("/my/inbox", 303));
    },

    access: (c: PageContext) => {
      const asked = Number(c.req.query("page") ?? "");
      const at = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
      return visit(c, "access", (grant) => vaults.accessList(grant), (list) => page(c, <AccessPage locale={c.var.locale} list={list} page={at} />));
    },

    held: (c: PageContext) =>
      visit(c, "held", (grant) => vaults.heldTokens(grant), (held) => page(c, <HeldPage locale={c.var.locale} held={held} />)),

    watchHeld: async (c: PageContext) => {
      const wanted = c.var.form.get("wanted");
      // Turning it off deletes: what no page of ours sent does nothing.
      if (wanted !== "yes" && wanted !== "no") return c.redirect("/my/held", 303);
      return visit(c, "held", (grant) => vaults.watchTokens({ grant, wanted: wanted === "yes" }), () => c.redirect("/my/held", 303));
    },

    activity: (c: PageContext) =>
      visit(c, "activity", (grant) => vaults.activity(grant), ({ activity }) => page(c, <ActivityPage locale={c.var.locale} activity={activity} />)),

    details: (c: PageContext) =>
      withOverview(c, "details", ({ details, locale }) => showDetails(c, detailsForm(details.value ?? NO_DETAILS, locale), details.version)),

    changeDetails: async (c: PageContext) => {
      const [form, version] = [readDetailsForm(c.var.form), readVersion(c.var.form)];
      if (onlySwitches(c)) return showDetails(c, form, version);
      const grant = await grantOf(c, portal);
      if (grant === null) return shut(c, "details", { refusal: "grant-invalid", field: null });
      const done = await vaults.changeDetails({ grant, version, details: form });
      if (done.ok) return c.redirect("/my/data", 303);
      return refused(c, "details", done, (...wrong) => showDetails(c, form, version, ...wrong));
    },

    contact: (c: PageContext) =>
      withOverview(c, "contact", ({ contact }) => showContact(c, contactForm(contact.value), contact.version)),

    changeContact: async (c: PageContext) => {
      const [form, version] = [readContactForm(c.var.form), readVersion(c.var.form)];
      if (onlySwitches(c)) return showContact(c, form, version);
      const grant = await grantOf(c, portal);
      if (grant === null) return shut(c, "contact", { refusal: "grant-invalid", field: null });
      const done = await vaults.changeContact({ grant, version, contact: c.var.form.has("remove") ? null : form });
      if (done.ok) return c.redirect("/my/data", 303);
      return refused(c, "contact", done, (...wrong) => showContact(c, form, version, ...wrong));
    },

    leave: async (c: PageContext) => {
      const grant = await heldGrant(c, portal.cookieKey);
      if (grant !== null) await vaults.leave(grant);
      forgetGrant(c);
      // Who is signed in would still be let in: they leave by signing out.
      return heldSession(c) === null ? c.redirect("/", 303) : c.redirect("/sign-out", 307);
    },
  };
}
