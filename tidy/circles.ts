/** Finds circles of imports, between files or between folders. Pure: it is given the imports. */

/** Who imports whom. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

interface Importing {
  path: string;
  imports: readonly { path: string }[];
}

/** The graph of files after each one is replaced by `nodeOf(path)`: itself, its folder, its package. */
export function graphOf(files: readonly Importing[], nodeOf: (path: string) => string): Graph {
  const known = new Set(files.map(({ path }) => path));
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const from = nodeOf(path);
    const targets = graph.get(from) ?? new Set();
    for (const to of imports) {
      if (known.has(to.path) && nodeOf(to.path) !== from) targets.add(nodeOf(to.path));
    }
    graph.set(from, targets);
  }
  return graph;
}

/** Groups of nodes that all reach one another, largest first, each one sorted. */
export function circlesOf(graph: Graph): string[][] {
  const reached = new Map([...graph.keys()].map((node) => [node, reachableFrom(graph, node)]));
  const circles: string[][] = [];
  const placed = new Set<string>();
  for (const node of [...graph.keys()].toSorted()) {
    if (placed.has(node) || !reached.get(node)?.has(node)) continue;
    const circle = [...(reached.get(node) ?? [])].filter((other) => reached.get(other)?.has(node));
    for (const member of circle) placed.add(member);
    circles.push(circle.toSorted());
  }
  return circles.toSorted((a, b) => b.length - a.length);
}

/** The arrows inside circles as pairs `a <-> b`, each pair once. */
export function pairsIn(graph: Graph, circles: readonly string[][]): string[] {
  const pairs = circles.flatMap((circle) =>
    circle.flatMap((from) =>
      [...(graph.get(from) ?? [])]
        .filter((to) => circle.includes(to))
        .map((to) => [from, to].toSorted().join(' <-> ')),
    ),
  );
  return [...new Set(pairs)].toSorted();
}

function reachableFrom(graph: Graph, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    open.push(...(graph.get(node) ?? []));
  }
  return reached;
}
