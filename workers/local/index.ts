import { Hono } from "hono";
import { africasTalking } from "./africas-talking.ts";
import { identityRegistry } from "./identity-registry.ts";
import { phone } from "./phone.ts";
import { pwnedPasswords } from "./pwned-passwords.ts";

interface Environment {
  EDGE: Fetcher;
  /** A service binding can be told the time; the platform's types do not know. */
  ORIGIN: Fetcher & { scheduled(controller: { cron: string; scheduledTime: Date }): Promise<unknown> };
  PORTAL: Fetcher;
  WITNESS: Fetcher;
  /** By which the simulated provider is known. */
  CALLBACK_SECRET: string;
}

/** One address for all, on production's paths, and the simulators of what is outside. */
const app = new Hono<{ Bindings: Environment }>();

app.route("/", africasTalking());
app.route("/", identityRegistry());
app.route("/", pwnedPasswords());
app.route("/", phone());
const EDGE = ["/v1/checks", "/v1/checks/*", "/v1/scrubs", "/v1/status", "/.well-known/http-message-signatures-directory"];
for (const path of EDGE) app.all(path, (c) => c.env.EDGE.fetch(c.req.raw));
const ORIGIN = ["/v1/*", "/openapi.json", "/docs", "/docs/*", "/problems/*", "/.well-known/oauth-authorization-server"];
for (const path of ORIGIN) app.all(path, (c) => c.env.ORIGIN.fetch(c.req.raw));
app.all("/dev/witness/*", (c) => c.env.WITNESS.fetch(new Request(c.req.url.replace("/dev/witness", ""), c.req.raw)));
app.all("/dev/*", (c) => c.notFound());
app.all("*", (c) => c.env.PORTAL.fetch(c.req.raw));

export default {
  fetch: app.fetch,
  /** Only the first Worker's clock runs locally. */
  scheduled: async ({ cron, scheduledTime }, { ORIGIN }) => {
    await ORIGIN.scheduled({ cron, scheduledTime: new Date(scheduledTime) });
  },
} satisfies ExportedHandler<Environment>;
