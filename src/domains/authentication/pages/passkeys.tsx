import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { type MessageKey, text, translator } from "../../../i18n/index.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { forgetSession, keepSession, visitorOf } from "../../../pages/session.ts";
import type { PasskeysRpc } from "../passkeys/rpc.ts";
import type { SessionRefusal } from "../sessions/current.ts";
import { CeremonyPage, readAssertion, readAttestation, scriptedPage } from "./ceremony.tsx";
import { PASSKEYS, PasskeyPage, PasskeysPage } from "./passkey-list.tsx";
import { SCRIPT } from "./passkey-script.ts";

/** What the pages of passkeys need from outside. */
export interface PasskeyPortal {
  passkeys: PasskeysRpc;
}

type Answer = Response | Promise<Response>;

const SIGN_IN = "/sign-in/passkey";
const PROVE = "/account/prove/passkey";

/** Where somebody goes who has to do something first. */
const FIRST: Record<SessionRefusal["refusal"], string> = {
  "signed-out": "/sign-in", "second-factor-due": "/sign-in/second-factor", "enrolment-due": "/account/security", "proof-due": "/account/prove",
};

/** Each other refusal: what the page says, beside which field, and with which status. */
const SAID = {
  "passkey-refused": { message: "passkey.refused", field: null, status: 403 },
  "passkey-known": { message: "passkey.known", field: null, status: 409 },
  "too-many-passkeys": { message: "passkey.too-many", field: null, status: 409 },
  "too-many-tries": { message: "passkey.too-many-tries", field: null, status: 429 },
  "no-passkey": { message: "passkey.no-passkey", field: null, status: 409 },
  "label-invalid": { message: "passkey.label-invalid", field: "label", status: 422 },
  "factor-needed": { message: "passkey.factor-needed", field: null, status: 409 },
} as const satisfies Record<string, { message: MessageKey; field: string | null; status: Status }>;

type Said = keyof typeof SAID;

const problemsOf = (c: PageContext, refusal: Said | null): FieldProblem[] =>
  refusal === null ? [] : [{ field: SAID[refusal].field, message: text(c.var.locale, SAID[refusal].message) }];

const statusOf = (refusal: Said | null): Status => (refusal === null ? 200 : SAID[refusal].status);

const isFirst = (refusal: string): refusal is SessionRefusal["refusal"] => Object.hasOwn(FIRST, refusal);

/** One of an account's own pages; anything else leads to its first. */
const ownPage = (wanted: string): string => (/^\/account(\/[a-z\d-]+)*$/.test(wanted) ? wanted : "/account");

