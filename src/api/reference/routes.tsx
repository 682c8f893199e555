import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type ApiEnv, createRouter } from "../kit.ts";
import { ProblemError } from "../problem.ts";
import { type Document, operationsOf } from "./document.ts";
import { POLICY } from "./layout.tsx";
import { IndexPage, OperationPage } from "./pages.tsx";

const page = (c: Context, content: JSX.Element) => c.html(html`<!doctype html>${content}`, 200, { "content-security-policy": POLICY });

/** The document as pages for people. It is asked for with each page: routes declared later are in it too. */
export function referencePages(documentOf: () => Document): OpenAPIHono<ApiEnv> {
  const pages = createRouter();
  pages.get("/docs", (c) => page(c, <IndexPage document={documentOf()} />));
  pages.get("/docs/:operation", (c) => {
    const document = documentOf();
    const operation = operationsOf(document).find(({ name }) => name === c.req.param("operation"));
    if (!operation) throw new ProblemError("not-found");
    return page(c, <OperationPage operation={operation} document={document} origin={new URL(c.req.url).origin} />);
  });
  return pages;
}
