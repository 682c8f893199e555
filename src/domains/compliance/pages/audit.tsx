import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import { AUDIT_FIELDS, type AuditField, type AuditSearch, type StaffAuditRpc } from "../desk/rpc.ts";
import { HOME, noteField } from "./entry.tsx";
import { AuditPage } from "./list.tsx";

/** What the pages on the audit log need from outside. */
export interface StaffAuditPortal {
  staffAudit: StaffAuditRpc;
}

const searchOf = (valueOf: (field: AuditField) => string | undefined): AuditSearch =>
  Object.fromEntries(AUDIT_FIELDS.map((field) => [field, valueOf(field)?.trim() ?? ""])) as AuditSearch;

/** The audit log before auditors and officers. Whoever may nothing here is told that there is nothing. */
export function auditPages({ staffAudit }: StaffAuditPortal) {
  /** What was found; with a refused field named beside it, nothing. */
  async function show(c: PageContext, search: AuditSearch, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const found = await staffAudit.search({ visitor: visitorOf(c), search, after: c.req.query("after") ?? null });
    if (found.ok) return page(c, <AuditPage locale={c.var.locale} search={search} found={found} typed={(name) => typed(c, name)} problems={problems} />, status);
    if (isOfStaff(found)) return turnedAway(c, found, HOME);
    const problem = { field: found.field, message: text(c.var.locale, `audit.${found.refusal}`) };
    return page(c, <AuditPage locale={c.var.locale} search={search} found={null} typed={() => ""} problems={[problem]} />, 422);
  }

  /** One entry alone. */
  const only = (id: string): AuditSearch => searchOf((field) => (field === "id" ? id : ""));

  return {
    list: (c: PageContext) => show(c, searchOf((field) => c.req.query(field))),

    proof: async (c: PageContext) => {
      const entryId = c.req.param("entryId") ?? "";
      const proven = await staffAudit.prove({ visitor: visitorOf(c), entryId });
      if (proven.ok) return c.text(proven.proof, 200, { "content-disposition": `attachment; filename="${entryId}.tlog-proof"` });
      if (isOfStaff(proven)) return turnedAway(c, proven, HOME);
      return show(c, only(entryId), [{ field: null, message: text(c.var.locale, "audit.proof-missing") }], 409);
    },

    see: async (c: PageContext) => {
      const entryId = typed(c, "entry");
      if (!isUuid(entryId)) return problemPage(c, "not-found");
      const flagId = c.req.param("flagId") ?? "";
      const request = { flagId, version: Number(typed(c, "version")), note: typed(c, noteField(flagId)) };
      const done = await staffAudit.see({ visitor: visitorOf(c), ...request });
      if (done.ok) return c.redirect(`${HOME}?${new URLSearchParams({ id: entryId })}`, 303);
      if (isOfStaff(done)) return turnedAway(c, done, HOME);
      const isOfField = done.refusal === "note-unfit";
      const problem = { field: isOfField ? noteField(flagId) : null, message: text(c.var.locale, `audit.${done.refusal}`) };
      return show(c, only(entryId), [problem], isOfField ? 422 : done.refusal === "own" ? 403 : 409);
    },
  };
}
