/** What was typed into a field of a form; a file or a missing field is nothing typed. */

export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
