/** Which methods a path knows, read from the routes themselves. */

/** As `Hono.routes` lists them; middleware has the method ALL. */
export interface Route {
  method: string;
  path: string;
}

/** Everything that is asked of one path: `undefined` for a path that nobody serves. */
export type MethodsOf = (path: string) => string | undefined;

/** @returns the value of an Allow header for a path: what is routed, with HEAD and OPTIONS. */
export function methodsByPath(routes: readonly Route[]): MethodsOf {
  const methodsOfPattern = new Map<string, Set<string>>();
  for (const { method, path } of routes) {
    if (method === 'ALL') continue;
    const methods = methodsOfPattern.get(path) ?? new Set();
    methodsOfPattern.set(path, methods.add(method));
    if (method === 'GET') methods.add('HEAD');
  }
  const patterns = [...methodsOfPattern].map(([path, methods]) => ({
    pattern: patternOf(path),
    methods,
  }));
  const exact = literalPaths(routes);
  return (path) => {
    const methods = exact.has(path)
      ? [...(methodsOfPattern.get(path) ?? [])]
      : patterns.flatMap((known) => (known.pattern.test(path) ? [...known.methods] : []));
    return methods.length === 0 ? undefined : [...new Set(methods), 'OPTIONS'].join(', ');
  };
}

/** Paths without parameters: a path that is one of them is no other route's. */
export function literalPaths(routes: readonly Route[]): ReadonlySet<string> {
  return new Set(
    routes.flatMap(({ method, path }) => (method === 'ALL' || path.includes(':') ? [] : path)),
  );
}

function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escape(part)));
  return new RegExp(`^${parts.join('/')}$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
