/** Where an event item is on the screen, and how to show it there: by what can be done with it. */

/** What can be done with it now; null where the screen has no such item, or shows another variant of it. */
export function actionFor(eventItemId: string): Element | null {
  const place = document.getElementById(eventItemId);
  if (place instanceof HTMLInputElement && !place.checked) return null;
  return place?.closest('.item, .item-columns')?.querySelector('.item-action') ?? null;
}

/** Chooses it, where it is a variant. */
export function showItem(eventItemId: string) {
  const place = document.getElementById(eventItemId);
  if (place instanceof HTMLInputElement) {
    place.focus({ preventScroll: true });
    place.click();
  }
  actionFor(eventItemId)?.scrollIntoView({ block: 'center' });
}
