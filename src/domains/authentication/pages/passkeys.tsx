import { translator } from "../../../i18n/index.ts";
import { leadOn } from "../../../pages/due.ts";
import { ownPath } from "../../../pages/next.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { keepSession, visitorOf } from "../../../pages/session.ts";
import type { PasskeysRpc } from "../passkeys/rpc.ts";
import type { SessionRefusal } from "../sessions/model.ts";
import { CeremonyPage, readAssertion, readAttestation, scriptedPage } from "./ceremony.tsx";
import { PASSKEYS, PasskeyPage, PasskeysPage } from "./passkey-list.tsx";
import { isSaid, problemsOf, type Said, statusOf } from "./passkey-problems.ts";
import { SCRIPT } from "./passkey-script.ts";

/** What the pages of passkeys need from outside. */
export interface PasskeyPortal {
  passkeys: PasskeysRpc;
}

type Answer = Response | Promise<Response>;

const SIGN_IN = "/sign-in/passkey";
const ADD = `${PASSKEYS}/add`;

const idOf = (c: PageContext): string => c.req.param("id") ?? "";

const nextOf = (c: PageContext): string => ownPath(c.var.form.get("next") ?? c.req.query("next"), "/account");

/** Signing in with a passkey, showing one again, and one's own passkeys. */
export function passkeyPages({ passkeys }: PasskeyPortal) {
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

  /** Between two factors, or again in the middle of a session: below the page where something else is shown. */
  async function showProof(c: PageContext, refused: Said | null): Promise<Response> {
    const t = translator(c.var.locale);
    const begun = await passkeys.startProof(visitorOf(c));
    if (!begun.ok && !isSaid(begun)) return leadOn(c, begun, nextOf(c));
    const [refusal, next] = [begun.ok ? refused : begun.refusal, nextOf(c)];
    const instead = c.req.path.replace(/\/passkey$/, "");
    return scriptedPage(c, (
      <CeremonyPage
        locale={c.var.locale} address={c.req.path} heading={t("passkey.prove")} lead={t("passkey.prove-lead")} button={t("passkey.use")} carried={{ next }}
        ceremony={begun.ok ? begun.ceremony : null} problems={problemsOf(c, refusal)}
      >
        <a class="button quiet" href={`${instead}?${new URLSearchParams({ next })}`}>{t("passkey.other-way")}</a>
      </CeremonyPage>
    ), statusOf(refusal));
  }

  async function showAdd(c: PageContext, refused: Said | null): Promise<Response> {
    const t = translator(c.var.locale);
    const begun = await passkeys.startRegistration(visitorOf(c));
    if (!begun.ok && !isSaid(begun)) return leadOn(c, begun, ADD);
    const refusal = begun.ok ? refused : begun.refusal;
    return scriptedPage(c, (
      <CeremonyPage
        locale={c.var.locale} address={ADD} heading={t("passkey.add")} lead={t("passkey.add-lead")} button={t("passkey.add")}
        ceremony={begun.ok ? begun.ceremony : null} problems={problemsOf(c, refusal)}
      >
        <a class="button quiet" href={PASSKEYS}>{t("passkey.heading")}</a>
      </CeremonyPage>
    ), statusOf(refusal));
  }

  async function showOne(c: PageContext, label: string | null, refused: Said | null): Promise<Response> {
    const listed = await passkeys.list(visitorOf(c));
    if (!listed.ok) return leadOn(c, listed, PASSKEYS);
    const passkey = listed.passkeys.find(({ id }) => id === idOf(c));
    if (!passkey) return problemPage(c, "not-found");
    return page(c, <PasskeyPage locale={c.var.locale} passkey={passkey} label={label ?? passkey.label} problems={problemsOf(c, refused)} />, statusOf(refused));
  }

  /** Why a passkey stays as it was. */
  function unchanged(c: PageContext, { refusal }: SessionRefusal | { refusal: "label-invalid" | "factor-needed" | "unknown" }, label: string | null): Answer {
    if (refusal === "unknown") return problemPage(c, "not-found");
    if (refusal === "label-invalid" || refusal === "factor-needed") return showOne(c, label, refusal);
    return leadOn(c, { refusal }, `${PASSKEYS}/${idOf(c)}`);
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

    prove: (c: PageContext) => showProof(c, null),

    proven: async (c: PageContext) => {
      const done = await passkeys.finishProof({ visitor: visitorOf(c), assertion: readAssertion(c) });
      if (!done.ok) return isSaid(done) ? showProof(c, done.refusal) : leadOn(c, done, nextOf(c));
      if (done.entered) keepSession(c, done.entered);
      return c.redirect(nextOf(c), 303);
    },

    list: async (c: PageContext) => {
      const listed = await passkeys.list(visitorOf(c));
      return listed.ok ? page(c, <PasskeysPage locale={c.var.locale} passkeys={listed.passkeys} />) : leadOn(c, listed, PASSKEYS);
    },

    add: (c: PageContext) => showAdd(c, null),

    added: async (c: PageContext) => {
      const done = await passkeys.finishRegistration({ visitor: visitorOf(c), attestation: readAttestation(c) });
      if (!done.ok) return isSaid(done) ? showAdd(c, done.refusal) : leadOn(c, done, ADD);
      if (done.entered) keepSession(c, done.entered);
      return c.redirect(PASSKEYS, 303);
    },

    one: (c: PageContext) => showOne(c, null, null),

    rename: async (c: PageContext) => {
      const label = c.var.form.get("label") ?? "";
      const done = await passkeys.rename({ visitor: visitorOf(c), passkeyId: idOf(c), label });
      return done.ok ? c.redirect(PASSKEYS, 303) : unchanged(c, done, label);
    },

    remove: async (c: PageContext) => {
      const done = await passkeys.remove({ visitor: visitorOf(c), passkeyId: idOf(c) });
      return done.ok ? c.redirect(PASSKEYS, 303) : unchanged(c, done, null);
    },
  };
}
