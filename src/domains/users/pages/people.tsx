import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import type { IdentifierRefusal } from "../people/identifier.ts";
import type { Asked, ServeRefusal, ShowRefusal, StaffUsersRpc } from "../people/rpc.ts";
import { StaffPage } from "./home.tsx";
import { PersonPage, ProfilePage } from "./person.tsx";
import { SearchPage } from "./search.tsx";

/** What the pages of the regulator's people need from outside. */
export interface StaffUsersPortal {
  staffUsers: StaffUsersRpc;
  newId: () => string;
}

type Answer = Response | Promise<Response>;
type Act = "lock" | "unlock" | "verify" | "revoke" | "show";

const SEARCH = "/staff/users";

/** What each form asks, in its order. */
const FIELDS: Record<Act, readonly string[]> = {
  lock: ["lockReason"], unlock: [], verify: ["method", "verifyReason"], revoke: ["revokeReason"], show: ["readReason"],
};

const STATUSES: Partial<Record<(ServeRefusal | ShowRefusal)["refusal"], Status>> = {
  "beyond-own": 403, "oneself": 403, "choice-missing": 422, "reason-unfit": 422,
};

/** Accounts before the regulator's people. Whoever may nothing here is told that there is nothing. */
export function peoplePages({ staffUsers, newId }: StaffUsersPortal) {
  const idOf = (c: PageContext): string => c.req.param("userId") ?? "";
  const placeOf = (userId: string): string => `${SEARCH}/${userId}`;

  const showSearch = (c: PageContext, identifier = "", problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <SearchPage locale={c.var.locale} identifier={identifier} problems={problems} />, status);

  const notFound = (c: PageContext, identifier: string, refusal: IdentifierRefusal["refusal"] | "none-found") =>
    showSearch(c, identifier, [{ field: "identifier", message: text(c.var.locale, `people.${refusal}`) }], refusal === "none-found" ? 404 : 422);

  async function showPerson(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const userId = idOf(c);
    if (!isUuid(userId)) return problemPage(c, "not-found");
    const known = await staffUsers.look({ visitor: visitorOf(c), userId });
    if (!known.ok) return turnedAway(c, known, placeOf(userId));
    return page(c, <PersonPage locale={c.var.locale} {...known} formId={newId()} typed={(name) => typed(c, name)} problems={problems} />, status);
  }

  /** The same page again, with what was refused beside what was asked. */
  function refused(c: PageContext, act: Act, refusal: ServeRefusal | ShowRefusal): Answer {
    if (isOfStaff(refusal)) return turnedAway(c, refusal, placeOf(idOf(c)));
    const isOfField = refusal.refusal === "choice-missing" || refusal.refusal === "reason-unfit";
    const field = isOfField ? FIELDS[act].find((name) => typed(c, name) === "") ?? FIELDS[act].at(-1) : null;
    return showPerson(c, [{ field: field ?? null, message: text(c.var.locale, `people.${refusal.refusal}`) }], STATUSES[refusal.refusal] ?? 409);
  }

  /** Has something done to the account of the address, and shows the account. */
  const doing = (act: Exclude<Act, "show">, ask: (c: PageContext, asked: Asked) => Promise<Result<object, ServeRefusal>>) =>
    async (c: PageContext): Promise<Response> => {
      const userId = idOf(c);
      if (!isUuid(userId)) return problemPage(c, "not-found");
      const done = await ask(c, { visitor: visitorOf(c), userId });
      return done.ok ? c.redirect(placeOf(userId), 303) : refused(c, act, done);
    };

  return {
    home: async (c: PageContext) => {
      const entered = await staffUsers.rooms(visitorOf(c));
      return entered.ok ? page(c, <StaffPage locale={c.var.locale} rooms={entered.rooms} />) : turnedAway(c, entered, "/staff");
    },

    form: async (c: PageContext) => {
      const entered = await staffUsers.enter(visitorOf(c));
      return entered.ok ? showSearch(c) : turnedAway(c, entered, SEARCH);
    },

    search: async (c: PageContext) => {
      const identifier = typed(c, "identifier");
      if (onlySwitches(c)) {
        const entered = await staffUsers.enter(visitorOf(c));
        return entered.ok ? showSearch(c, identifier) : turnedAway(c, entered, SEARCH);
      }
      const found = await staffUsers.search({ visitor: visitorOf(c), identifier });
      if (found.ok) return found.userId === null ? notFound(c, identifier, "none-found") : c.redirect(placeOf(found.userId), 303);
      return isOfStaff(found) ? turnedAway(c, found, SEARCH) : notFound(c, identifier, found.refusal);
    },

    person: (c: PageContext) => showPerson(c),

    lock: doing("lock", (c, asked) => staffUsers.lock({ ...asked, reason: typed(c, "lockReason") })),

    unlock: doing("unlock", (_, asked) => staffUsers.unlock(asked)),

    verify: doing("verify", (c, asked) =>
      staffUsers.verify({ ...asked, formId: typed(c, "formId"), method: typed(c, "method"), reason: typed(c, "verifyReason") })),

    revoke: doing("revoke", (c, asked) => staffUsers.revoke({ ...asked, formId: typed(c, "formId"), reason: typed(c, "revokeReason") })),

    show: async (c: PageContext) => {
      const userId = idOf(c);
      if (!isUuid(userId)) return problemPage(c, "not-found");
      const known = await staffUsers.show({ visitor: visitorOf(c), userId, reason: typed(c, "readReason") });
      return known.ok ? page(c, <ProfilePage locale={c.var.locale} userId={userId} profile={known.profile} />) : refused(c, "show", known);
    },
  };
}
