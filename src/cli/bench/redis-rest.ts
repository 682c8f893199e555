/** Upstash's REST interface over a real redis-server, as far as a peer needs it: `node redis-rest.ts <redis port> <token>`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "redis";

const [port, token] = process.argv.slice(2);
const redis = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();

/** `POST /pipeline` with a list of commands, each a list of words. */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const allowed = request.headers.authorization === `Bearer ${token}` && request.url === "/pipeline";
  const commands = allowed ? (JSON.parse(body) as string[][]) : [];
  const results = await Promise.all(commands.map(async (words) => ({ result: await redis.sendCommand(words) })));
  const answer = JSON.stringify(results);
  response.writeHead(allowed ? 200 : 401, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) }).end(answer);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