/** Signing in with a passkey, showing one again, and one's own passkeys. */
export function passkeyPages({ passkeys }: PasskeyPortal) {
  /** To what has to be done first, and back to `wanted` afterwards. */
  function first(c: PageContext, refusal: SessionRefusal["refusal"], wanted: string): Answer {
    if (refusal === "signed-out") forgetSession(c);
    return c.redirect(`${FIRST[refusal]}?wanted=${encodeURIComponent(wanted)}`, 303);
  }

  async function showSignIn(c: PageContext, refused: Said | null): Promise<Response> {
    const t = translator(c.var.locale);
    const begun = await passkeys.startSignIn(visitorOf(c));
    const refusal = begun.ok ? refused : begun.refusal;
    return scriptedPage(c, (
      <CeremonyPage
        locale={c.var.locale} address={SIGN_IN} heading={t("passkey.sign-in")} lead={t("passkey.sign-in-lead")} button={t("passkey.sign-in")}
        ceremony={begun.ok ? begun.ceremony : null} problems={problemsOf(c, refusal)}
      >
        <a class="button quiet" href="/sign-in">{t("passkey.with-password")}</a>
      </CeremonyPage>
    ), statusOf(refusal));
  }

  async function showProof(c: PageContext, wanted: string, refused: Said | null): Promise<Response> {
    const t = translator(c.var.locale);
    const begun = await passkeys.startProof(visitorOf(c));
    if (!begun.ok && isFirst(begun.refusal)) return first(c, begun.refusal, wanted);
    const refusal = begun.ok ? refused : "no-passkey";
    return scriptedPage(c, (
      <CeremonyPage
        locale={c.var.locale} address={PROVE} heading={t("passkey.prove")} lead={t("passkey.prove-lead")} button={t("passkey.use")} carried={{ wanted }}
        ceremony={begun.ok ? begun.ceremony : null} problems={problemsOf(c, refusal)}
      >
        <a class="button quiet" href={`/account/prove?wanted=${encodeURIComponent(wanted)}`}>{t("passkey.other-way")}</a>
      </CeremonyPage>
    ), statusOf(refusal));
  }

  async function showAdd(c: PageContext, refused: Said | null): Promise<Response> {
    const t = translator(c.var.locale);
    const begun = await passkeys.startRegistration(visitorOf(c));
    if (!begun.ok && isFirst(begun.refusal)) return first(c, begun.refusal, `${PASSKEYS}/add`);
    const refusal = begun.ok ? refused : "too-many-passkeys";
    return scriptedPage(c, (
      <CeremonyPage
        locale={c.var.locale} address={`${PASSKEYS}/add`} heading={t("passkey.add")} lead={t("passkey.add-lead")} button={t("passkey.add")}
        ceremony={begun.ok ? begun.ceremony : null} problems={problemsOf(c, refusal)}
      >
        <a class="button quiet" href={PASSKEYS}>{t("passkey.heading")}</a>
      </CeremonyPage>
    ), statusOf(refusal));
  }

  async function showOne(c: PageContext, label: string | null, refused: Said | null): Promise<Response> {
    const listed = await passkeys.list(visitorOf(c));
    if (!listed.ok) return first(c, listed.refusal, PASSKEYS);
    const passkey = listed.passkeys.find(({ id }) => id === c.req.param("id"));
    if (!passkey) return problemPage(c, "not-found");
    return page(c, <PasskeyPage locale={c.var.locale} passkey={passkey} label={label ?? passkey.label} problems={problemsOf(c, refused)} />, statusOf(refused));
  }

  return {
    script: (c: PageContext) => c.body(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }),

    signIn: (c: PageContext) => showSignIn(c, null),

    enter: async (c: PageContext) => {
      const done = await passkeys.finishSignIn({ visitor: visitorOf(c), assertion: readAssertion(c) });
      if (!done.ok) return showSignIn(c, done.refusal);
      keepSession(c, done.entered);
      return c.redirect("/account", 303);
    },

    prove: (c: PageContext) => showProof(c, ownPage(c.req.query("wanted") ?? ""), null),

    proven: async (c: PageContext) => {
      const wanted = ownPage(c.var.form.get("wanted") ?? "");
      const done = await passkeys.finishProof({ visitor: visitorOf(c), assertion: readAssertion(c) });
      if (!done.ok) return isFirst(done.refusal) ? first(c, done.refusal, wanted) : showProof(c, wanted, done.refusal);
      if (done.entered) keepSession(c, done.entered);
      return c.redirect(wanted, 303);
    },

    list: async (c: PageContext) => {
      const listed = await passkeys.list(visitorOf(c));
      return listed.ok ? page(c, <PasskeysPage locale={c.var.locale} passkeys={listed.passkeys} />) : first(c, listed.refusal, PASSKEYS);
    },

    add: (c: PageContext) => showAdd(c, null),

    added: async (c: PageContext) => {
      const done = await passkeys.finishRegistration({ visitor: visitorOf(c), attestation: readAttestation(c) });
      if (!done.ok) return isFirst(done.refusal) ? first(c, done.refusal, `${PASSKEYS}/add`) : showAdd(c, done.refusal);
      if (done.entered) keepSession(c, done.entered);
      return c.redirect(PASSKEYS, 303);
    },

    one: (c: PageContext) => showOne(c, null, null),

    rename: async (c: PageContext) => {
      const label = c.var.form.get("label") ?? "";
      const done = await passkeys.rename({ visitor: visitorOf(c), passkeyId: c.req.param("id") ?? "", label });
      if (done.ok) return c.redirect(PASSKEYS, 303);
      if (isFirst(done.refusal)) return first(c, done.refusal, PASSKEYS);
      return done.refusal === "unknown" ? problemPage(c, "not-found") : showOne(c, label, done.refusal);
    },

    remove: async (c: PageContext) => {
      const passkeyId = c.req.param("id") ?? "";
      const done = await passkeys.remove({ visitor: visitorOf(c), passkeyId });
      if (done.ok) return c.redirect(PASSKEYS, 303);
      if (isFirst(done.refusal)) return first(c, done.refusal, `${PASSKEYS}/${passkeyId}`);
      return done.refusal === "unknown" ? problemPage(c, "not-found") : showOne(c, null, done.refusal);
    },
  };
}
