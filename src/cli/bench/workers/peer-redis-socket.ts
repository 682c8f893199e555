import { connect } from "cloudflare:sockets";
import { peer, type PeerEnvironment } from "./peer.ts";

interface Environment extends PeerEnvironment {
  REDIS_ADDRESS: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const command = (...words: string[]): string => `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
const REPLIES = /^(?:\$-1|\$\d+\r\n(.*))\r\n:([01])\r\n$/;

/** Redis' own protocol over a socket that lives as long as the request: Workers cannot share one between requests. */
export default peer<Environment>(async ({ key, token }, env) => {
  const socket = connect(env.REDIS_ADDRESS);
  const writer = socket.writable.getWriter();
  await writer.write(encoder.encode(command("GET", `key:${key}`) + command("SISMEMBER", "excluded", token)));
  let received = "";
  for await (const chunk of socket.readable as ReadableStream<Uint8Array>) {
    received += decoder.decode(chunk);
    const replies = REPLIES.exec(received);
    if (!replies) continue;
    void socket.close();
    return { operator: replies[1] ?? null, excluded: replies[2] === "1" };
  }
  throw new Error("Redis closed the socket");
});
