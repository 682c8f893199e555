/** Load over plain sockets with HTTP/1.1 keep-alive, so that the measuring costs less than what is measured. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Target {
  url: string;
  headers: Record<string, string>;
  /** One body, or several that are sent in turn. */
  body: string | readonly string[];
  /** Throws on an answer that is not the right one to the nth body. */
  verify: (answer: string, body: number) => void;
}

/** A target with its connections open, each of which has one request at a time. */
export class Load {
  readonly connections: number;
  readonly #target: Target;
  readonly #sockets: Socket[];
  readonly #requests: Buffer[];
  #sent = 0;

  private constructor(target: Target, sockets: Socket[]) {
    const { host, pathname } = new URL(target.url);
    this.connections = sockets.length;
    this.#target = target;
    this.#sockets = sockets;
    this.#requests = [target.body].flat().map((body) => {
      const headers = { host, "content-length": String(Buffer.byteLength(body)), ...target.headers };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
    });
  }

  static async open(target: Target, connections: number): Promise<Load> {
    return new Load(target, await Promise.all(Array.from({ length: connections }, () => connectTo(target))));
  }

  /** Sends `each` requests over every connection at once; answers the milliseconds until the last answer. */
  async burst(each: number): Promise<number> {
    const startedAt = performance.now();
    await Promise.all(
      this.#sockets.map(async (_, connection) => {
        for (let n = 0; n < each; n++) await this.ask(connection);
      }),
    );
    return performance.now() - startedAt;
  }

  /** Sends the next request over one connection, which has to be free, and verifies the answer. */
  async ask(connection: number): Promise<void> {
    const body = this.#sent++ % this.#requests.length;
    // A server closes a connection nobody used for some seconds.
    if (this.#sockets[connection]!.destroyed) this.#sockets[connection] = await connectTo(this.#target);
    this.#target.verify(await exchange(this.#sockets[connection]!, this.#requests[body]!), body);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

async function connectTo({ url }: Target): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket.on("error", ignore);
}

/** A connection that is reset between two requests is opened anew for the next. */
const ignore = (): void => undefined;

/** Sends one request and answers the response's body; status other than 200 throws. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const done = (settle: () => void) => {
      socket.removeAllListeners("data").removeAllListeners("error").removeAllListeners("close").on("error", ignore);
      settle();
    };
    socket.once("error", (error) => done(() => reject(error)));
    socket.once("close", () => done(() => reject(new Error("the connection was closed"))));
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const body = bodyOf(received);
      if (body === null) return;
      if (received.startsWith("HTTP/1.1 200")) done(() => resolve(body));
      else done(() => reject(new Error(received)));
    });
    socket.write(request);
  });
}

/** The body once it is whole; null before. */
function bodyOf(received: string): string | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end))?.[1];
  if (length === undefined) throw new Error("an answer without a length");
  const body = received.slice(end + 4);
  return body.length >= Number(length) ? body : null;
}
