/** What tests take for an honest draw is what the contract says is public of one. */
import { expect, it } from 'vitest';
import {
  drawEntrySchema,
  drawReceiptSchema,
  drawSchema,
  drawStatementSchema,
} from '../../contract/draw.ts';
import { honestPlans } from './honest-draws.ts';
import { publishDraw, withReceipts } from './publish-draw.ts';
import { claimsOf } from './signed-texts.ts';

it.each(Object.entries(honestPlans()))('publishes a draw as the contract has it: %s', (_, plan) => {
  const { draw, records, receipts } = withReceipts(publishDraw(plan));
  expect(drawSchema.strict().parse(draw)).toEqual(draw);
  for (const record of records) expect(drawEntrySchema.strict().parse(record)).toEqual(record);
  const statements = draw.statements.map(claimsOf);
  expect(statements.map((each) => drawStatementSchema.parse(each))).toEqual(statements);
  const said = receipts.map(claimsOf);
  expect(said.map((each) => drawReceiptSchema.parse(each))).toEqual(said);
  expect(receipts.length).toBe(draw.entries);
});
