import type { ZodError } from "zod";
import type { FieldError } from "../kernel/problem.ts";
import { ProblemError } from "./problem.ts";

type Path = readonly PropertyKey[];

/** RFC 6901. */
const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What is wrong with each field of a body, or parameter of a query, by where it stands. */
const fieldErrors = (error: ZodError): FieldError[] =>
  error.issues.flatMap((issue) => {
    const paths: Path[] = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ pointer: pointer(path), detail: issue.message }));
  });

interface Validation {
  target: string;
  success: boolean;
  error?: unknown;
}

/**
 * What every router does with input its schema refuses. Idempotency-Key is the only header this API validates;
 * a part of the path is named in words, for no pointer leads there.
 */
export function refuseInvalid({ target, success, error }: Validation): void {
  if (success) return;
  const issues = error as ZodError;
  if (target === "json" || target === "query") throw new ProblemError("field-invalid", { errors: fieldErrors(issues) });
  const [issue] = issues.issues;
  const missing = target === "header" && issue?.code === "invalid_type";
  throw missing
    ? new ProblemError("idempotency-key-missing")
    : new ProblemError("field-invalid", { detail: [issue?.path.join("."), issue?.message].filter(Boolean).join(": ") });
}
