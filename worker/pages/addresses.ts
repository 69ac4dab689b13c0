/** Which addresses could be a page's, and which could only be a file's. Must not know what is there. */

/** Also as somebody tries it who looks for a way around. */
const API = /^\/+api(\/|$)/i;
/** Folders of the client's build, and what the web asks every site for. */
const FILE_FOLDERS = /^\/(assets|images|\.well-known)(\/|$)/;
const FILE_NAME = /\.\w+$/;
const PAGES =
  /^\/(preview\/[^/]+(\/items\/[^/]+)?|events\/[^/]+(\/items\/[^/]+|\/draw|\/report)?|orders(\/[^/]+)?|profile|sign-in|register|forgotten|reset|verify|reminders\/off|legal\/[^/]+|admin(\/.*)?)$/;

/** Whether somebody could look for a page here: a missing script is not to be answered with one. */
export function couldBePage(path: string): boolean {
  const read = decoded(path);
  return !API.test(read) && !FILE_FOLDERS.test(read) && !FILE_NAME.test(read);
}

/** @returns the address of the page that is meant by one with slashes at its end, if it is one's. */
export function pageMeant(path: string): string | undefined {
  const meant = path.replace(/\/+$/, '');
  return meant !== path && PAGES.test(meant) ? meant : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
