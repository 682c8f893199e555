import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import { QrCode } from "../../../pages/qr-code.tsx";
import type { CitizenProof } from "../citizen-rpc.ts";

interface ProofPageProps {
  locale: Locale;
  reference: string;
  proof: CitizenProof;
  /** Where anybody verifies it, with the file in the part of the address that no server is sent; null while there is none. */
  scanned: string | null;
  /** Where anybody verifies a file. */
  verifying: string;
}

/** The proof of one step of an exclusion: as a file, as a mail, as a picture. */
export function ProofPage({ locale, reference, proof: { steps, entry, file }, scanned, verifying }: ProofPageProps) {
  const t = translator(locale);
  const address = `/my/receipts/${reference}/proof`;
  return (
    <Layout locale={locale} tab="tab.proof" languages={{ address }}>
      <h1>{t("proof.heading")}</h1>
      <p class="lead">{t("proof.lead")}</p>
      {steps.length > 1 && <Steps locale={locale} address={address} steps={steps} chosen={entry} />}
      {entry === null && <p class="note">{t("proof.none")}</p>}
      {entry !== null && file === null && <Waiting locale={locale} again={`${address}?of=${entry}`} />}
      {file !== null && (
        <>
          <div class="actions">
            <a class="button" href={`${address}/file?of=${entry}`}>{t("proof.save")}</a>
            <a class="button quiet" href={mailOf(t("proof.mail-subject"), `${t("proof.mail-text", { address: verifying })}\n\n${file}`)}>{t("proof.mail")}</a>
          </div>
          <p>{t("proof.privacy")}</p>
          {scanned !== null && <Picture locale={locale} scanned={scanned} />}
        </>
      )}
      <div class="actions pair">
        <a class="button quiet" href="/verify">{t("verify.heading")}</a>
        <a class="button quiet" href={`/my/receipts/${reference}`}>{t("tab.receipt")}</a>
      </div>
    </Layout>
  );
}

interface StepsProps {
  locale: Locale;
  address: string;
  steps: CitizenProof["steps"];
  chosen: string | null;
}

function Steps({ locale, address, steps, chosen }: StepsProps) {
  const t = translator(locale);
  const words = ({ event }: CitizenProof["steps"][number]) => t(event === "lengthened" ? "proof.lengthened" : `past.${event}`);
  return (
    <section class="card">
      <h2>{t("proof.of")}</h2>
      <ol class="plain">
        {steps.map((step) => (
          <li>
            <span class="when">{formatInstant(locale, step.at)}</span>
            {step.entry === chosen ? <b aria-current="true">{words(step)}</b> : <a href={`${address}?of=${step.entry}`}>{words(step)}</a>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** As wide as a phone has room for: each of its thousands of squares has to be seen. */
const Picture = ({ locale, scanned }: { locale: Locale; scanned: string }) => (
  <section class="again">
    <QrCode text={scanned} label={translator(locale)("proof.picture")} side={328} />
    <p>{translator(locale)("proof.scan")}</p>
  </section>
);

function Waiting({ locale, again }: { locale: Locale; again: string }) {
  const t = translator(locale);
  return (
    <>
      <p class="note">{t("proof.waiting")}</p>
      <div class="actions"><a class="button" href={again}>{t("action.try-again")}</a></div>
    </>
  );
}

const mailOf = (subject: string, body: string): string => `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
