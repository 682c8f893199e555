import { peer, type PeerEnvironment } from "./peer.ts";

interface Environment extends PeerEnvironment {
  PEER: KVNamespace;
}

/** Two reads at once. */
export default peer<Environment>(async ({ key, token }, env) => {
  const [operator, excluded] = await Promise.all([env.PEER.get(`key:${key}`), env.PEER.get(token)]);
  return { operator, excluded: excluded !== null };
});
