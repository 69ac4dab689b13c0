/** The shape of the tree, kept by a test: which way imports may point, sizes, and leftovers. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, graphOf } from './tidy/circles.ts';
import {
  crossingImports,
  LAYERS,
  layerOf,
  PACKAGES,
  packageOf,
  upwardImports,
} from './tidy/layers.ts';
import { codeOf, isTest, readSources } from './tidy/sources.ts';

const WORLD =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|(?<![.\w])fetch\(|\bcrypto\.(getRandomValues|randomUUID)\(/;
/** Of what oxlint does not measure; it holds the same of TypeScript, and of functions. */
const LINES_MAX = 250;
/** What a form checks by before it sends anything, and a draw's bytes: each is fetched with its part alone. */
const SHARED: Readonly<Record<string, string>> = {
  // The console shows a colour as pages will have it, before it is saved.
  'worker/contract/accent.ts': 'client/admin/face/',
  'worker/contract/face-style.ts': 'client/admin/face/',
  'worker/contract/address-rules.ts': 'client/address/',
  'worker/contract/draw-counts.ts': 'client/draw/check/',
  'worker/contract/pictures.ts': 'client/',
  'worker/contract/text-in.ts': 'client/',
  'worker/contract/draw-records.ts': 'client/draw/check/',
  'worker/contract/reminder-times.ts': 'client/reminders/',
  // The console finds what keeps a plan from being published, and when a copy closes, as the server does.
  'worker/contract/schedule.ts': 'client/admin/lifecycle/',
};

const sources = readSources(import.meta.dirname, Object.keys(PACKAGES));
const shipped = sources.filter(({ path }) => !isTest(path));
const scripts = shipped.filter(({ path }) => isScript(path));

describe('the tree', () => {
  it('has each file in one layer', () => {
    expect(() => scripts.map(({ path }) => layerOf(path))).not.toThrow();
    const empty = LAYERS.filter((layer) =>
      scripts.every(({ path }) => LAYERS[layerOf(path)] !== layer),
    );
    expect(empty.map(({ prefix }) => prefix)).toEqual([]);
  });

  it('imports from the same layer or a lower one', () => {
    expect(upwardImports(scripts)).toEqual([]);
  });

  it('imports from another package only what that offers', () => {
    expect(crossingImports(shipped)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circlesBy((path) => path)).toEqual([]);
  });

  it('has no circle of folders, nor of those of the second level with all below them', () => {
    expect(circlesBy(dirname)).toEqual([]);
    expect(circlesBy((path) => path.split('/').slice(0, 2).join('/'))).toEqual([]);
  });

  it('sends the browser none of the Worker’s code but rules of addresses, bytes of draws, shades of a colour, choices of a text and times of plans and reminders, only its types', () => {
    const bundled = shipped.flatMap(({ path, imports }) =>
      path.startsWith('client/')
        ? imports
            .filter((to) => packageOf(to.path) === 'worker' && !to.typeOnly)
            .filter((to) => !path.startsWith(SHARED[to.path] ?? 'nowhere'))
            .map(() => path)
        : [],
    );
    expect(bundled).toEqual([]);
  });

  it('keeps the clock, chance and the network out of pure layers', () => {
    const impure = scripts.filter(
      ({ path, text }) => LAYERS[layerOf(path)]?.isPure && WORLD.test(codeOf(text)),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('says at the top of each file what it is for', () => {
    const silent = scripts.filter(
      ({ path, text }) => /\.tsx?$/.test(path) && !/^(\/\*\*|\/\/)/.test(text),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('has no stylesheet and no SQL longer than a source file may be', () => {
    const long = sources.flatMap(({ path, text }) => (!isScript(path) && isLong(text) ? path : []));
    expect(long).toEqual([]);
  });

  it('has no leftovers', () => {
    const leftover =
      /\b(TODO|FIXME|XXX)\b|\bdebugger\b|\.(only|skip)\(|@ts-(ignore|nocheck)|\/home\//;
    const left = sources.filter(({ text }) => leftover.test(text));
    expect(left.map(({ path }) => path)).toEqual([]);
  });

  it('has no file or folder for everything', () => {
    const vague = sources.filter(({ path }) =>
      /\b(utils?|helpers?|common|managers?|misc)\b/.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });
});

function circlesBy(nodeOf: (path: string) => string): string[] {
  return circlesOf(graphOf(shipped, nodeOf)).map((circle) => circle.join(' '));
}

function isLong(text: string): boolean {
  return text.split('\n').length - 1 > LINES_MAX;
}

function isScript(path: string): boolean {
  return !/\.(css|sql|json)$/.test(path);
}
