import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { operatorAsked, operatorPage } from "../../../pages/operator.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { KeyRefusal, OperatorDeskRpc } from "../desk/rpc.ts";
import { OperatorPage } from "./home.tsx";
import { HandedOutPage, KeyPage } from "./key.tsx";
import { KeysPage } from "./keys.tsx";

/** What the pages of an operator's people need from outside. */
export interface OperatorDeskPortal {
  operatorDesk: OperatorDeskRpc;
  clock: Clock;
  newId: () => string;
}

type OwnRefusal = Exclude<KeyRefusal["refusal"], StaffRefusal["refusal"]>;

/** Beside which field a refusal stands, and with which status. */
const SAID: Record<OwnRefusal, readonly [field: string | null, status: Status]> = {
  "name-unfit": ["name", 422], "network-unfit": ["networks", 422], "choice-missing": [null, 422], "key-ended": [null, 409], "command-reused": [null, 409],
};

/** An operator's own pages. Whoever is not of its people is told that there is nothing. */
export function operatorPages({ operatorDesk, clock, newId }: OperatorDeskPortal) {
  const asking = (c: PageContext) => ({ visitor: visitorOf(c), operator: operatorAsked(c) });
  const keyIdOf = (c: PageContext): string => c.req.param("keyId") ?? "";
  const addressOf = (c: PageContext, keyId?: string): string => operatorPage(keyId === undefined ? "/keys" : `/keys/${keyId}`, operatorAsked(c));

  async function showKeys(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const listed = await operatorDesk.keys(asking(c));
    if (!listed.ok) return turnedAway(c, listed, addressOf(c));
    const shown = { asked: operatorAsked(c), now: clock(), formId: newId(), typed: (name: string) => typed(c, name), problems };
    return page(c, <KeysPage locale={c.var.locale} {...listed} {...shown} />, status);
  }

  async function showKey(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const keyId = keyIdOf(c);
    if (!isUuid(keyId)) return problemPage(c, "not-found");
    const found = await operatorDesk.key({ ...asking(c), keyId });
    if (!found.ok) return turnedAway(c, found, addressOf(c, keyId));
    const { key: known, days, may } = found;
    return page(c, <KeyPage locale={c.var.locale} asked={operatorAsked(c)} known={known} days={days} may={may} now={clock()} formId={newId()} problems={problems} />, status);
  }

  /** The same page again, with what was refused beside what was asked. */
  function refused(c: PageContext, refusal: KeyRefusal, show: typeof showKeys, address: string): Response | Promise<Response> {
    if (isOfStaff(refusal)) return turnedAway(c, refusal, address);
    const [field, status] = SAID[refusal.refusal];
    return show(c, [{ field, message: text(c.var.locale, `keys.${refusal.refusal}`) }], status);
  }

  return {
    home: async (c: PageContext) => {
      const operator = operatorAsked(c);
      const entered = await operatorDesk.home(asking(c));
      return entered.ok ? page(c, <OperatorPage locale={c.var.locale} asked={operator} home={entered} />) : turnedAway(c, entered, operatorPage("", operator));
    },

    keys: (c: PageContext) => showKeys(c),

    key: (c: PageContext) => showKey(c),

    issueKey: async (c: PageContext) => {
      const [formId, mode, name, days, networks] = ["formId", "mode", "name", "days", "networks"].map((field) => typed(c, field)) as [string, string, string, string, string];
      const done = await operatorDesk.issueKey({ ...asking(c), formId, mode, name, days, networks });
      return done.ok ? page(c, <HandedOutPage locale={c.var.locale} asked={operatorAsked(c)} handedOut={done.handedOut} />) : refused(c, done, showKeys, addressOf(c));
    },

    rotateKey: async (c: PageContext) => {
      const keyId = keyIdOf(c);
      if (!isUuid(keyId)) return problemPage(c, "not-found");
      const done = await operatorDesk.rotateKey({ ...asking(c), keyId, formId: typed(c, "formId"), overlapHours: typed(c, "overlapHours") });
      return done.ok ? page(c, <HandedOutPage locale={c.var.locale} asked={operatorAsked(c)} handedOut={done.handedOut} />) : refused(c, done, showKey, addressOf(c, keyId));
    },

    revokeKey: async (c: PageContext) => {
      const keyId = keyIdOf(c);
      if (!isUuid(keyId)) return problemPage(c, "not-found");
      const done = await operatorDesk.revokeKey({ ...asking(c), keyId });
      return done.ok ? c.redirect(addressOf(c, keyId), 303) : refused(c, done, showKey, addressOf(c, keyId));
    },
  };
}
