import { raw } from "hono/html";
import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import { contentHash, STYLE_HASH } from "../../../pages/style.ts";
import type { CitizenPortal } from "./portal.ts";
import { VERIFY_SCRIPT } from "./verify-script.ts";
import { verifyWords } from "./verify-words.ts";

const SCRIPT_HASH = contentHash(VERIFY_SCRIPT);

/** What the page may do, where it is saved too and no header comes with it: run its one script, and ask nobody anything. */
const POLICY = `default-src 'none'; script-src ${SCRIPT_HASH}; style-src ${STYLE_HASH}; img-src data:; form-action 'none'; base-uri 'none'`;

/** Verifies receipts in the reader's browser, for everybody; it needs nothing of ours once it is there. */
export const verifyPage = ({ citizens }: CitizenPortal) => async (c: PageContext): Promise<Response> => {
  c.set("scripts", SCRIPT_HASH);
  return page(c, <VerifyPage locale={c.var.locale} policy={await citizens.logPolicy()} />);
};

function VerifyPage({ locale, policy }: { locale: Locale; policy: string }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.verify" languages={{ address: "/verify" }} head={<meta http-equiv="Content-Security-Policy" content={POLICY} />}>
      <h1>{t("verify.heading")}</h1>
      <p class="lead">{t("verify.lead")}</p>
      <p class="note" id="without">{t("verify.without")}</p>
      <Doubt locale={locale} />
      <Proven locale={locale} />
      <VerifyForm locale={locale} policy={policy} />
      <p class="lines"><a href="/verify" download="nser-verify.html">{t("verify.save")}</a></p>
      <script>{raw(VERIFY_SCRIPT)}</script>
    </Layout>
  );
}

/** Hidden until the script runs. */
function VerifyForm({ locale, policy }: { locale: Locale; policy: string }) {
  const t = translator(locale);
  return (
    <form id="verify" data-words={JSON.stringify(verifyWords(locale))} hidden>
      <div class="field">
        <label for="file">{t("verify.file")}</label>
        <input id="file" type="file" accept=".tlog-proof,text/plain" />
      </div>
      <div class="field">
        <label for="receipt">{t("verify.text")}</label>
        <textarea id="receipt" rows={5} dir="ltr" spellcheck={false} autocomplete="off" />
      </div>
      <div class="field">
        <label for="keys">{t("verify.keys")}</label>
        <p class="hint" id="keys-hint">{t("verify.keys-hint")}</p>
        <textarea id="keys" rows={5} dir="ltr" spellcheck={false} autocomplete="off" aria-describedby="keys-hint">{policy}</textarea>
      </div>
      <button class="button">{t("verify.submit")}</button>
    </form>
  );
}

function Doubt({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <section class="summary" id="doubted" role="alert" tabindex={-1} hidden>
      <h2>{t("verify.doubted")}</h2>
      <p id="doubt" />
      <p><code id="code" dir="ltr" /></p>
    </section>
  );
}

const FACTS = [
  ["action", "verify.action"], ["at", "verify.at"], ["resource", "fact.reference"], ["period", "fact.period"], ["since", "fact.since"], ["until", "fact.until"],
  ["cosigners", "verify.cosigners"],
] as const;
const DETAILS = [["index", "verify.index"], ["log", "verify.log"], ["root", "verify.root"], ["entry", "verify.entry"], ["record", "verify.record"]] as const;

function Proven({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <section class="card" id="proven" role="status" tabindex={-1} hidden>
      <h2>{t("verify.proven")}</h2>
      <p>{t("verify.proven-text")}</p>
      <Blanks locale={locale} facts={FACTS} />
      <h2>{t("verify.open")}</h2>
      <ul class="ticks">
        {(["whose", "now", "true"] as const).map((what) => <li>{t(`verify.open-${what}`)}</li>)}
      </ul>
      <details>
        <summary>{t("verify.details")}</summary>
        <Blanks locale={locale} facts={DETAILS} />
      </details>
    </section>
  );
}

/** Where the script writes what it found. */
const Blanks = ({ locale, facts }: { locale: Locale; facts: typeof FACTS | typeof DETAILS }) => (
  <dl class="facts">
    {facts.map(([name, label]) => (
      <div>
        <dt>{translator(locale)(label)}</dt>
        <dd><bdi id={`fact-${name}`} class="said" /></dd>
      </div>
    ))}
  </dl>
);
