import { Hono } from "hono";
import { html } from "hono/html";

interface DemoPerson {
  document_type: string;
  document_number: string;
  first_name: string;
  other_names: string;
  surname: string;
  date_of_birth: string;
}

const person = (
  document_number: string, first_name: string, other_names: string, surname: string, date_of_birth: string, document_type = "NATIONAL_ID",
): DemoPerson => ({ document_type, document_number, first_name, other_names, surname, date_of_birth });

/** Invented people, one of every kind that goes wrong elsewhere: an apostrophe, one name, Arabic, a minor, no ID. */
const PEOPLE: readonly DemoPerson[] = [
  person("20000001", "Wanjiru", "Njeri", "Kamau", "1990-03-27"),
  person("20000002", "Peter", "", "Ng'ang'a", "1985-11-02"),
  person("20000003", "Halima", "", "", "1978-01-01"),
  person("20000004", "أمينة", "محمد", "علي", "1992-06-15"),
  person("20000005", "Brian", "Kiprop", "Koech", "2012-02-29"),
  person("AK0123456", "Grace", "Akinyi", "Otieno", "1999-12-31", "PASSPORT"),
];

/** Numbers that show what goes wrong: for trying out what happens then. */
const FAULTS = {
  "29000001": "answers after half a minute",
  "29000002": "is down (503)",
  "29000003": "answers nonsense",
  "29000004": "answers about somebody else",
} as const;

const SLOW_MS = 30_000;

const page = () => html`<!doctype html>
  <html lang="en">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Identity registry</title>
    <h1>People of the simulated registry</h1>
    <dl>
      ${PEOPLE.map(({ document_type, document_number, first_name, other_names, surname, date_of_birth }) =>
        html`<dt>${document_type} ${document_number}</dt><dd dir="auto">${first_name} ${other_names} ${surname}, ${date_of_birth}</dd>`)}
      ${Object.entries(FAULTS).map(([number, what]) => html`<dt>NATIONAL_ID ${number}</dt><dd>the registry ${what}</dd>`)}
    </dl>
  </html>`;

/** A register of persons as src/adapters/identity-registry asks it, and a page with whom it knows. */
export function identityRegistry(): Hono {
  const app = new Hono();

  app.post("/dev/identity-registry/v1/persons/lookup", async (c) => {
    if (!c.req.header("authorization")?.startsWith("Bearer ")) return c.json({ error: "unauthorized" }, 401);
    const { document_type, document_number } = await c.req.json<{ document_type: string; document_number: string }>();
    const request_id = `REQ-${crypto.randomUUID()}`;
    if (document_number === "29000001") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    if (document_number === "29000002") return c.json({ error: "maintenance" }, 503);
    if (document_number === "29000003") return c.text("<html>Service");
    if (document_number === "29000004") return c.json({ found: true, request_id, person: PEOPLE[0] });
    const found = PEOPLE.find((one) => one.document_type === document_type && one.document_number === document_number);
    return c.json(found ? { found: true, request_id, person: found } : { found: false, request_id });
  });

  app.get("/dev/identity-registry", (c) => c.html(page()));
  return app;
}
