import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { toLatinDigits } from "../../../pages/digits.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { operatorAsked, operatorPage } from "../../../pages/operator.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { AskedWebhook, WebhookRefusal } from "../desk/webhook-rpc.ts";
import type { OperatorDeskPortal } from "./desk.tsx";
import { outcomeWords } from "./webhook-facts.tsx";
import { WebhooksPage } from "./webhook-list.tsx";
import { WebhookPage } from "./webhook-one.tsx";
import { WebhookSecretPage } from "./webhook-secret.tsx";

type OwnRefusal = Exclude<WebhookRefusal, StaffRefusal>;

/** Beside which field a refusal stands, and with which status. */
const SAID: Record<OwnRefusal["refusal"], readonly [field: string | null, status: Status]> = {
  "address": ["url", 422], "unproven": ["url", 422], "description-unfit": ["description", 422], "choice-missing": [null, 422], "beyond-kept": ["from", 422],
  "not-active": [null, 409], "too-many": [null, 409], "changed-meanwhile": [null, 409], "command-reused": [null, 409],
};

function wordsOf(locale: Locale, refused: OwnRefusal): string {
  const t = translator(locale);
  if (refused.refusal === "address") return t(`webhooks.address-${refused.fault}`);
  return refused.refusal === "unproven" ? t("webhooks.unproven", { outcome: outcomeWords(locale, refused) }) : t(`webhooks.${refused.refusal}`);
}

/** Where an operator is told, for its people. */
export function webhookPages({ operatorDesk, newId }: Pick<OperatorDeskPortal, "operatorDesk" | "newId">) {
  const asking = (c: PageContext) => ({ visitor: visitorOf(c), operator: operatorAsked(c) });
  const webhookIdOf = (c: PageContext): string => c.req.param("webhookId") ?? "";
  const addressOf = (c: PageContext, webhookId?: string): string => operatorPage(webhookId === undefined ? "/webhooks" : `/webhooks/${webhookId}`, operatorAsked(c));
  const formOf = (c: PageContext, problems: FieldProblem[]) => ({ asked: operatorAsked(c), formId: newId(), typed: (name: string) => typed(c, name), problems });

  async function showAll(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const listed = await operatorDesk.webhooks(asking(c));
    if (!listed.ok) return turnedAway(c, listed, addressOf(c));
    return page(c, <WebhooksPage locale={c.var.locale} webhooks={listed.webhooks} may={listed.may} {...formOf(c, problems)} />, status);
  }

  async function showOne(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const webhookId = webhookIdOf(c);
    const seen = await operatorDesk.webhook({ ...asking(c), webhookId, before: c.req.query("before") });
    if (!seen.ok) return turnedAway(c, seen, addressOf(c, webhookId));
    return page(c, <WebhookPage locale={c.var.locale} seen={seen} {...formOf(c, problems)} />, status);
  }

  /** The same page again, with what was refused beside what was asked. */
  function refused(c: PageContext, refusal: WebhookRefusal, show: typeof showAll, address: string): Response | Promise<Response> {
    if (isOfStaff(refusal)) return turnedAway(c, refusal, address);
    const own = refusal as OwnRefusal;
    const [field, status] = SAID[own.refusal];
    return show(c, [{ field, message: wordsOf(c.var.locale, own) }], status);
  }

  /** What is done to one webhook, and where that leads. */
  const act = <Done extends object>(
    verb: (c: PageContext, asked: AskedWebhook) => Promise<({ ok: true } & Done) | ({ ok: false } & WebhookRefusal)>,
    onward: (c: PageContext, done: Done) => Response | Promise<Response> = (c) => c.redirect(addressOf(c, webhookIdOf(c)), 303),
  ) => async (c: PageContext) => {
    const webhookId = webhookIdOf(c);
    if (!isUuid(webhookId)) return problemPage(c, "not-found");
    const done = await verb(c, { ...asking(c), webhookId });
    return done.ok ? onward(c, done) : refused(c, done, showOne, addressOf(c, webhookId));
  };

  const handOut = (c: PageContext, { webhook, secret }: { webhook: { id: string }; secret: string }) =>
    page(c, <WebhookSecretPage locale={c.var.locale} asked={operatorAsked(c)} webhookId={webhook.id} secret={secret} />);

  return {
    list: (c: PageContext) => showAll(c),
    one: (c: PageContext) => (isUuid(webhookIdOf(c)) ? showOne(c) : problemPage(c, "not-found")),

    register: async (c: PageContext) => {
      const [formId, url, description] = ["formId", "url", "description"].map((name) => typed(c, name)) as [string, string, string];
      const made = await operatorDesk.registerWebhook({ ...asking(c), formId, url, description });
      return made.ok ? handOut(c, made) : refused(c, made, showAll, addressOf(c));
    },

    test: act((_, asked) => operatorDesk.testWebhook(asked), (c) => c.redirect(`${addressOf(c, webhookIdOf(c))}#log`, 303)),
    replay: act((c, asked) => operatorDesk.replayWebhook({ ...asked, from: toLatinDigits(typed(c, "from")) })),
    rotateSecret: act((c, asked) => operatorDesk.rotateWebhookSecret({ ...asked, formId: typed(c, "formId"), overlapHours: typed(c, "overlapHours") }), handOut),
    turn: act((c, asked) => operatorDesk.turnWebhook({ ...asked, state: typed(c, "state"), version: typed(c, "version") })),
    remove: act((_, asked) => operatorDesk.removeWebhook(asked), (c) => c.redirect(addressOf(c), 303)),
  };
}
