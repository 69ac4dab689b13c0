/** Which form an answer has: what the request accepts, or what the configuration says. */

export const RETURN_TYPES = ['JSON', 'EJSON'] as const;
/** As the settings of App Services named them. */
export type ReturnType = (typeof RETURN_TYPES)[number];

const MEDIA_TYPES: Record<string, ReturnType> = {
  'application/json': 'JSON',
  'application/ejson': 'EJSON',
};

/** @param accept the header; one that names neither form leaves the choice to the configuration. */
export function returnTypeFor(accept: string | null, configured: ReturnType): ReturnType {
  let [best, bestWeight] = [configured, 0];
  for (const range of (accept ?? '').split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const type = Object.hasOwn(MEDIA_TYPES, name) ? MEDIA_TYPES[name] : undefined;
    const weight = weightIn(parameters);
    // Of two that weigh the same the first one is meant.
    if (type !== undefined && weight > bestWeight) [best, bestWeight] = [type, weight];
  }
  return best;
}

function weightIn(parameters: string[]): number {
  const given = parameters.find((part) => part.startsWith('q='));
  const weight = given === undefined ? 1 : Number(given.slice(2));
  return Number.isNaN(weight) ? 0 : weight;
}
