/**
 * What becomes of a group that was refused for something in it, which no retry mends: it is halved until
 * the culprit stands alone, so that one bad item costs the others nothing.
 */

interface BisectPorts<Item> {
  /** Commits a part. One that is refused too is halved in its turn. */
  commit(part: Item[]): Promise<void>;
  reject(culprit: Item): void;
  /** Answers those who have waited their time, who are not sent again, and returns the others. */
  giveUpOnOld(group: Item[]): Item[];
}

export async function bisect<Item>(
  group: Item[],
  { commit, reject, giveUpOnOld }: BisectPorts<Item>,
): Promise<void> {
  const [culprit] = group;
  if (culprit === undefined) return;
  if (group.length === 1) return reject(culprit);
  const left = giveUpOnOld(group);
  const middle = Math.ceil(left.length / 2);
  await commit(left.slice(0, middle));
  await commit(giveUpOnOld(left.slice(middle)));
}
