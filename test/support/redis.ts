/** A real redis-server behind the REST interface Upstash has, as far as this project uses it. Where there is none, tests say so. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { expect, it } from "vitest";

const SERVER = process.env.REDIS_SERVER ?? "/usr/bin/redis-server";
export const NO_REDIS = !existsSync(SERVER);

if (NO_REDIS) console.warn(`SKIPPED: tests of the quotas need redis-server, and there is none at ${SERVER} (set REDIS_SERVER).`);
if (NO_REDIS && process.env.CI) it("has a redis-server in continuous integration", () => expect.fail(`no redis-server at ${SERVER}`));

const TOKEN = "a token for tests only";
type Answer = { result: unknown } | { error: string };

export class RestRedis {
  url = "";
  readonly token = TOKEN;
  /** What becomes of a command's answer once it was carried out: it is given, never comes, or the connection is cut. */
  answers: "given" | "lost" | "cut" = "given";
  readonly #socket = join(mkdtempSync(join(tmpdir(), "redis-")), "redis.sock");
  #server: ChildProcess | null = null;
  #client: ReturnType<typeof createClient> | null = null;
  readonly #rest = createServer(async (request, response) => {
    const answer = await this.#answer(request).catch((error: Error) => ({ status: 500, body: { error: error.message } }));
    if (this.answers === "cut") request.socket.destroy();
    if (this.answers === "given") response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });

  async start(): Promise<void> {
    if (!this.url) {
      await once(this.#rest.listen(0, "127.0.0.1"), "listening");
      this.url = `http://127.0.0.1:${(this.#rest.address() as AddressInfo).port}`;
    }
    this.#server = spawn(SERVER, ["--port", "0", "--unixsocket", this.#socket, "--save", "", "--appendonly", "no"], { stdio: "ignore" });
    while (!existsSync(this.#socket)) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#client = createClient({ socket: { path: this.#socket, reconnectStrategy: false } });
    await this.#client.on("error", () => undefined).connect();
  }

  /** Kills the server; its data is gone. */
  async kill(): Promise<void> {
    this.#client?.destroy();
    this.#client = null;
    this.#server!.kill("SIGKILL");
    await once(this.#server!, "exit");
    rmSync(this.#socket, { force: true });
  }

  async stop(): Promise<void> {
    if (this.#client) await this.kill();
    this.#rest.closeAllConnections();
    this.#rest.close();
  }

  run(...command: string[]): Promise<unknown> {
    return this.#client!.sendCommand(command);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: "WRONGPASS" } };
    const chunks = await request.toArray();
    const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown[];
    if (!this.#client) throw new Error("the server is down");
    const strings = (command: unknown): string[] => (command as unknown[]).map(String);
    if (request.url !== "/multi-exec") return { status: 200, body: encoded(await this.run(...strings(body))) };
    // Sent in one go, so that nothing comes between.
    const replies = await Promise.all([this.run("MULTI"), ...body.map((command) => this.run(...strings(command))), this.run("EXEC")]);
    return { status: 200, body: (replies.at(-1) as unknown[]).map(encoded) };
  }
}

const encoded = (result: unknown): Answer => ({
  result: typeof result === "string" && result !== "OK" ? Buffer.from(result).toString("base64") : result,
});
