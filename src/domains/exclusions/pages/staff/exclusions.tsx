import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../../i18n/index.ts";
import { readReference, REFERENCES } from "../../../../kernel/ids.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page, typed } from "../../../../pages/page.ts";
import { problemPage } from "../../../../pages/problem.tsx";
import { visitorOf } from "../../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../../pages/staff.tsx";
import type { StaffPropagationRpc } from "../../../operators/propagation/rpc.ts";
import type { LineFilter, SearchRefusal, StaffExclusionsRpc } from "../../desk/rpc.ts";
import { ListPage } from "./list.tsx";
import { LookPage } from "./look.tsx";
import { PropagationCard } from "./propagation.tsx";
import { FoundPage, SearchPage } from "./search.tsx";

/** What the officers' pages on exclusions need from outside. */
export interface StaffExclusionsPortal {
  staffExclusions: StaffExclusionsRpc;
  staffPropagation: StaffPropagationRpc;
}

type OwnRefusal = Exclude<SearchRefusal["refusal"], Parameters<typeof turnedAway>[1]["refusal"]>;

const HOME = "/staff/exclusions";
const SEARCH = `${HOME}/search`;
const NOTHING_CHOSEN: LineFilter = { state: "", policy: "", origin: "", personId: "" };

/** Beside which field a refusal stands, and with which status. */
const SAID: Record<OwnRefusal, readonly [field: string | null, status: Status]> = {
  "identifier-unreadable": ["identifier", 422], "reason-unfit": ["reason", 422], "searches-used-up": [null, 429],
};

const filterOf = (c: PageContext): LineFilter => {
  const asked = c.req.query();
  return { state: asked.state ?? "", policy: asked.policy ?? "", origin: asked.origin ?? "", personId: asked.personId ?? "" };
};

/** Exclusions before officers. Nothing here changes one; whoever may nothing here is told that there is nothing. */
export function exclusionPages({ staffExclusions, staffPropagation }: StaffExclusionsPortal) {
  /** Nothing where it is not for the visitor; where nobody can say it the rest of the page is shown all the same. */
  async function propagation(c: PageContext, reference: string) {
    const known = await staffPropagation.ofExclusion({ visitor: visitorOf(c), reference }).catch(() => null);
    if (known && !known.ok) return null;
    return <PropagationCard locale={c.var.locale} propagation={known && known.propagation} />;
  }

  async function showList(c: PageContext, filter: LineFilter, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const listed = await staffExclusions.list({ visitor: visitorOf(c), filter, after: c.req.query("after") ?? null });
    if (!listed.ok) return turnedAway(c, listed, HOME);
    return page(c, <ListPage locale={c.var.locale} {...listed} filter={filter} reference={typed(c, "reference")} problems={problems} />, status);
  }

  function showSearch(c: PageContext, problems: FieldProblem[] = [], status: Status = 200) {
    const fields = { kind: typed(c, "kind"), identifier: typed(c, "identifier"), reason: typed(c, "reason") };
    return page(c, <SearchPage locale={c.var.locale} {...fields} problems={problems} />, status);
  }

  async function enterSearch(c: PageContext): Promise<Response> {
    const entered = await staffExclusions.enterSearch(visitorOf(c));
    return entered.ok ? showSearch(c) : turnedAway(c, entered, SEARCH);
  }

  return {
    list: (c: PageContext) => showList(c, filterOf(c)),

    find: async (c: PageContext) => {
      const found = await staffExclusions.find({ visitor: visitorOf(c), reference: typed(c, "reference") });
      if (found.ok && found.reference !== null) return c.redirect(`${HOME}/${found.reference}`, 303);
      if (!found.ok && found.refusal !== "reference-unreadable") return turnedAway(c, found, HOME);
      const said = found.ok ? "none-found" : found.refusal;
      return showList(c, NOTHING_CHOSEN, [{ field: "reference", message: text(c.var.locale, `desk.${said}`) }], found.ok ? 404 : 422);
    },

    enterSearch,

    search: async (c: PageContext) => {
      if (onlySwitches(c)) return enterSearch(c);
      const asked = { kind: typed(c, "kind"), identifier: typed(c, "identifier"), reason: typed(c, "reason") };
      const done = await staffExclusions.search({ visitor: visitorOf(c), ...asked });
      if (done.ok) return page(c, <FoundPage locale={c.var.locale} found={done.found} asOf={done.asOf} />);
      if (isOfStaff(done)) return turnedAway(c, done, SEARCH);
      const [field, status] = SAID[done.refusal];
      return showSearch(c, [{ field, message: text(c.var.locale, `desk.${done.refusal}`) }], status);
    },

    look: async (c: PageContext) => {
      const reference = readReference(REFERENCES.exclusion, c.req.param("reference") ?? "");
      if (!reference) return problemPage(c, "not-found");
      const known = await staffExclusions.look({ visitor: visitorOf(c), reference });
      if (!known.ok) return turnedAway(c, known, `${HOME}/${reference}`);
      return page(c, <LookPage locale={c.var.locale} exclusion={known.exclusion} asOf={known.asOf}>{await propagation(c, reference)}</LookPage>);
    },
  };
}
