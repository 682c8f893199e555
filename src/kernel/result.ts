/**
 * What a rule answers: a refusal is a normal outcome, so it is a value; infrastructure that breaks throws.
 */
export type Result<T, Refusal> = ({ ok: true } & T) | ({ ok: false } & Refusal);
