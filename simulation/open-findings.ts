/**
 * Promises that are known to be broken for a moment in rare cases, and why. Each turns
 * off one check in that case; once it is mended its line goes, and its seeds stay.
 */
export const OPEN_FINDINGS = {
  /**
   * An edge says sold out to somebody who has got an order through another edge, for as long as its
   * notice is older than the order: a second at most. The order is in their history. Seed 288.
   */
  edgesForgetHolders: true,
  /**
   * The same, where an evicted object had sent something that commits after the next one has read
   * the holders, until that one reads them again: HOLDERS_AGAIN_MS after it woke. Seed 4431.
   */
  commitsOfTheEvictedAreUnknown: true,
  /**
   * The same, where a group that was sent again after its time had run out commits a second time and makes
   * offers, until the object reads the holders again, HOLDERS_AGAIN_MS after it doubted. Seed 214.
   */
  offersOfLostGroupsAreUnknown: true,
};
