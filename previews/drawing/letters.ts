/**
 * The letters that pictures are written with, as strokes: a plain font of our own, since those of others are
 * files of many kilobytes under licences of their own. Holds data only; paths.ts tells how it is written.
 * Upwards from the baseline: small letters are 14 high, capitals and digits 20.
 */

/** Its width without the space around it, and its strokes. */
export type Letter = readonly [width: number, path: string];

export const SPACE_WIDTH = 2.4;

/** For what has no letter here: it is seen that something is missing. */
export const UNKNOWN: Letter = [11, 'M0 0L11 0L11 18L0 18L0 0M5.5 8L5.5 10'];

const BOWL_LEFT = 'M0 7v6.3 14h12.6 7v6.3 0h0 7';
const BOWL_RIGHT = 'M12.6 7v6.3 14h0 7v6.3 0h12.6 7';
const RING = 'M0 10v9 20h18 10v9 0h0 10';
const SMALL_RING = 'M0 7v6.6 14h13.2 7v6.6 0h0 7';
const SMALL_E = 'M0 7.4L12.4 7.4v6.3 14h0 7v6.5 0q10 0 11.6 2.8';
const TAIL_E = 'M10 7.4L20.4 7.4v15.2 14h10 7v15.4 0q18.4 0 20 2.8';

const CAPITALS: Record<string, Letter> = {
  A: [16, 'M0 0L8 20L16 0M2.6 6.6L13.4 6.6'],
  B: [13, 'M0 0L0 20L7 20h12 15.3v7 10.6L0 10.6M7 10.6L7.7 10.6h13 5.3v7.7 0L0 0'],
  C: [15.5, 'M15.5 16.2q13.4 20 9 20h0 10v9 0q13.4 0 15.5 3.8'],
  D: [15, 'M0 0L0 20L6 20h15 10v6 0L0 0'],
  E: [12, 'M12 20L0 20L0 0L12 0M0 10.6L10.5 10.6'],
  F: [11.5, 'M11.5 20L0 20L0 0M0 10L10 10'],
  G: [16, 'M15.5 16.4q13.4 20 9 20h0 10v9 0h16 7L16 9L9.8 9'],
  H: [14, 'M0 0L0 20M14 0L14 20M0 10.4L14 10.4'],
  I: [0, 'M0 0L0 20'],
  J: [9, 'M9 20L9 5.5v4.5 0h0 4.5'],
  K: [13.5, 'M0 0L0 20M12.5 20L0 8M4.6 12.4L13.5 0'],
  L: [11.5, 'M0 20L0 0L11.5 0'],
  M: [17, 'M0 0L0 20L8.5 6L17 20L17 0'],
  N: [14, 'M0 0L0 20L14 0L14 20'],
  O: [18, RING],
  P: [13, 'M0 0L0 20L7 20h13 14.5v7 9L0 9'],
  Q: [18, `${RING}M11 5L17.5 -1.5`],
  R: [13.5, 'M0 0L0 20L7 20h13 14.5v7 9L0 9M7.5 9L13.5 0'],
  S: [13, 'M12.4 16.4q10.8 20 6.6 20h.6 15.3q.6 11.6 6.6 10.4q13 9 13 5.1v6.6 0q1.6 0 0 3.8'],
  T: [15, 'M0 20L15 20M7.5 20L7.5 0'],
  U: [14, 'M0 20L0 7v7 0h14 7L14 20'],
  V: [16, 'M0 20L8 0L16 20'],
  W: [22, 'M0 20L5.5 0L11 18L16.5 0L22 20'],
  X: [14, 'M0 20L14 0M14 20L0 0'],
  Y: [15, 'M0 20L7.5 9.5L15 20M7.5 9.5L7.5 0'],
  Z: [13.5, 'M0 20L13.5 20L0 0L13.5 0'],
  Æ: [20, 'M0 0L9.4 20L20 20M10 20L10 0L20 0M3.4 7L10 7M10 10.6L18.6 10.6'],
  Œ: [20, 'M10 20L9 20h0 10v9 0L20 0M10 20L20 20M10 20L10 0M10 10.6L18.6 10.6'],
  Ø: [18, `${RING}M1.5 -1L16.5 21`],
  Ð: [15, 'M0 0L0 20L6 20h15 10v6 0L0 0M-2.4 10.4L6 10.4'],
  Þ: [13, 'M0 20L0 0M0 16L7 16h13 10.5v7 5L0 5'],
  Ł: [11.5, 'M0 20L0 0L11.5 0M-2.4 8L5 13'],
  ẞ: [13, 'M0 0L0 14v6 20L12.6 20L7 12h13 6v7 0L4 0'],
};

