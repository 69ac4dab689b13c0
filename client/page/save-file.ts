/** Hands a file to the browser's downloads. */

/** Longer than any browser takes to begin reading it. */
const KEEP_MS = 60_000;

export function saveFile(file: Blob, name: string) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
