/** Reads OpenMetrics 1.0 text as strictly as its specification does what this shop sends. */

export interface ReadFamily {
  type: string;
  unit: string | undefined;
  help: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const META = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.+)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
/** What a sample's name has behind its family's. */
const SUFFIXES: Record<string, string[]> = {
  gauge: [''],
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_count', '_sum', '_created'],
};

/** @throws Error naming the line that is against the format. */
export function readOpenMetrics(text: string): Map<string, ReadFamily> {
  if (!text.endsWith('\n# EOF\n') && text !== '# EOF\n')
    throw new Error('it does not end in # EOF');
  const families = new Map<string, ReadFamily>();
  let name = '';
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const meta = META.exec(line);
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    if (meta) {
      const [, kind = '', of = '', value = ''] = meta;
      if (of !== name) {
        if (families.has(of)) fail('a family that was begun before');
        name = of;
        families.set(of, { type: 'unknown', unit: undefined, help: '', samples: [] });
      }
      describe(families.get(of), { kind, of, value, fail });
      continue;
    }
    const [, of = '', labels, value = ''] = SAMPLE.exec(line) ?? fail('no line of OpenMetrics');
    const family = families.get(name) ?? fail('a sample of no family');
    const suffixes = SUFFIXES[family.type] ?? fail('a sample of an unknown type');
    if (!suffixes.some((suffix) => of === name + suffix)) fail('a sample with a wrong suffix');
    if (!NUMBER.test(value)) fail('no number');
    family.samples.push({ name: of, labels: labelsIn(labels, fail), value: Number(value) });
  }
  for (const [of, family] of families) checkFamily(of, family);
  return families;
}

interface Meta {
  kind: string;
  of: string;
  value: string;
  fail(why: string): never;
}

function describe(family: ReadFamily | undefined, { kind, of, value, fail }: Meta): void {
  if (family === undefined) return;
  if (family.samples.length > 0) fail('described behind a sample');
  if (kind === 'TYPE' && !(value in SUFFIXES)) fail('an unknown type');
  if (kind === 'UNIT' && !of.endsWith(`_${value}`)) fail('a unit that its name does not have');
  if (kind === 'TYPE') family.type = value;
  else if (kind === 'UNIT') family.unit = value;
  else family.help = value;
}

function labelsIn(text: string | undefined, fail: (why: string) => never): Record<string, string> {
  const labels: Record<string, string> = {};
  if (text === undefined) return labels;
  let end = 0;
  while (end < text.length) {
    LABEL.lastIndex = end;
    const [whole = '', name = '', value = ''] = LABEL.exec(text) ?? fail('labels that are none');
    if (name in labels) fail('a label twice');
    labels[name] = value.replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
    end += whole.length;
  }
  return labels;
}

function checkFamily(of: string, { type, samples }: ReadFamily): void {
  const seen = new Set<string>();
  for (const { name, labels, value } of samples) {
    const key = `${name} ${JSON.stringify(Object.keys(labels).map((label) => [label, labels[label]]))}`;
    if (seen.has(key)) throw new Error(`${key} is there twice`);
    seen.add(key);
    if (type !== 'gauge' && !(value >= 0)) throw new Error(`${key} counts below nothing`);
  }
  if (type === 'histogram') checkHistogram(of, samples);
}

/** The buckets of each set of labels rise to +Inf, where they have all. */
function checkHistogram(of: string, samples: ReadFamily['samples']): void {
  const bySet = Map.groupBy(samples, ({ labels }) => JSON.stringify({ ...labels, le: '' }));
  for (const [set, own] of bySet) {
    const named = (suffix: string) => own.filter(({ name }) => name === of + suffix);
    const buckets = named('_bucket').map(
      ({ labels, value }) => [labels['le'] ?? '', value] as const,
    );
    const bounds = buckets.map(([le]) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)));
    const counts = buckets.map(([, value]) => value);
    const isWhole =
      bounds.at(-1) === Number.POSITIVE_INFINITY && counts.at(-1) === named('_count')[0]?.value;
    const isPlain = buckets.every(([le]) => le === '+Inf' || /^\d+\.\d+$/.test(le));
    if (!(isWhole && isPlain && rises(bounds) && rises(counts) && named('_sum').length === 1)) {
      throw new Error(`${of} ${set} is no histogram`);
    }
  }
}

function rises(values: number[]): boolean {
  return values.every((one, n) => n === 0 || one >= (values[n - 1] ?? 0));
}
