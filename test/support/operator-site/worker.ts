import { blindTokens, type Identifier } from "../../../src/client/blind.ts";
import { publishedKeys, RegisterClient } from "../../../src/client/index.ts";
import { relayBlind } from "../../../src/client/relay.ts";

interface Bound {
  REGISTER: string;
  KEY: string;
  PUBLIC_KEY: string;
  /** The client as the page holds it. */
  SCRIPT: string;
}

/** What Node has and the Web has not. */
const NODES = ["process", "Buffer", "setImmediate"];

/** An operator's own server, as a Worker: it makes tokens and checks them itself, and its page makes them through its relay. */
export default {
  async fetch(request: Request, { REGISTER: url, KEY: key, PUBLIC_KEY: publicKey, SCRIPT }: Bound): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/register/")) return relayBlind(request, { url, key });
    if (pathname === "/tokens") {
      const identifiers: Identifier[] = await request.json();
      const tokens = await blindTokens({ url, key, publicKey }, identifiers);
      const result = await new RegisterClient({ url, key, keys: publishedKeys(url) }).check(tokens.map(({ token }) => token), "login");
      return Response.json({ tokens, decision: "decision" in result ? result.decision : result.why, nodes: NODES.filter((name) => name in globalThis) });
    }
    if (pathname === "/client.js") return new Response(SCRIPT, { headers: { "content-type": "text/javascript" } });
    const headers = { "content-type": "text/html", "content-security-policy": "default-src 'none'; script-src 'self'; connect-src *" };
    return new Response('<!doctype html><title>Tokens</title><script src="/client.js"></script>', { headers });
  },
};
