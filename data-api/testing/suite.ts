/** The contract of the Data API: one list of cases, for whatever serves it. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AGGREGATE_CASES } from './aggregate.cases.ts';
import { BSON_CASES } from './bson.cases.ts';
import { type Capability, type Case, COLLECTION, OTHER_COLLECTION, type Step } from './case.ts';
import { DATE_CASES } from './dates.cases.ts';
import { QUERY_CASES, WRITE_CASES } from './documents.cases.ts';
import { EXPRESSION_CASES } from './expressions.cases.ts';
import { LIST_UPDATE_CASES } from './list-updates.cases.ts';
import { ORDER_CASES, PIPELINE_ORDER_CASES, type TextCase } from './order.cases.ts';
import { PATH_CASES } from './paths.cases.ts';
import { REFUSAL_CASES } from './refusals.cases.ts';
import { STAGE_CASES } from './stages.cases.ts';
import { TYPE_CASES } from './types.cases.ts';
import { UPDATE_RULE_CASES } from './update-rules.cases.ts';
import { UPDATE_CASES } from './updates.cases.ts';
import { WIDTH_CASES } from './widths.cases.ts';
import { type WireCase, wireCases } from './wire.cases.ts';

export const KEY = 'a-key-that-only-the-tests-know-long-enough';
export const DATA_SOURCE = 'mongodb-atlas';

const ANY: unknown = expect.anything();

/** Something that serves the Data API, started before the suite. */
export interface Served {
  /** Sends to `/action/…` below the base path. */
  fetch(path: string, init: RequestInit): Promise<Response>;
  database: string;
}

const GROUPS: Record<string, Case[]> = {
  finding: QUERY_CASES,
  'finding null': PATH_CASES,
  writing: WRITE_CASES,
  updating: UPDATE_CASES,
  aggregating: AGGREGATE_CASES,
  'updating what is absent or in the way': UPDATE_RULE_CASES,
  'updating lists': LIST_UPDATE_CASES,
  types: TYPE_CASES,
  'comparing and grouping': BSON_CASES,
  'the width of numbers': WIDTH_CASES,
  expressions: EXPRESSION_CASES,
  dates: DATE_CASES,
  stages: STAGE_CASES,
  refusing: REFUSAL_CASES,
};

/** @param lacks what the database behind it cannot do. */
export function describeContract(
  name: string,
  served: () => Served,
  lacks: ReadonlySet<Capability>,
) {
  describe(`the Data API over ${name}`, () => {
    let held = 0;
    let notOffered = 0;

    beforeEach(async () => {
      for (const collection of [COLLECTION, OTHER_COLLECTION]) {
        const body = { collection, filter: {} };
        await expectSteps(served(), [{ action: 'deleteMany', body }]);
      }
    });

    afterAll(() => {
      console.log(`${name}: ${held} cases held, ${notOffered} named as not offered`);
    });

    describe.each(Object.entries(GROUPS))('%s', (_group, cases) => {
      const isOffered = offeredWithout(lacks);
      it.each(cases.filter(isOffered))('$name', async ({ steps }) => {
        await expectSteps(served(), steps);
        held++;
      });
      const lacking = cases.filter((one) => !isOffered(one));
      // With fails each, so that a list that is out of date is noticed.
      for (const { name: title, needs, steps } of lacking) {
        it.fails(`${title} (this database has no ${needs})`, async () => {
          notOffered++;
          await expectSteps(served(), steps);
        });
      }
    });

    describe('the order of fields', () => {
      const offersOrder = !lacks.has('the order of computed fields');
      const offered = offersOrder ? [...ORDER_CASES, ...PIPELINE_ORDER_CASES] : ORDER_CASES;
      it.each(offered)('$name', async (one) => {
        await expectTexts(served(), one);
        held++;
      });
      for (const one of offersOrder ? [] : PIPELINE_ORDER_CASES) {
        it.fails(`${one.name} (this database has it not)`, async () => {
          notOffered++;
          await expectTexts(served(), one);
        });
      }
    });

    describe('on the wire', () => {
      const request = JSON.stringify({ ...namespaceOf('DATABASE'), filter: 'FILTER' });
      const text = request.replace('"FILTER"', 'FILTER');
      it.each(wireCases(text, KEY))('$name', async (wire) => {
        await expectWire(served(), wire);
        held++;
      });
    });
  });
}

function offeredWithout(lacks: ReadonlySet<Capability>): (one: Case) => boolean {
  return ({ needs }) => needs === undefined || !lacks.has(needs);
}

/** Runs the steps one after the other and compares each answer. */
async function expectSteps(served: Served, steps: Step[]): Promise<void> {
  for (const step of steps) {
    const body = JSON.stringify({ ...namespaceOf(served.database), ...step.body });
    const response = await served.fetch(`/action/${step.action}`, {
      method: 'POST',
      headers: {
        apiKey: KEY,
        'Content-Type': 'application/json',
        Accept: step.ejson ? 'application/ejson' : 'application/json',
      },
      body,
    });
    const answer: unknown = await response.json();
    expect(answer, `${step.action} ${body}`).toEqual(step.answer ?? ANY);
    expect(response.status).toBe(step.status ?? 200);
    const type = step.ejson && response.ok ? 'application/ejson' : 'application/json';
    expect(response.headers.get('Content-Type')).toContain(type);
  }
}

/** Bodies and answers as texts, byte for byte. */
async function expectTexts(served: Served, { steps }: TextCase): Promise<void> {
  for (const { action, members, status = 200, answer } of steps) {
    const namespace = JSON.stringify(namespaceOf(served.database)).slice(0, -1);
    const response = await served.fetch(`/action/${action}`, {
      method: 'POST',
      headers: { apiKey: KEY, 'Content-Type': 'application/json' },
      body: `${namespace},${members}}`,
    });
    const text = await response.text();
    expect(response.status, `${action} ${members}: ${text}`).toBe(status);
    expect(text).toBe(answer ?? text);
  }
}

async function expectWire(served: Served, wire: WireCase): Promise<void> {
  const headers = new Headers({ apiKey: KEY, 'Content-Type': 'application/json' });
  for (const [name, value] of Object.entries(wire.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const { body } = wire;
  const response = await served.fetch(wire.path ?? '/action/find', {
    method: wire.method ?? 'POST',
    headers,
    body: typeof body === 'string' ? body.replace('DATABASE', served.database) : (body ?? null),
  });
  const answer: unknown = await response.json();
  expect(answer).toMatchObject(expectedOf(wire));
  expect(response.status).toBe(wire.status);
}

function expectedOf({ code, error }: WireCase): object {
  if (code === undefined) return { documents: [] };
  return error === undefined ? { error_code: code } : { error, error_code: code };
}

function namespaceOf(database: string) {
  return { dataSource: DATA_SOURCE, database, collection: COLLECTION };
}
