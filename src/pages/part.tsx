import type { Child } from "hono/jsx";

interface PartProps {
  heading: string;
  hint: string;
  /** Where its form is sent, and what its button says. */
  action: string;
  submit: string;
  children?: Child;
}

/** One thing that can be done about what a page shows. */
export const Part = ({ heading, hint, action, submit, children }: PartProps) => (
  <section class="card">
    <h2>{heading}</h2>
    <p class="hint">{hint}</p>
    <form method="post" action={action}>
      {children}
      <button class="button quiet">{submit}</button>
    </form>
  </section>
);
