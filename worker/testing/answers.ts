/**
 * Holds every answer of the tests against the published description: an answer that it does not
 * allow is an error in one of the two.
 */
import { dereference, type OutputUnit, validate } from '@cfworker/json-schema';
import { openApiDocument } from '../openapi/document.ts';

interface Described {
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, { schema: object }>;
}

interface DescribedOperation {
  operationId: string;
  responses: Record<string, Described>;
}

interface Asked {
  method: string;
  /** Below /api/v1, with its query. */
  path: string;
}

interface Document {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { headers: Record<string, { required?: boolean; schema: object }> };
}

/** One JSON a line, which is described as text. */
const LINES_TYPE = 'application/x-ndjson';

const document = openApiDocument() as unknown as Document;
const patterns = Object.entries(document.paths).map(([path, operations]) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  operations,
}));

/** What a reference may name. Gathered once: it takes far longer than to validate one answer. */
const addresses = dereference({ components: document.components });
const addressed = new Set<object>();

/** What any path answers to a method or an address that it does not know. */
const UNDESCRIBED: Record<number, string> = {
  404: 'not_found',
  405: 'method_not_allowed',
};

/** Leaves the answer unread. @throws Error that says what the description does not allow. */
export async function expectDescribed(asked: Asked, answer: Response): Promise<void> {
  // An answer that is a socket has no body, and cannot be doubled.
  const faults = await faultsOf(asked, answer.webSocket ? answer : answer.clone());
  if (faults.length === 0) return;
  const { method, path } = asked;
  const list = faults.map((fault) => `  - ${fault}`).join('\n');
  throw new Error(
    `${method} ${path} was answered ${answer.status}, against its description:\n${list}`,
  );
}

async function faultsOf({ method, path }: Asked, answer: Response): Promise<string[]> {
  const { status, headers } = answer;
  const operation = operationOf(method, path);
  if (operation === undefined) return undescribed(method, answer);
  const described = operation.responses[String(status)];
  if (described === undefined) {
    const statuses = Object.keys(operation.responses).join(', ');
    const body = (await answer.text()).slice(0, 200);
    return [`${operation.operationId} declares only ${statuses}; the body was ${body}`];
  }
  const body = method === 'HEAD' || answer.webSocket ? [] : await bodyFaults(described, answer);
  return [...headerFaults(described, headers), ...body];
}

/** HEAD is described by GET. A path that is named is not one of those with an id in its place. */
function operationOf(method: string, path: string): DescribedOperation | undefined {
  const { pathname } = new URL(`https://shop.example${path}`);
  const named = (method === 'HEAD' ? 'GET' : method).toLowerCase();
  return patterns.find(({ pattern }) => pattern.test(pathname))?.operations[named];
}

async function undescribed(method: string, answer: Response): Promise<string[]> {
  const { status, headers } = answer;
  if (status === 204 && method === 'OPTIONS' && headers.has('Allow')) return [];
  const { code } = await answer.json<{ code?: unknown }>().catch(() => ({ code: undefined }));
  return code !== undefined && code === UNDESCRIBED[status]
    ? []
    : [`no operation has this method and path, and the code is ${String(code)}`];
}

function headerFaults(described: Described, headers: Headers): string[] {
  return Object.keys(described.headers ?? {}).flatMap((name) => {
    const value = headers.get(name);
    const { required, schema } = document.components.headers[name] ?? { schema: {} };
    if (value === null) return required ? [`the header ${name} is missing`] : [];
    const isNumber = 'type' in schema && schema.type === 'integer';
    return schemaFaults(schema, isNumber ? Number(value) : value).map(
      (fault) => `the header ${name} is "${value}": ${fault}`,
    );
  });
}

async function bodyFaults({ content }: Described, answer: Response): Promise<string[]> {
  // Not by `text`, which warns of a type that it does not know for text.
  const text = new TextDecoder().decode(await answer.arrayBuffer());
  const type = answer.headers.get('Content-Type')?.split(';')[0];
  if (content === undefined) return text === '' ? [] : [`no body is declared: ${text}`];
  const declared = content[type ?? ''];
  if (declared === undefined) {
    return [`the type is ${type}, declared is ${Object.keys(content).join(', ')}: ${text}`];
  }
  const body: unknown = type?.endsWith('json') && type !== LINES_TYPE ? JSON.parse(text) : text;
  return schemaFaults(declared.schema, body).map((fault) => `${fault}; the body was ${text}`);
}

/** Validates against a schema of the document, whose references are into the whole of it. */
export function schemaFaults(schema: object, value: unknown): string[] {
  if (!addressed.has(schema)) {
    dereference(schema, addresses, undefined, `/answers/${addressed.size}`);
    addressed.add(schema);
  }
  const { valid, errors } = validate(value, schema, '2020-12', addresses, false);
  return valid ? [] : [...new Set(errors.filter(isLeaf).map(readable))];
}

/** The errors above a leaf only say that something below them is wrong. */
function isLeaf({ keyword }: OutputUnit): boolean {
  return !['$ref', 'properties', 'items', 'oneOf', 'anyOf'].includes(keyword);
}

function readable({ instanceLocation, error }: OutputUnit): string {
  return `${instanceLocation}: ${error}`;
}
