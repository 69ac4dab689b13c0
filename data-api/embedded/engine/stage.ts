/** What a stage of a pipeline is made of and what it may reach. */
import type { Fields } from '../../protocol/fields.ts';
import type { Scope } from './operator.ts';
import { mongoError } from './values.ts';

/** Between two stages of a pipeline. */
const STAGE_DOCUMENTS_MAX = 200_000;

/** Changes none of the documents that it is given. */
export type Run = (documents: Fields[]) => Fields[];
export type Stage = (spec: unknown, context: StageContext) => Run;

export interface StageContext {
  /** All documents of a collection. */
  collection(name: string): Fields[];
  scopeOf(document: Fields): Scope;
  /** @throws Refused where they are too many. */
  bounded(documents: Fields[]): Fields[];
}

export function createContext(
  collection: StageContext['collection'],
  variables: Record<string, unknown> = {},
): StageContext {
  const shared = { NOW: new Date(), ...variables };
  return {
    collection,
    scopeOf: (document) => ({ root: document, variables: shared }),
    bounded(documents) {
      if (documents.length <= STAGE_DOCUMENTS_MAX) return documents;
      const message = `a stage gives more than ${STAGE_DOCUMENTS_MAX} documents`;
      throw mongoError('ExceededMemoryLimit', message);
    },
  };
}
