import { Redis } from "@upstash/redis/cloudflare";
import { peer, type PeerEnvironment } from "./peer.ts";

interface Environment extends PeerEnvironment {
  REDIS_REST_URL: string;
  REDIS_REST_TOKEN: string;
}

let redis: Redis | null = null;

/** Both commands in one request of Upstash's REST interface, as its own client sends them. */
export default peer<Environment>(async ({ key, token }, env) => {
  redis ??= new Redis({ url: env.REDIS_REST_URL, token: env.REDIS_REST_TOKEN, responseEncoding: false, enableTelemetry: false });
  const [operator, excluded] = await redis.pipeline().get<string>(`key:${key}`).sismember("excluded", token).exec<[string | null, number]>();
  return { operator, excluded: excluded === 1 };
});
