import { peer, type PeerEnvironment } from "./peer.ts";

interface Environment extends PeerEnvironment {
  LIBSQL_URL: string;
}

interface Pipeline {
  results: { response: { result: { rows: { value?: string }[][] } } }[];
}

const SQL = "SELECT (SELECT operator FROM keys WHERE hash = ?), EXISTS (SELECT 1 FROM excluded WHERE token = ?)";

/** One statement in one plain request of the Hrana protocol: cheaper than the client, which does the same and more. */
export default peer<Environment>(async ({ key, token }, env) => {
  const stmt = { sql: SQL, args: [{ type: "text", value: key }, { type: "text", value: token }] };
  const response = await fetch(`${env.LIBSQL_URL}/v2/pipeline`, { method: "POST", body: JSON.stringify({ requests: [{ type: "execute", stmt }, { type: "close" }] }) });
  const { results } = await response.json<Pipeline>();
  const [operator, excluded] = results[0]!.response.result.rows[0]!;
  return { operator: operator?.value ?? null, excluded: excluded?.value === "1" };
});
