import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { contentHash, STYLE } from "../../pages/style.ts";

const OWN_STYLE = `
main ul{margin:.25rem 0 0;padding-inline-start:1.25rem}
main li+li{margin-block-start:.375rem}
code,pre{font:.9375em/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
pre{margin:0;white-space:pre-wrap;padding:.875rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
main section>*+*{margin-block-start:.75rem}
h3{margin:0;font-size:1.0625rem}
li,h3,p{overflow-wrap:anywhere}
.words{display:block;color:var(--soft)}
`.trim();

/** The pages' own styles and nothing else: no script, no image, no form. */
export const POLICY = `default-src 'none'; style-src ${contentHash(STYLE)} ${contentHash(OWN_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The frame of the reference's pages, in the portal's style. */
export const Layout = ({ title, children }: { title: string; children?: Child }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} – NSER API`}</title>
      <link rel="icon" href="data:," />
      <style>{raw(STYLE)}</style>
      <style>{raw(OWN_STYLE)}</style>
    </head>
    <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
        <div class="bar">
          <a class="brand" href="/docs"><span><b>NSER API</b><small>Every operation</small></span></a>
          <a href="/openapi.json">OpenAPI 3.1</a>
        </div>
      </header>
      <main id="main">{children}</main>
    </body>
  </html>
);
