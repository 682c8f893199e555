/** Load over plain sockets with HTTP/1.1 keep-alive, so that the measuring costs less than what is measured. */
import { connect, type Socket } from "node:net";

export interface Target {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Throws on an answer that is not the right one. */
  verify: (answer: string) => void;
}

/** Requests per second over `connections` sockets, each with one request at a time, for `ms`. */
export async function rate(target: Target, connections: number, ms: number): Promise<number> {
  const startedAt = performance.now();
  const counts = await Promise.all(Array.from({ length: connections }, () => hammer(target, startedAt + ms)));
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - startedAt)) * 1_000;
}

async function hammer(target: Target, until: number): Promise<number> {
  const { hostname, port, host, pathname } = new URL(target.url);
  const socket = connect(Number(port), hostname);
  const headers = { host, "content-length": String(Buffer.byteLength(target.body)), ...target.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join("")}\r\n${target.body}`);
  try {
    let count = 0;
    for (; performance.now() < until; count++) target.verify(await exchange(socket, request));
    return count;
  } finally {
    socket.destroy();
  }
}

/** Sends one request and answers the response's body; status other than 200 throws. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const done = (settle: () => void) => {
      socket.removeAllListeners("data").removeAllListeners("error").removeAllListeners("close");
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
