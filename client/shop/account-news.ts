/** What just became of one's account, to be said on the screen that one is led to. */
export type AccountNews = 'registered' | 'deleted' | 'deleting';
