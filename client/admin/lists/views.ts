/** Views of a list that somebody saved: a name, and the address that asks for it. Pure. */

/** Of one list; more are no help to find one. */
export const VIEWS_MAX = 20;
export const VIEW_NAME_CHARS_MAX = 40;

export interface View {
  readonly name: string;
  /** A path of the console with its query. */
  readonly href: string;
}

/** A name stands for one view only: the later one. */
export function withView(views: readonly View[], view: View): readonly View[] {
  const name = view.name.trim().slice(0, VIEW_NAME_CHARS_MAX);
  const others = views.filter((one) => one.name !== name && one.href !== view.href);
  if (name === '' || others.length >= VIEWS_MAX) return views;
  return [...others, { ...view, name }];
}

export function renamed(views: readonly View[], href: string, name: string): readonly View[] {
  const next = name.trim().slice(0, VIEW_NAME_CHARS_MAX);
  const isTaken = views.some((view) => view.name === next && view.href !== href);
  if (next === '' || isTaken) return views;
  return views.map((view) => (view.href === href ? { ...view, name: next } : view));
}

export function withoutView(views: readonly View[], href: string): readonly View[] {
  return views.filter((view) => view.href !== href);
}

/** @param kept whatever the browser has; only addresses of the console are followed */
export function viewsIn(kept: unknown): readonly View[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(isView).slice(0, VIEWS_MAX);
}

function isView(one: unknown): one is View {
  if (typeof one !== 'object' || one === null || !('name' in one) || !('href' in one)) return false;
  const { name, href } = one;
  return typeof name === 'string' && typeof href === 'string' && href.startsWith('/admin/');
}
