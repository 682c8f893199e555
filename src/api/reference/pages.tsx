import { PROBLEMS, type ProblemCode } from "../../kernel/problem.ts";
import { answersOf, componentsIn, type Document, groupOf, type Operation, operationsOf, type Parameter, problemsOf, takenBy } from "./document.ts";
import { curlOf } from "./example.ts";
import { Layout } from "./layout.tsx";
import { anchorOf, SchemaView } from "./schema.tsx";

/** Every operation, grouped by the first part of its path. */
export const IndexPage = ({ document }: { document: Document }) => (
  <Layout title="Operations">
    <h1>The register's API</h1>
    <p class="lead">Every operation, what it does and what a caller has to bring.</p>
    {[...Map.groupBy(operationsOf(document), groupOf)].map(([group, operations]) => (
      <section aria-labelledby={`group-${group}`}>
        <h2 id={`group-${group}`}>{group}</h2>
        <ul class="plain">
          {operations.map((operation) => (
            <li>
              <a href={`/docs/${operation.name}`}><code>{operation.method} {operation.path}</code></a>
              <p>{operation.summary}</p>
              <p class="words">Takes {takenBy(operation)}.</p>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </Layout>
);

interface OperationProps {
  operation: Operation;
  document: Document;
  /** Where the example's request goes. */
  origin: string;
}

/** All there is to know of one operation; components it refers to stand below. */
export function OperationPage({ operation, document, origin }: OperationProps) {
  const { method, path, summary = path, description, parameters = [], requestBody } = operation;
  const answers = answersOf(operation);
  return (
    <Layout title={summary}>
      <h1>{summary}</h1>
      <p><code>{method} {path}</code></p>
      {description && <p>{description}</p>}
      <p>Takes {takenBy(operation)}.</p>
      <section>
        <h2>Example</h2>
        <pre>{curlOf(operation, origin, document)}</pre>
      </section>
      {parameters.length > 0 && <Parameters parameters={parameters} />}
      {requestBody && <section><h2>Body</h2><Contents content={requestBody.content} /></section>}
      <section>
        <h2>Answer</h2>
        {answers.map(({ status, description, content }) => (
          <>
            <h3>{status}: {description}</h3>
            <Contents content={content} />
          </>
        ))}
      </section>
      <Problems operation={operation} />
      <Components names={componentsIn([parameters, requestBody, answers], document)} document={document} />
    </Layout>
  );
}

const Parameters = ({ parameters }: { parameters: Parameter[] }) => (
  <section>
    <h2>Parameters</h2>
    <ul>
      {parameters.map(({ name, in: place, required, schema, description }) => (
        <li>
          <code>{name}</code> in the {place}{required ? "" : " (optional)"}: <SchemaView schema={{ ...schema, ...(description && { description }) }} />
        </li>
      ))}
    </ul>
  </section>
);

const Contents = ({ content }: { content: NonNullable<Operation["requestBody"]>["content"] }) => (
  <>{Object.entries(content).map(([type, { schema }]) => <div><code>{type}</code>: <SchemaView schema={schema} /></div>)}</>
);

const Problems = ({ operation }: { operation: Operation }) => (
  <section>
    <h2>Problems</h2>
    <ul>
      {problemsOf(operation).flatMap(({ status, types }) => types.map((type) => (
        <li>{status} <a href={type}><code>{type}</code></a> {PROBLEMS[type.slice("/problems/".length) as ProblemCode].title}</li>
      )))}
    </ul>
  </section>
);

const Components = ({ names, document }: { names: string[]; document: Document }) => (
  <>
    {names.map((name) => (
      <section id={anchorOf(name)}>
        <h2>{name}</h2>
        <div><SchemaView schema={document.components.schemas[name]!} /></div>
      </section>
    ))}
  </>
);
