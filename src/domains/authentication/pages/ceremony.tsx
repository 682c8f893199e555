import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import type { Ceremony, CreationOptions, RequestOptions } from "../passkeys/model.ts";

/** What a browser answers, by the names of its JSON. */
const ANSWERS = {
  create: ["credentialId", "clientDataJSON", "attestationObject", "transports"],
  get: ["credentialId", "clientDataJSON", "authenticatorData", "signature", "userHandle"],
} as const;

interface CeremonyPageProps {
  locale: Locale;
  /** Where it is shown, and where its answer is sent. */
  address: string;
  heading: string;
  lead: string;
  button: string;
  /** Null where none could be begun: `problems` say why. */
  ceremony: Ceremony<CreationOptions> | Ceremony<RequestOptions> | null;
  carried?: Record<string, string>;
  problems: readonly FieldProblem[];
  /** Where else to go: the last resort of a browser that cannot. */
  children: Child;
}

/** A page that has a passkey made, or asks for one. */
export function CeremonyPage({ locale, address, heading, lead, button, ceremony, carried = {}, problems, children }: CeremonyPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.passkeys" languages={{ address }} wrong={problems.length > 0}>
      <h1>{heading}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{lead}</p>
      {ceremony && <p class="note" id="without">{t("passkey.without")}</p>}
      {ceremony && <CeremonyForm locale={locale} action={address} button={button} ceremony={ceremony} carried={carried} />}
      <div class="actions">{children}</div>
    </Layout>
  );
}

interface CeremonyFormProps {
  locale: Locale;
  action: string;
  button: string;
  ceremony: NonNullable<CeremonyPageProps["ceremony"]>;
  carried: Record<string, string>;
}

/** Hidden until the script finds that the browser can. */
function CeremonyForm({ locale, action, button, ceremony: { ceremonyId, options }, carried }: CeremonyFormProps) {
  const t = translator(locale);
  const kind = "rp" in options ? "create" : "get";
  return (
    <form id="ceremony" method="post" action={action} data-ceremony={kind} data-options={JSON.stringify(options)} hidden>
      <Carried values={{ ...carried, ceremonyId }} />
      {ANSWERS[kind].map((name) => <input type="hidden" name={name} value="" data-answer />)}
      <p class="wrong" role="alert" data-problem="stopped" hidden>{t("passkey.stopped")}</p>
      {kind === "create" && <p class="wrong" role="alert" data-problem="known" hidden>{t("passkey.known")}</p>}
      <button class="button">{button}</button>
      <script src="/passkey.js" />
    </form>
  );
}

const field = ({ var: { form } }: PageContext) => (name: string): string => form.get(name) ?? "";

/** What came back of a new passkey. */
export function readAttestation(c: PageContext) {
  const said = field(c);
  return {
    ceremonyId: said("ceremonyId"), credentialId: said("credentialId"), clientDataJSON: said("clientDataJSON"),
    attestationObject: said("attestationObject"), transports: said("transports"),
  };
}

/** What came back of one that was asked for. */
export function readAssertion(c: PageContext) {
  const said = field(c);
  return {
    ceremonyId: said("ceremonyId"), credentialId: said("credentialId"), clientDataJSON: said("clientDataJSON"),
    authenticatorData: said("authenticatorData"), signature: said("signature"), userHandle: said("userHandle"),
  };
}

/** A page that may load our script, and no other. */
export function scriptedPage(c: PageContext, content: JSX.Element, status: ContentfulStatusCode): Response | Promise<Response> {
  c.set("scripts", "'self'");
  return page(c, content, status);
}
