/** The order of the tree: what each package may import of others, and all layers from the bottom up. */

/** Top folders. One may import these parts of others, besides itself; tests may do more. */
export const PACKAGES: Record<string, readonly string[]> = {
  worker: ['migrations/meta/_journal.json', 'client/server.js', 'data-api/environment.ts'],
  client: ['worker/routes/api.ts', 'worker/contract/'],
  local: ['worker/', 'data-api/', 'previews/variables.ts', 'migrations/meta/_journal.json'],
  // Alone, so that it can be deployed by somebody who has no shop.
  'data-api': [],
  previews: ['worker/contract/', 'worker/platform/bounded-text.ts', 'data-api/environment.ts'],
  bench: ['worker/', 'local/', 'data-api/', 'client/draw/check/', 'client/draw/texts/'],
  simulation: ['worker/', 'local/'],
  tidy: [],
};

export interface Layer {
  /** Of a file's path; where several fit, the longest one counts. */
  prefix: string;
  /** No file of it reaches for the time, for chance or for the network: all three are passed in. */
  isPure?: boolean;
}

/** From the bottom up: a file imports from its own layer and from those before it. */
export const LAYERS: readonly Layer[] = [
  { prefix: 'tidy/' },
  { prefix: 'data-api/environment.ts', isPure: true },
  { prefix: 'worker/contract/', isPure: true },
  { prefix: 'worker/platform/', isPure: true },
  { prefix: 'worker/config/', isPure: true },
  { prefix: 'worker/auth/' },
  { prefix: 'worker/draw/', isPure: true },
  { prefix: 'worker/draw/object/' },
  { prefix: 'worker/sale/rules/', isPure: true },
  { prefix: 'worker/sale/edge/', isPure: true },
  { prefix: 'worker/live/rules/', isPure: true },
  { prefix: 'worker/payment/', isPure: true },
  { prefix: 'worker/stores/store-timeout.ts', isPure: true },
  { prefix: 'worker/stores/cache/' },
  { prefix: 'worker/stores/postgres/' },
  { prefix: 'worker/stores/documents/' },
  { prefix: 'worker/stores/pictures/', isPure: true },
  { prefix: 'worker/pictures/', isPure: true },
  { prefix: 'worker/legal/', isPure: true },
  { prefix: 'worker/face/', isPure: true },
  { prefix: 'worker/outbox/rules/', isPure: true },
  { prefix: 'worker/outbox/mail/messages/', isPure: true },
  { prefix: 'worker/outbox/mail/' },
  { prefix: 'worker/outbox/push/' },
  { prefix: 'worker/live/object/' },
  { prefix: 'worker/sale/object/', isPure: true },
  { prefix: 'worker/sale/ledger/', isPure: true },
  { prefix: 'worker/sale/object/sale-object.ts' },
  { prefix: 'worker/paying/', isPure: true },
  { prefix: 'worker/openapi/operations/', isPure: true },
  { prefix: 'worker/openapi/', isPure: true },
  { prefix: 'worker/http/' },
  { prefix: 'worker/deps/', isPure: true },
  { prefix: 'worker/sweep/', isPure: true },
  { prefix: 'worker/outbox/erasure/', isPure: true },
  { prefix: 'worker/outbox/cancelling/', isPure: true },
  { prefix: 'worker/outbox/payments/', isPure: true },
  { prefix: 'worker/outbox/kinds.ts' },
  { prefix: 'worker/outbox/object/' },
  { prefix: 'worker/routes/', isPure: true },
  { prefix: 'client/format/', isPure: true },
  { prefix: 'client/time/' },
  { prefix: 'client/texts/', isPure: true },
  { prefix: 'client/session/', isPure: true },
  { prefix: 'client/api/', isPure: true },
  { prefix: 'client/holds/', isPure: true },
  { prefix: 'client/sale/', isPure: true },
  { prefix: 'client/page/', isPure: true },
  { prefix: 'client/shop/', isPure: true },
  { prefix: 'client/ui/', isPure: true },
  { prefix: 'client/gallery/', isPure: true },
  { prefix: 'client/address/', isPure: true },
  { prefix: 'client/legal/', isPure: true },
  { prefix: 'client/report/', isPure: true },
  { prefix: 'client/account/', isPure: true },
  { prefix: 'client/push/', isPure: true },
  { prefix: 'client/reminders/', isPure: true },
  { prefix: 'client/purchase/', isPure: true },
  { prefix: 'client/announcements/', isPure: true },
  { prefix: 'client/payment/', isPure: true },
  { prefix: 'client/queue/', isPure: true },
  { prefix: 'client/draw/check/', isPure: true },
  { prefix: 'client/draw/background/' },
  { prefix: 'client/draw/', isPure: true },
  { prefix: 'client/reviews/', isPure: true },
  { prefix: 'client/discussion/', isPure: true },
  { prefix: 'client/orders/', isPure: true },
  { prefix: 'client/admin/texts/', isPure: true },
  { prefix: 'client/admin/api/', isPure: true },
  { prefix: 'client/admin/forms/', isPure: true },
  { prefix: 'client/admin/lists/', isPure: true },
  { prefix: 'client/admin/orders/', isPure: true },
  { prefix: 'client/admin/queue/', isPure: true },
  { prefix: 'client/admin/catalogue/', isPure: true },
  { prefix: 'client/admin/customers/', isPure: true },
  { prefix: 'client/admin/moderation/', isPure: true },
  { prefix: 'client/admin/outbox/', isPure: true },
  { prefix: 'client/admin/order/', isPure: true },
  { prefix: 'client/admin/legal/', isPure: true },
  { prefix: 'client/admin/face/', isPure: true },
  { prefix: 'client/admin/audit/', isPure: true },
  { prefix: 'client/admin/events/', isPure: true },
  { prefix: 'client/admin/lifecycle/', isPure: true },
  { prefix: 'client/admin/sale/', isPure: true },
  { prefix: 'client/admin/', isPure: true },
  { prefix: 'client/lazy/', isPure: true },
  { prefix: 'client/events/', isPure: true },
  { prefix: 'client/items/', isPure: true },
  { prefix: 'client/shell/', isPure: true },
  { prefix: 'client/server.js', isPure: true },
  { prefix: 'client/' },
  { prefix: 'worker/pages/', isPure: true },
  { prefix: 'worker/app.ts' },
  { prefix: 'worker/wiring.ts' },
  { prefix: 'worker/entrypoint.ts' },
  { prefix: 'worker/index.ts' },
  { prefix: 'data-api/' },
  { prefix: 'previews/drawing/', isPure: true },
  { prefix: 'previews/' },
  { prefix: 'local/' },
  { prefix: 'bench/' },
  { prefix: 'simulation/' },
];

