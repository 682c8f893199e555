import { packReceipt } from "../../../audit/pocket.ts";
import { isUuid, readReference, REFERENCES } from "../../../kernel/ids.ts";
import { grantOf } from "../../../pages/grant.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenProof } from "../citizen-rpc.ts";
import { door, shut } from "./door.tsx";
import type { CitizenPortal } from "./portal.ts";
import { ProofPage } from "./proof.tsx";

/** Between a commit and the log's answer there is less than this. */
const RETRY_SECONDS = "1";

type Show = (c: PageContext, reference: string, proof: CitizenProof) => Response | Promise<Response>;

/** The proofs of one's exclusions, made anew from the log each time. */
export function proofPages(portal: CitizenPortal) {
  const withProof = (show: Show) => async (c: PageContext): Promise<Response> => {
    const reference = readReference(REFERENCES.exclusion, c.req.param("reference") ?? "");
    const entry = c.req.query("of") ?? null;
    if (reference === null || (entry !== null && !isUuid(entry))) return problemPage(c, "not-found");
    const wanted = `receipts/${reference}/proof`;
    const grant = await grantOf(c, portal);
    if (grant === null) return door(c, portal, wanted);
    const found = await portal.citizens.proof({ grant, reference, entry });
    if (!found.ok) return found.refusal === "reference-unknown" ? problemPage(c, "not-found") : shut(c, portal, wanted, found);
    return show(c, reference, found);
  };

  const show: Show = async (c, reference, proof) => {
    const verifying = `${new URL(c.req.url).origin}/verify`;
    const scanned = proof.file && `${verifying}#${await packReceipt(proof.file)}`;
    const isWaiting = proof.entry !== null && proof.file === null;
    if (isWaiting) c.header("Retry-After", RETRY_SECONDS);
    return page(c, <ProofPage locale={c.var.locale} {...{ reference, proof, scanned, verifying }} />, isWaiting ? 503 : 200);
  };

  const save: Show = (c, reference, proof) => {
    if (proof.file === null) return show(c, reference, proof);
    const headers = { "content-type": "text/plain; charset=utf-8", "content-disposition": `attachment; filename="${reference}.tlog-proof"` };
    return c.body(proof.file, 200, headers);
  };

  return { show: withProof(show), save: withProof(save) };
}
