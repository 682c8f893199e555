/** What can be called, from the API's own document. */
interface Document {
  paths: Record<string, Record<string, { summary?: string; "x-capability"?: string; security?: Record<string, unknown>[] }>>;
}

/** A line for each route: method, path, what it takes and what it does; those whose path or words hold `about` only. */
export function routesOf(document: Document, about = ""): string[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => {
      const takes = route["x-capability"] ?? (Object.keys(route.security?.[0] ?? {})[0] || "nothing");
      return { method, path, takes, summary: route.summary ?? "" };
    }),
  );
  const shown = all.filter(({ path, summary, takes }) => `${path} ${summary} ${takes}`.toLowerCase().includes(about.toLowerCase()));
  const width = (of: (route: (typeof all)[number]) => string): number => Math.max(0, ...shown.map((route) => of(route).length));
  const [first, second] = [width(({ method, path }) => `${method} ${path}`), width(({ takes }) => takes)];
  return shown.map(({ method, path, takes, summary }) => `${`${method} ${path}`.padEnd(first)}  ${takes.padEnd(second)}  ${summary}`);
}
