/** Where the ratings are on an item's screen: part of the first load, unlike what is shown there. */
export const RATINGS_PLACE = 'ratings';
