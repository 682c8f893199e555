import { type Child, createContext, useContext } from "hono/jsx";
import { raw } from "hono/html";
import { type MessageKey, translator } from "../i18n/index.ts";
import { LOCALES, type Locale } from "../i18n/locales.ts";
import { STYLE } from "./style.ts";

export type Tab = Exclude<Extract<MessageKey, `tab.${string}`>, "tab.site" | "tab.error">;

/** The id of the one form of a step; the language switch belongs to it, so that what was typed goes along. */
export const STEP_FORM = "step";

/** Where another language leads: to the same address, with a query or without, or to the step's form posted to an address that only shows it. */
export type LanguageSwitch = { address: string } | { repost: string };

/** Whether the browser that is answered holds a session. */
export const HoldsSession = createContext(false);

interface LayoutProps {
  locale: Locale;
  tab: Tab;
  languages: LanguageSwitch;
  wrong?: boolean;
  /** What its head has besides. */
  head?: Child;
  children?: Child;
}

/** The frame of every page: who speaks, the way out, the languages. Its title tells a bystander nothing. */
export function Layout({ locale, tab, languages, wrong = false, head, children }: LayoutProps) {
  const t = translator(locale);
  const title = wrong ? t("tab.error", { title: t(tab) }) : t(tab);
  return (
    <html lang={locale} dir={LOCALES[locale].dir}>
      <head>
        <meta charset="utf-8" />
        {head}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#0b5a36" />
        <title>{t("tab.site", { title })}</title>
        <link rel="icon" href="data:," />
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        {"repost" in languages && <FirstButton />}
        <a class="skip" href="#main">{t("nav.skip")}</a>
        <Header locale={locale} />
        <Languages locale={locale} languages={languages} />
        <main id="main">{children}</main>
        <footer>
          <p>{t("nav.exit-hint")}</p>
          <AccountLink locale={locale} />
        </footer>
      </body>
    </html>
  );
}

function AccountLink({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return <p class="lines">{useContext(HoldsSession) ? <a href="/account">{t("nav.account")}</a> : <a href="/sign-in">{t("sign-in.submit")}</a>}</p>;
}

/** Enter in a field presses the first button of its form. Without this one that would be a language. */
const FirstButton = () => <button class="unseen" form={STEP_FORM} tabindex={-1} aria-hidden="true" />;

function Header({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <header>
      <div class="bar">
        <a class="brand" href="/">
          <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path d="M16 2 28 6v9c0 7-5 12-12 15C9 27 4 22 4 15V6z" fill="#0b5a36" />
            <path d="m10 16 4 4 8-9" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" />
          </svg>
          <span>
            <b>{t("site.name")}</b>
            <small>{t("site.country")}</small>
          </span>
        </a>
        <a class="exit" href="/exit" rel="noreferrer">{t("nav.exit")}</a>
      </div>
    </header>
  );
}

function Languages({ locale, languages }: { locale: Locale; languages: LanguageSwitch }) {
  const t = translator(locale);
  return (
    <nav class="languages" aria-label={t("nav.language")}>
      <ul>
        {Object.entries(LOCALES).map(([code, { name, dir }]) => (
          <li lang={code} dir={dir}>
            <LanguageChoice code={code} name={name} chosen={code === locale} languages={languages} />
          </li>
        ))}
      </ul>
      {LOCALES[locale].draft && <p>{t("nav.draft")}</p>}
    </nav>
  );
}

interface LanguageChoiceProps {
  code: string;
  name: string;
  chosen: boolean;
  languages: LanguageSwitch;
}

function LanguageChoice({ code, name, chosen, languages }: LanguageChoiceProps) {
  if (chosen) return <span aria-current="true">{name}</span>;
  if ("address" in languages) return <a href={inLanguage(languages.address, code)} hreflang={code}>{name}</a>;
  return (
    <button form={STEP_FORM} formaction={languages.repost} formnovalidate name="lang" value={code}>
      {name}
    </button>
  );
}

const inLanguage = (address: string, code: string): string => `${address}${address.includes("?") ? "&" : "?"}lang=${code}`;
