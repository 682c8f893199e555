import { Client } from "pg";
import { peer, type PeerEnvironment } from "./peer.ts";

interface Environment extends PeerEnvironment {
  POSTGRES_URL: string;
}

const SQL = "SELECT (SELECT operator FROM keys WHERE hash = $1) AS operator, EXISTS (SELECT 1 FROM excluded WHERE token = $2) AS excluded";

/** A connection a request: Workers cannot share one between requests. It is trusted, which spares it the password's round trips. */
export default peer<Environment>(async ({ key, token }, env) => {
  const client = new Client({ connectionString: env.POSTGRES_URL });
  await client.connect();
  const { rows } = await client.query<{ operator: string | null; excluded: boolean }>(SQL, [key, token]);
  void client.end();
  return rows[0]!;
});
