/** Code that is fetched when it is needed, and the styles that belong to it. */

/**
 * Fetches both at the same time: once for all who ask, and anew for whoever asks after that failed.
 * The bundler would do so too, with more code in the first load than all of this.
 *
 * @param styles the stylesheet's address
 */
export function fetchedOnce<Part>(styles: string, open: () => Promise<Part>): () => Promise<Part> {
  let fetching: Promise<Part> | null = null;
  return () => {
    fetching ??= Promise.all([open(), linked(styles)]).then(
      ([part]) => part,
      (error) => {
        fetching = null;
        throw error;
      },
    );
    return fetching;
  };
}

/** @throws if the sheet cannot be fetched; another try is another link */
function linked(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`${href} cannot be fetched`));
    });
    document.head.append(link);
  });
}
