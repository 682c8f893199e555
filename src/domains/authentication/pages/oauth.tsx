import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { visitorOf } from "../../../pages/session.ts";
import type { AuthorizationRefusal, OAuthRpc } from "../oauth/rpc.ts";
import { AUTHORIZE, ConsentPage, UnfitPage } from "./consent.tsx";

/** What the authorization endpoint needs from outside. */
export interface OAuthPortal {
  oauth: OAuthRpc;
}

type Answer = Response | Promise<Response>;

/** Where a third party's program sends people, to be let see what they may see. */
export function oauthPages({ oauth }: OAuthPortal) {
  /** Back here after signing in: to our own address, whatever the request says. */
  const refused = (c: PageContext, request: string, { refusal }: AuthorizationRefusal): Answer =>
    refusal === "sign-in-due"
      ? c.redirect(`/sign-in?${new URLSearchParams({ next: `${AUTHORIZE}?${request}` })}`, 303)
      : page(c, <UnfitPage locale={c.var.locale} refusal={refusal} />, 400);

  async function ask(c: PageContext, request: string): Promise<Response> {
    const answer = await oauth.authorize({ visitor: visitorOf(c), request });
    if (!answer.ok) return refused(c, request, answer);
    if ("redirect" in answer) return c.redirect(answer.redirect, 303);
    c.set("leadsTo", new URL(answer.asked.redirectUri).origin);
    return page(c, <ConsentPage locale={c.var.locale} asked={answer.asked} request={request} />);
  }

  return {
    authorize: (c: PageContext) => ask(c, new URL(c.req.url).search.slice(1)),

    decide: async (c: PageContext) => {
      const request = c.var.form.get("request") ?? "";
      if (onlySwitches(c)) return ask(c, request);
      const answer = await oauth.decide({ visitor: visitorOf(c), request, allow: c.var.form.get("decision") === "allow" });
      return answer.ok ? c.redirect(answer.redirect, 303) : refused(c, request, answer);
    },
  };
}