const SMALL: Record<string, Letter> = {
  a: [11, 'M1 11.6q2.4 14 5.8 14h11 9.2L11 0M11 8.2L5 8.2h0 4.1v4.6 0q8.8 0 11 3.4'],
  b: [12.6, `M0 20L0 0${BOWL_LEFT}`],
  c: [11, 'M11 11.4q9.4 14 6.6 14h0 7v6.6 0q9.4 0 11 2.6'],
  d: [12.6, `M12.6 20L12.6 0${BOWL_RIGHT}`],
  e: [12.4, SMALL_E],
  f: [7, 'M8 20L6.6 20h3 16.4L3 0M0 14L7.6 14'],
  g: [12.6, `M12.6 14L12.6 -1v6.6 -6q2.6 -6 .8 -3.4${BOWL_RIGHT}`],
  h: [11.4, 'M0 20L0 0M0 8.5v6 14h11.4 8.4L11.4 0'],
  i: [0, 'M0 14L0 0M0 19L0 19.4'],
  ı: [0, 'M0 14L0 0'],
  j: [3, 'M3 14L3 -2.4v-.8 -6M3 19L3 19.4'],
  k: [11, 'M0 20L0 0M10.5 14L0 5M4.2 8.6L11.2 0'],
  l: [2.4, 'M0 20L0 3v2.8 0'],
  m: [18.8, 'M0 14L0 0M0 9v5 14h9.4 9L9.4 0M9.4 9v14.4 14h18.8 9L18.8 0'],
  n: [11.4, 'M0 14L0 0M0 8.5v6 14h11.4 8.4L11.4 0'],
  o: [13.2, SMALL_RING],
  p: [12.6, `M0 14L0 -6${BOWL_LEFT}`],
  q: [12.6, `M12.6 14L12.6 -6${BOWL_RIGHT}`],
  r: [6.2, 'M0 14L0 0M0 8.2v5.6 14L6.6 14'],
  s: [10.2, 'M9.4 11.6q8.2 14 5 14h.6 10.6q.6 8.2 5 7.3q10.2 6.3 10.2 3.6v5 0q1.4 0 0 2.6'],
  t: [7.8, 'M3.4 18.6L3.4 4v7 0L8 0M0 14L7.8 14'],
  u: [11.4, 'M0 14L0 5.6v5.4 0h11.4 5.5M11.4 14L11.4 0'],
  v: [12, 'M0 14L6 0L12 14'],
  w: [17.6, 'M0 14L4.4 0L8.8 12.6L13.2 0L17.6 14'],
  x: [11, 'M0 14L11 0M11 14L0 0'],
  y: [12, 'M0 14L6 0M12 14L4.4 -3.8q3.4 -6 1 -6'],
  z: [10.5, 'M0 14L10.5 14L0 0L10.5 0'],
  ß: [11.8, 'M0 0L0 14.6v5.2 20h10.2 15.6v5.6 11.4L6 11.4h11.8 5.7v6 0L4 0'],
  æ: [20.4, `M.8 11.8q2 14 5 14h10 8.6M10 7.6L4.8 7.6h0 3.8v4.2 0q8 0 10 4${TAIL_E}`],
  œ: [20.4, `M10 7v5 14h0 7v5 0h10 7${TAIL_E}`],
  ø: [13.2, `${SMALL_RING}M1 -1.6L12.2 15.6`],
  ð: [13.2, `${SMALL_RING}M13.2 7q13 15 4 20M4 15.4L11 19`],
  þ: [12.6, `M0 20L0 -6${BOWL_LEFT}`],
  ł: [2.4, 'M0 20L0 3v2.8 0M-2.6 8.4L3 12'],
  đ: [12.6, `M12.6 20L12.6 0M7.4 17L15.6 17${BOWL_RIGHT}`],
};

/** All equally wide, so that figures below each other can be compared. */
const DIGITS: Record<string, Letter> = {
  0: [12.4, 'M0 10v6.2 20h12.4 10v6.2 0h0 10'],
  1: [12.4, 'M2.6 15.6L7.6 20L7.6 0'],
  2: [12.4, 'M.4 15q.8 20 6.2 20h12 14.8q12 11.6 8.6 8.2L.2 0L12.4 0'],
  3: [12.4, 'M.8 20L11.6 20L5.8 12.2L6.4 12.2h12.4 6.1v6.2 0q1.6 0 0 3.8'],
  4: [12.4, 'M9.4 0L9.4 20L0 6L12.4 6'],
  5: [12.4, 'M11.4 20L2 20L1 11.2q3.2 12.8 6.2 12.8h12.4 6.4v6.2 0q1.6 0 0 3.6'],
  6: [12.4, 'M9.6 20q0 11 0 6.2v6.2 0h12.4 6.3v6.2 12.6h0 6.3'],
  7: [12.4, 'M0 20L12.4 20L4.6 0'],
  8: [12.4, 'M.8 15.4v6.2 20h11.6 15.4v6.2 10.8h.8 15.4M0 5.4v6.2 10.8h12.4 5.4v6.2 0h0 5.4'],
  9: [12.4, 'M2.8 0q12.4 9 12.4 13.8v6.2 20h0 13.7v6.2 7.4h12.4 13.7'],
};

export const LETTERS: ReadonlyMap<string, Letter> = new Map(
  [CAPITALS, SMALL, DIGITS].flatMap((table) => Object.entries(table)),
);
