import type { Child } from "hono/jsx";

interface PartProps {
  heading: string;
  hint: string;
  /** Where its form is sent, and what its button says. */
  action: string;
  submit: string;
  enctype?: "multipart/form-data";
  children?: Child;
}

/** One thing that can be done about what a page shows. */
export const Part = ({ heading, ...form }: PartProps) => (
  <section class="card">
    <h2>{heading}</h2>
    <PartForm {...form} />
  </section>
);

/** The same where a page offers many: folded until it is wanted, or something in it is wrong. */
export const FoldedPart = ({ heading, isOpen, ...form }: PartProps & { isOpen: boolean }) => (
  <details class="card" open={isOpen}>
    <summary><h2>{heading}</h2></summary>
    <PartForm {...form} />
  </details>
);

const PartForm = ({ hint, action, submit, enctype, children }: Omit<PartProps, "heading">) => (
  <>
    <p class="hint">{hint}</p>
    <form method="post" action={action} enctype={enctype} novalidate>
      {children}
      <button class="button quiet">{submit}</button>
    </form>
  </>
);
