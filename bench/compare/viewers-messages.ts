/** The messages between the bench and its viewers' program. */

export type ViewersOrder =
  | { kind: 'watch'; port: number; path: string; count: number }
  /** Whose last message says that so many units are left. */
  | { kind: 'look'; remaining: number }
  | { kind: 'leave' };

export type ViewersAnswer =
  | { kind: 'watching' }
  | {
      kind: 'seen';
      /** Sockets that the shop has closed. */
      lost: number;
      messages: number;
      /** Whose last message does not say it. */
      behind: number;
      /** When the others had theirs, in ms since the epoch. */
      atMs: number[];
    }
  | { kind: 'left' };
