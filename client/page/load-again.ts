/** Code that is loaded when it is needed, and once more where that fails: a network drops one request now and then. */

export const LOAD_AGAIN_MS = 500;

/** @throws what the second try threw */
export async function loadAgain<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, LOAD_AGAIN_MS));
    return load();
  }
}
