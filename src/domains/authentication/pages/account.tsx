import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import type { Result } from "../../../kernel/result.ts";
import { leadOn } from "../../../pages/due.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import { forgetSession, visitorOf } from "../../../pages/session.ts";
import type { SessionRefusal } from "../sessions/model.ts";
import type { DeviceRefusal, OneOf, SessionsRpc } from "../sessions/rpc.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { DevicesPage } from "./device-list.tsx";
import type { AccountRoom } from "./nav.tsx";
import { OverviewPage } from "./overview.tsx";
import { DeedsPage, HistoryPage } from "./past.tsx";
import { SessionsPage } from "./session-list.tsx";

/** What the pages of an account need from outside. */
export interface AccountPortal {
  sessions: SessionsRpc;
}

type Answer = Response | Promise<Response>;

/** What a page says of an act that was refused, and with which status. */
const SAID = {
  "unknown": ["account.gone", 404],
  "this-device": ["devices.this-device", 409],
  "device-blocked": ["devices.device-blocked", 409],
  "changed-meanwhile": ["devices.changed-meanwhile", 409],
} as const satisfies Record<DeviceRefusal["refusal"], readonly [string, Status]>;

const isSaid = (refusal: SessionRefusal | DeviceRefusal): refusal is DeviceRefusal => refusal.refusal in SAID;

/** One's account: what it is, where it is signed in and with what, and what was done. Whoever is not signed in is led to where they do that. */
export function accountPages({ sessions }: AccountPortal) {
  async function shown<T>(c: PageContext, here: AccountRoom, ask: (visitor: Visitor) => Promise<Result<T, SessionRefusal>>, show: (answer: T) => Answer) {
    const answer = await ask(visitorOf(c));
    return answer.ok ? show(answer) : leadOn(c, answer, here);
  }

  const listSessions = (c: PageContext, problems: FieldProblem[] = [], status: Status = 200) =>
    shown(c, "/account/sessions", (visitor) => sessions.list(visitor), (listed) =>
      page(c, <SessionsPage locale={c.var.locale} sessions={listed.sessions} problems={problems} />, status));

  const listDevices = (c: PageContext, problems: FieldProblem[] = [], status: Status = 200) =>
    shown(c, "/account/devices", (visitor) => sessions.devices(visitor), (listed) =>
      page(c, <DevicesPage locale={c.var.locale} devices={listed.devices} problems={problems} />, status));

  /** Does something with the one that the form names; refused, the list as it stands by now says why. */
  const act = (here: AccountRoom, list: typeof listSessions, ask: (one: OneOf) => Promise<Result<object, SessionRefusal | DeviceRefusal>>) =>
    async (c: PageContext): Promise<Response> => {
      const done = await ask({ visitor: visitorOf(c), id: c.var.form.get("id") ?? "" });
      if (done.ok) return c.redirect(here, 303);
      if (!isSaid(done)) return leadOn(c, done, here);
      const [message, status] = SAID[done.refusal];
      return list(c, [{ field: null, message: text(c.var.locale, message) }], status);
    };

  const onDevice = (ask: (one: OneOf) => Promise<Result<object, SessionRefusal | DeviceRefusal>>) => act("/account/devices", listDevices, ask);

  return {
    overview: (c: PageContext) =>
      shown(c, "/account", (visitor) => sessions.account(visitor), ({ account }) => page(c, <OverviewPage locale={c.var.locale} account={account} />)),

    sessions: (c: PageContext) => listSessions(c),
    end: act("/account/sessions", listSessions, (one) => sessions.end(one)),
    endOthers: act("/account/sessions", listSessions, ({ visitor }) => sessions.endOthers(visitor)),

    endAll: async (c: PageContext) => {
      const done = await sessions.endAll(visitorOf(c));
      if (!done.ok) return leadOn(c, done, "/account/sessions");
      forgetSession(c);
      return c.redirect("/sign-in", 303);
    },

    devices: (c: PageContext) => listDevices(c),
    trust: onDevice((one) => sessions.trust(one)),
    distrust: onDevice((one) => sessions.distrust(one)),
    block: onDevice((one) => sessions.block(one)),
    unblock: onDevice((one) => sessions.unblock(one)),
    forget: onDevice((one) => sessions.forget(one)),

    history: (c: PageContext) =>
      shown(c, "/account/history", (visitor) => sessions.history({ visitor, after: c.req.query("after") ?? null }), (listed) =>
        page(c, <HistoryPage locale={c.var.locale} listed={listed} />)),

    activity: (c: PageContext) =>
      shown(c, "/account/activity", (visitor) => sessions.activity({ visitor, after: c.req.query("after") ?? null }), (listed) =>
        page(c, <DeedsPage locale={c.var.locale} listed={listed} />)),
  };
}
