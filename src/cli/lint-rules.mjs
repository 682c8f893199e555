/** Two rules of this house that oxlint has no setting for; .oxlintrc.json says where each holds. */

const READS_A_CLOCK = "Reads a clock: take `now` as an argument.";
const isDate = ({ callee }) => callee.type === "Identifier" && callee.name === "Date";

/** `new Date(instant)` only writes an instant differently; `new Date()` and `Date()` read a clock. */
const noClockDate = {
  create: (context) => ({
    NewExpression(node) {
      if (isDate(node) && node.arguments.length === 0) context.report({ node, message: READS_A_CLOCK });
    },
    CallExpression(node) {
      if (isDate(node)) context.report({ node, message: READS_A_CLOCK });
    },
  }),
};

const DOES_NOT_ROLL_BACK = "An async callback does not roll back: keep transactions synchronous.";

/** In a Durable Object an async callback commits at its first await, and an error after it changes nothing. */
const noAsyncTransaction = {
  create: (context) => ({
    CallExpression({ callee, arguments: [callback] }) {
      const method = callee.type === "MemberExpression" && (callee.property.name ?? callee.property.value);
      if (/^transaction(Sync)?$/.test(method) && callback?.async) context.report({ node: callback, message: DOES_NOT_ROLL_BACK });
    },
  }),
};

export default {
  meta: { name: "nser" },
  rules: { "no-clock-date": noClockDate, "no-async-transaction": noAsyncTransaction },
};
