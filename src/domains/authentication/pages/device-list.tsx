import { formatDate, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { DeviceView } from "../sessions/rpc.ts";
import { AccountNav } from "./nav.tsx";
import { placeOf, programOf } from "./whence.tsx";

/** What can be done with a device, each at an address of its name. */
type DeviceVerb = "trust" | "distrust" | "block" | "unblock" | "forget";

interface DevicesPageProps {
  locale: Locale;
  devices: readonly DeviceView[];
  problems: readonly FieldProblem[];
}

/** The browsers an account was signed in with. */
export function DevicesPage({ locale, devices, problems }: DevicesPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.devices" languages={{ address: "/account/devices" }} wrong={problems.length > 0}>
      <h1>{t("devices.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("devices.lead")}</p>
      {devices.map((device) => <OneDevice locale={locale} device={device} />)}
      <p class="hint">{t("devices.hint")}</p>
      <AccountNav locale={locale} here="/account/devices" />
    </Layout>
  );
}

function OneDevice({ locale, device }: { locale: Locale; device: DeviceView }) {
  const t = translator(locale);
  const { id, isThis, isTrusted, isBlocked, firstSeenAt, lastSeenAt, signIns } = device;
  const tags = [isThis && t("account.this"), isTrusted && t("devices.trusted"), isBlocked && t("devices.blocked")].filter((tag) => tag !== false);
  return (
    <article class="card">
      {tags.length > 0 && <p>{tags.map((tag) => <><span class="tag">{tag}</span> </>)}</p>}
      <h2 id={id}><bdi>{programOf(locale, device)}</bdi></h2>
      <p>{placeOf(locale, device)}</p>
      <p class="hint">{t("devices.seen", { date: formatInstant(locale, lastSeenAt) })}</p>
      <p class="hint">{t("devices.times", { signIns, date: formatDate(locale, firstSeenAt) })}</p>
      <form method="post">
        <Carried values={{ id }} />
        <div class="actions">
          {verbsFor(device).map((verb) => (
            <button class="button quiet" formaction={`/account/devices/${verb}`} aria-describedby={id}>{t(`devices.${verb}`)}</button>
          ))}
        </div>
      </form>
    </article>
  );
}

/** Nobody shuts out the device they sit at, and what is shut out is not trusted. */
function verbsFor({ isThis, isTrusted, isBlocked }: DeviceView): DeviceVerb[] {
  if (isBlocked) return ["unblock", "forget"];
  const trusting: DeviceVerb = isTrusted ? "distrust" : "trust";
  return isThis ? [trusting] : [trusting, "block", "forget"];
}