/** The place in `layers` of the layer that a file belongs to. Throws where there is none. */
export function layerOf(path: string, layers: readonly Layer[] = LAYERS): number {
  const fitting = layers.filter(({ prefix }) => path.startsWith(prefix));
  const [longest] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (longest === undefined) throw new Error(`${path} belongs to no layer of tidy/layers.ts`);
  if (fitting.filter(({ prefix }) => prefix === longest.prefix).length > 1) {
    throw new Error(`${longest.prefix} is named twice in tidy/layers.ts`);
  }
  return layers.indexOf(longest);
}

interface Importing {
  path: string;
  imports: readonly { path: string }[];
}

/** Imports of a file in a higher layer, as `from -> to`. What is no file of the list is left out. */
export function upwardImports(files: readonly Importing[], layers = LAYERS): string[] {
  const places = new Map(files.map(({ path }) => [path, layerOf(path, layers)]));
  return files.flatMap(({ path: from, imports }) =>
    imports
      .filter(({ path: to }) => (places.get(to) ?? 0) > (places.get(from) ?? 0))
      .map(({ path: to }) => `${from} -> ${to}`),
  );
}

/** Imports of another package's file beyond what PACKAGES allows, as `from -> to`. */
export function crossingImports(files: readonly Importing[], packages = PACKAGES): string[] {
  return files.flatMap(({ path: from, imports }) =>
    imports
      .filter(({ path: to }) => packageOf(from) !== packageOf(to))
      .filter(({ path: to }) => !packages[packageOf(from)]?.some((part) => to.startsWith(part)))
      .map(({ path: to }) => `${from} -> ${to}`),
  );
}

export function packageOf(path: string): string {
  return path.split('/')[0] ?? '';
}
