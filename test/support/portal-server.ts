/** A portal on a port of this machine, as a browser meets it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { createPortal } from "../../workers/portal/index.tsx";

export async function servePortal(portal: ReturnType<typeof createPortal>): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null;
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const address = `http://${incoming.headers.host}${incoming.url}`;
    const answer = await portal.fetch(new Request(address, { method: incoming.method!, headers, body }));
    outgoing.writeHead(answer.status, [...answer.headers].flat());
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
