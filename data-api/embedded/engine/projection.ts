/** Which fields of a document are shown, hidden or calculated. */
import {
  type Fields,
  fieldEntries,
  isFields,
  keyOfField,
  nameOfKey,
} from '../../protocol/fields.ts';
import { compile } from './expression.ts';
import type { Evaluate, Scope } from './operator.ts';
import { isNumber, isTrue, mongoError } from './values.ts';

export type Project = (document: Fields, scope: Scope) => Fields;

type Leaf = 'show' | 'hide' | Evaluate;
/** Names to what happens to the field, or to what is in it; in the order in which they are given. */
type Tree = Map<string, Leaf | Tree>;

/** Of a `$project` or a find. @throws Refused where showing and hiding are mixed. */
export function compileProjection(spec: unknown): Project {
  if (!isFields(spec))
    throw mongoError('Location15969', '$project specification must be an object');
  const tree: Tree = new Map();
  for (const [path, value] of fieldEntries(spec)) grow(tree, path, value);
  const id = tree.get('_id');
  const leaves = leavesOf(tree, true);
  const shows = leaves.some((leaf) => leaf !== 'hide') || (leaves.length === 0 && id !== 'hide');
  if (shows && leaves.includes('hide')) {
    throw mongoError('Location31254', 'Cannot do exclusion on a field in inclusion projection');
  }
  if (!shows) return (document) => hidden(document, tree);
  if (!tree.has('_id')) tree.set('_id', 'show');
  if (id === 'hide') tree.delete('_id');
  return (document, scope) => shown(document, tree, scope) as Fields;
}

/** Of `$addFields` and `$set`: all other fields stay. */
export function compileAddition(spec: unknown): Project {
  if (!isFields(spec))
    throw mongoError('Location40272', '$addFields specification must be an object');
  const tree: Tree = new Map();
  for (const [path, value] of fieldEntries(spec)) {
    if (isFields(value) && !isExpression(value)) growAll(tree, path, value);
    else add(tree, path, compile(value));
  }
  return (document, scope) => added(document, tree, scope) as Fields;
}

/** Of `$unset`: a path or a list of them. */
export function compileRemoval(paths: unknown): Project {
  const list: unknown[] = Array.isArray(paths) ? paths : [paths];
  const tree: Tree = new Map();
  for (const path of list) {
    if (typeof path !== 'string' || path === '') {
      throw mongoError('Location31002', '$unset needs a text or a list of texts');
    }
    add(tree, path, 'hide');
  }
  return (document) => hidden(document, tree);
}

function isExpression(value: Fields): boolean {
  return Object.keys(value).some((key) => key.startsWith('$')) || Object.keys(value).length === 0;
}

function growAll(tree: Tree, prefix: string, value: Fields): void {
  for (const [name, part] of fieldEntries(value)) {
    const path = `${prefix}.${name}`;
    if (isFields(part) && !isExpression(part)) growAll(tree, path, part);
    else add(tree, path, compile(part));
  }
}

function grow(tree: Tree, path: string, value: unknown): void {
  if (isFields(value) && !isExpression(value)) {
    for (const [name, part] of fieldEntries(value)) grow(tree, `${path}.${name}`, part);
  } else if (typeof value === 'boolean' || isNumber(value)) {
    add(tree, path, isTrue(value) ? 'show' : 'hide');
  } else {
    add(tree, path, compile(value));
  }
}

function add(tree: Tree, path: string, leaf: Leaf): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  if (last === '' || parts.includes('')) {
    throw mongoError('Location40353', `'${path}' is not a valid field path`);
  }
  let at = tree;
  for (const part of parts) {
    const next = at.get(part) ?? new Map<string, Leaf | Tree>();
    if (!(next instanceof Map)) throw collision(path);
    at.set(part, next);
    at = next;
  }
  if (at.has(last)) throw collision(path);
  at.set(last, leaf);
}

function collision(path: string) {
  return mongoError('Location31250', `Path collision at ${path}`);
}

/** @param isTop leaves out `_id`, which may be hidden where others are shown. */
function leavesOf(tree: Tree, isTop: boolean): Leaf[] {
  return [...tree].flatMap(([name, node]): Leaf[] => {
    if (isTop && name === '_id') return [];
    return node instanceof Map ? leavesOf(node, false) : [node];
  });
}

function hidden(value: Fields, tree: Tree): Fields {
  const result: Fields = {};
  for (const [key, part] of Object.entries(value)) {
    const node = tree.get(nameOfKey(key));
    if (node === undefined) result[key] = part;
    else if (node instanceof Map) result[key] = hiddenInside(part, node);
  }
  return result;
}

function hiddenInside(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((one) => hiddenInside(one, tree));
  return isFields(value) ? hidden(value, tree) : value;
}

/** Fields that are shown keep the document's order; calculated ones follow. */
function shown(value: unknown, tree: Tree, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => shown(one, tree, scope)).filter((one) => one !== undefined);
  }
  const isObject = isFields(value);
  const result: Fields = {};
  for (const [key, part] of isObject ? Object.entries(value) : []) {
    const node = tree.get(nameOfKey(key));
    if (node === 'show') result[key] = part;
    else if (node instanceof Map) setDefined(result, key, shown(part, node, scope));
  }
  const calculated = calculate(isObject ? value : {}, tree, scope);
  for (const [key, part] of calculated) if (!Object.hasOwn(result, key)) result[key] = part;
  return isObject || calculated.length > 0 ? result : undefined;
}

function calculate(value: Fields, tree: Tree, scope: Scope): [string, unknown][] {
  return [...tree].flatMap(([name, node]): [string, unknown][] => {
    const key = keyOfField(name);
    if (typeof node === 'function') {
      const part = node(scope);
      return part === undefined ? [] : [[key, part]];
    }
    if (!(node instanceof Map) || Object.hasOwn(value, key)) return [];
    const part = calculate({}, node, scope);
    return part.length === 0 ? [] : [[key, Object.fromEntries(part)]];
  });
}

function setDefined(fields: Fields, key: string, value: unknown): void {
  if (value !== undefined) fields[key] = value;
}

function added(value: unknown, tree: Tree, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one) => added(one, tree, scope));
  const result: Fields = isFields(value) ? { ...value } : {};
  for (const [name, node] of tree) {
    const key = keyOfField(name);
    if (node instanceof Map) result[key] = added(result[key], node, scope);
    else if (typeof node === 'function') {
      const part = node(scope);
      if (part === undefined) delete result[key];
      else result[key] = part;
    }
  }
  return result;
}
