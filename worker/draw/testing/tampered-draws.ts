/** All tampered draws that a checker must refuse, each by its code. */
import { tamperedCounts } from './tampered-counts.ts';
import type { TamperedDraw } from './tampered-draw.ts';
import { tamperedFields } from './tampered-fields.ts';
import { tamperedReceipts } from './tampered-receipts.ts';
import { tamperedRecords } from './tampered-records.ts';
import { tamperedResults } from './tampered-results.ts';
import { tamperedRounds } from './tampered-rounds.ts';
import { tamperedStatements } from './tampered-statements.ts';

export function tamperedDraws(): TamperedDraw[] {
  return [
    ...tamperedFields(),
    ...tamperedRounds(),
    ...tamperedRecords(),
    ...tamperedResults(),
    ...tamperedStatements(),
    ...tamperedReceipts(),
    ...tamperedCounts(),
  ];
}
