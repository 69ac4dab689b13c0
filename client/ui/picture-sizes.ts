/** How wide pictures are drawn that a page's head asks for ahead, in the words of an `img`: both say the same. */

export const COVER_SIZES = '(min-width: 70rem) 70rem, 100vw';
export const CARD_SIZES = '(min-width: 48rem) 40rem, 100vw';
export const GALLERY_SIZES = '(min-width: 48rem) 37rem, 100vw';
