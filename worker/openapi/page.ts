/**
 * The description as a page: one HTML text without script, made from the OpenAPI document. Each
 * operation, problem and schema has an address of its own; it prints, and it is read as it loads.
 */
import { html } from 'hono/html';
import { PROBLEMS, type ProblemCode } from '../contract/problems.ts';
import { openApiDocument } from './document.ts';
import { type Operation, problemCodesOf } from './operations/operation.ts';
import { OPERATIONS } from './operations/table.ts';
import { membersTable, schemaName, typeOf } from './page-schemas.ts';
import { problemNameOf } from './problems.ts';

type Html = ReturnType<typeof html>;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: object;
}

interface Described {
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: { $ref?: string }; example?: unknown }>;

const CALLERS: Record<Operation['caller'], string> = {
  anybody: 'Anybody',
  customer: 'Signed in',
  admin: 'Admins',
  scraper: 'With the metrics’ token',
  mail_provider: 'The mail provider, by its signature',
  payment_provider: 'The payment provider, by its signature',
};

let made: Html | undefined;

/** Made once per isolate. */
export function docsPage(): Html {
  made ??= page();
  return made;
}

function page(): Html {
  const { info, tags } = openApiDocument() as {
    info: { title: string; description: string };
    tags: { name: Operation['tag']; description: string }[];
  };
  const sections = tags.map(({ name, description }) => {
    const operations = OPERATIONS.filter(({ tag }) => tag === name);
    return html`<section>
      <h2 id="${name}">${name}</h2>
      <p>${description}</p>
      ${operations.map(operationArticle)}
    </section>`;
  });
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${info.title} API</title>
    <link rel="stylesheet" href="/api-docs.css" />
    <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
  </head>
  <body>
    <nav aria-label="Operations">
      <a class="brand" href="/">${info.title}</a>
      ${tags.map(({ name }) => contents(name))}
      <h2><a href="#problems">Problems</a></h2>
      <h2><a href="#schemas">Schemas</a></h2>
    </nav>
    <main>
      <h1>${info.title} API</h1>
      <p>${info.description}</p>
      <p>For machines: <a href="/api/v1/openapi.json">openapi.json</a>, OpenAPI 3.1. Whoever is signed in sends <code>Authorization: Bearer</code> with the access token.</p>
      ${sections}
      ${problemsSection()}
      ${schemasSection()}
    </main>
  </body>
</html>`;
}

function contents(tag: Operation['tag']): Html {
  const operations = OPERATIONS.filter((operation) => operation.tag === tag);
  return html`<h2><a href="#${tag}">${tag}</a></h2>
    <ul>
      ${operations.map(
        ({ method, operationId, summary }) =>
          html`<li><a href="#${operationId}"><b class="method ${method}">${method}</b> ${summary}</a></li>`,
      )}
    </ul>`;
}

function operationArticle(operation: Operation): Html {
  const { operationId, method, path, summary, description, caller } = operation;
  const described = describedOf(operation);
  const { parameters = [], requestBody, responses } = described;
  const good = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return html`<article id="${operationId}">
    <h3><a href="#${operationId}">${summary}</a></h3>
    <p class="address"><b class="method ${method}">${method}</b> <code>/api/v1${path}</code></p>
    ${description && html`<p>${description}</p>`}
    <p class="caller">${CALLERS[caller]}</p>
    ${parameters.length > 0 && parametersTable(parameters)}
    ${requestBody && bodyPart(requestBody.required ? 'Body' : 'Body, may be left out', requestBody.content)}
    ${good.map(([status, { description: what, content }]) => bodyPart(`${status} ${what}`, content))}
    <h4>Problems</h4>
    <p class="codes">${problemCodesOf(operation).map(problemLink)}</p>
  </article>`;
}

function describedOf({ path, method }: Operation): Described {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, Described>> };
  const described = paths[path]?.[method];
  if (described === undefined) throw new Error(`${method} ${path} is not in the document`);
  return described;
}

function parametersTable(parameters: Parameter[]): Html {
  return html`<h4>Parameters</h4>
    <table>
      <tbody>
        ${parameters.map(
          ({ name, in: place, required, description, schema }) => html`<tr>
            <th scope="row"><code>${name}</code></th>
            <td>${place}${required ? ', required' : ''}</td>
            <td>${typeOf(schema)}${description && html`<br />${description}`}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}

function bodyPart(title: string, content: Content = {}): Html {
  const [[mediaType, body] = []] = Object.entries(content);
  const name = body && schemaName(body.schema);
  return html`<h4>${title}</h4>
    ${body && html`<p class="type"><code>${mediaType}</code> ${name ? typeOf(body.schema) : ''}</p>`}
    ${body && !name && membersTable(body.schema)}
    ${
      body?.example !== undefined &&
      html`<details>
        <summary>Example</summary>
        <pre><code>${JSON.stringify(body.example, null, 2)}</code></pre>
      </details>`
    }`;
}

function problemLink(code: ProblemCode): Html {
  return html`<a href="#${problemNameOf(code)}">${PROBLEMS[code].status} ${code}</a> `;
}

function problemsSection(): Html {
  const codes = [...new Set(OPERATIONS.flatMap(problemCodesOf))];
  const sorted = codes.toSorted((one, other) => PROBLEMS[one].status - PROBLEMS[other].status);
  return html`<section>
    <h2 id="problems">Problems</h2>
    <p>Every refusal is <code>application/problem+json</code>. Its <code>code</code> is stable; further members belong to the code.</p>
    ${sorted.map(
      (code) => html`<article id="${problemNameOf(code)}">
        <h3><a href="#${problemNameOf(code)}">${PROBLEMS[code].status} <code>${code}</code></a></h3>
        ${membersTable(componentOf(problemNameOf(code)))}
      </article>`,
    )}
  </section>`;
}

function schemasSection(): Html {
  const problems = new Set(OPERATIONS.flatMap(problemCodesOf).map(problemNameOf));
  const { components } = openApiDocument() as { components: { schemas: Record<string, object> } };
  const names = Object.keys(components.schemas).filter((name) => !problems.has(name));
  return html`<section>
    <h2 id="schemas">Schemas</h2>
    ${names.map(
      (name) => html`<article id="${name}Schema">
        <h3><a href="#${name}Schema">${name}</a></h3>
        ${membersTable(componentOf(name))}
      </article>`,
    )}
  </section>`;
}

function componentOf(name: string): object {
  const { components } = openApiDocument() as { components: { schemas: Record<string, object> } };
  return components.schemas[name] ?? {};
}
