/**
 * What a checker of a draw may find, by codes that never change: each is a clause of "What a checker must
 * refuse" in docs/fairness.md, where the same codes stand. Any of them means: do not believe this draw.
 */

/** The number of the clause. 0 is what is not the draw that was asked for, or cannot be read at all. */
export const DRAW_FINDINGS = {
  draw_malformed: 0,
  record_malformed: 0,
  statement_malformed: 0,
  receipt_malformed: 0,
  keys_malformed: 0,
  too_many_records: 0,
  draw_of_other_event: 0,

  version_unknown: 1,
  beacon_unknown: 1,
  beacon_chain_wrong: 1,

  round_wrong: 2,
  round_time_wrong: 2,
  entries_close_late: 2,
  beacon_differs: 2,

  signature_wrong: 3,
  randomness_wrong: 3,

  sequence_wrong: 4,
  time_backwards: 4,
  record_after_lock: 4,
  item_unknown: 4,
  kind_unknown: 4,
  entered_twice: 4,
  left_without_entering: 4,
  left_twice: 4,
  entry_changed: 4,

  record_head_wrong: 5,
  head_wrong: 5,
  records_differ: 5,
  entries_differ: 5,
  counts_wrong: 5,

  result_missing: 6,
  result_early: 6,
  seed_wrong: 6,
  rank_wrong: 6,
  rank_of_left: 6,
  rank_missing: 6,
  ranking_wrong: 6,

  statement_signature_wrong: 7,
  statement_key_unknown: 7,
  statement_type_wrong: 7,
  statement_differs: 7,
  statement_twice: 7,
  statement_missing: 7,
  receipt_signature_wrong: 7,
  receipt_key_unknown: 7,
  receipt_type_wrong: 7,
  receipt_of_other_event: 7,

  receipt_not_in_list: 8,
} as const;

export type DrawFindingCode = keyof typeof DRAW_FINDINGS;

export interface DrawFinding {
  code: DrawFindingCode;
  /** The record at which it was found first, where it is about one. */
  seq?: number;
}
