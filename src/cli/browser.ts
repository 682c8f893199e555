/** A browser as far as the pages need one: it keeps cookies, follows redirects and sends the page's own form. */
export interface Page {
  url: string;
  status: number;
  html: string;
}

export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #headers: Record<string, string>;
  page: Page = { url: "", status: 0, html: "" };

  /** `headers` go with every request, as an Accept-Language would. */
  constructor(origin: string, headers: Record<string, string> = {}) {
    this.#origin = origin;
    this.#headers = headers;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  open(path: string): Promise<Page> {
    return this.#go("GET", new URL(path, this.#origin));
  }

  /** Fills in and sends the page's form that posts to `action`, with its hidden fields; throws when there is none. */
  submit(action: string, filled: Record<string, string>): Promise<Page> {
    const form = [...this.page.html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].find(([text]) => text.includes(`action="${action}"`));
    if (!form) throw new Error(`no form for ${action} on ${this.page.url}: ${textOf(this.page.html).slice(0, 300)}`);
    const hidden = [...form[0].matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => [attribute(input, "name"), attribute(input, "value")]);
    const body = new URLSearchParams([...hidden, ...Object.entries(filled)] as [string, string][]);
    return this.#go("POST", new URL(action, this.#origin), body);
  }

  async #go(method: string, url: URL, body?: URLSearchParams): Promise<Page> {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        ...this.#headers,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body && { origin: url.origin, "sec-fetch-site": "same-origin" }),
      },
      ...(body && { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.#cookies.set(name!, value!);
    }
    const location = response.headers.get("location");
    const html = await response.text();
    this.page = { url: url.pathname, status: response.status, html };
    return location ? this.#go("GET", new URL(location, url)) : this.page;
  }
}

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const unescape = (text: string): string => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);
const attribute = (tag: string, name: string): string => unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

/** What a page says, without its markup. */
export const textOf = (html: string): string =>
  unescape(html.replaceAll(/<(?:style|svg|head)\b[\s\S]*?<\/(?:style|svg|head)>/g, " ").replaceAll(/<[^>]+>/g, " ")).replaceAll(/\s+/g, " ");
