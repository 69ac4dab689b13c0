/** Prints the circles of imports of a tree: `node tidy/print-circles.ts [--all] [folder of the tree]`. */
import { dirname } from 'node:path';
import { circlesOf, graphOf, pairsIn } from './circles.ts';
import { isTest, readSources } from './sources.ts';

const args = process.argv.slice(2);
const root = args.find((arg) => !arg.startsWith('--')) ?? process.cwd();
const files = readSources(root, [
  'worker',
  'client',
  'local',
  'data-api',
  'bench',
  'simulation',
]).filter(({ path }) => !isTest(path));

const VIEWS = [
  ['files', (path: string) => path],
  ['folders', dirname],
  ['folders of the second level', (path: string) => path.split('/').slice(0, 2).join('/')],
] as const;

console.log(`${files.length} files`);
for (const [view, nodeOf] of VIEWS) {
  const graph = graphOf(files, nodeOf);
  const circles = circlesOf(graph);
  const pairs = pairsIn(graph, circles);
  console.log(
    `${view}: ${circles.flat().length} of ${graph.size} in ${circles.length} circles, ` +
      `${pairs.length} pairs, the largest circle has ${circles[0]?.length ?? 0}`,
  );
  if (!args.includes('--all')) continue;
  for (const circle of circles) console.log(`  circle: ${circle.join(' ')}`);
  for (const pair of pairs) console.log(`  pair: ${pair}`);
}
