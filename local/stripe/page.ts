/** The hosted page as HTML, in German and English at once. Decides nothing. */
import { TEST_CARDS } from './cards.ts';
import type { Method } from './methods.ts';
import type { SessionRecord } from './objects.ts';
import { SESSION_FAULTS } from './session-faults.ts';

/** While a bank takes its time, the page asks again. */
const REFRESH_S = 3;

export type View =
  | { kind: 'form'; error?: string }
  | { kind: 'authenticate' }
  | { kind: 'wait' }
  | { kind: 'paid' }
  | { kind: 'over' };

export function pageOf({ object: session, lines }: SessionRecord, view: View): string {
  const rows = lines.map(
    ({ name, quantity, amount }) =>
      `<tr><td>${quantity} × ${escape(name)}</td><td>${money(amount, session.currency)}</td></tr>`,
  );
  const total = money(session.amount_total, session.currency);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Test payment / Testzahlung</title>
${view.kind === 'wait' ? `<meta http-equiv="refresh" content="${REFRESH_S}">` : ''}
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
label { display: block; margin: 1rem 0 0; }
input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; }
button { font: inherit; padding: .5rem 1rem; margin: 1rem 1rem 0 0; }
:focus-visible { outline: 3px solid #06c; outline-offset: 2px; scroll-margin-block: 1rem; }
table { width: 100%; } td + td { text-align: right; }
.note { border: 2px solid #a40; padding: .5rem 1rem; } .error { color: #a00; font-weight: bold; }
</style>
<main>
<h1>Test payment / <span lang="de">Testzahlung</span></h1>
<div class="note">
<p lang="de">Das ist eine Testseite auf diesem Rechner. Es wird kein Geld bewegt. Geben Sie keine echte Kartennummer ein.</p>
<p>This is a test page on this machine. No money moves. Do not enter the number of a real card.</p>
</div>
<table>${rows.join('')}<tr><td><b>Total / <span lang="de">Summe</span></b></td><td><b>${total}</b></td></tr></table>
${contentOf(view, session)}
${cancelLink(session.cancel_url)}
</main>
</html>
`;
}

function contentOf(view: View, session: SessionRecord['object']): string {
  const successUrl = session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
  switch (view.kind) {
    case 'form':
      return formOf(session.payment_method_types, view.error);
    case 'authenticate':
      return `<h2>Approval by the bank / <span lang="de">Freigabe durch die Bank</span></h2>
<form method="post">
<button name="authentication" value="confirmed">Confirm / Bestätigen</button>
<button name="authentication" value="failed">Fail / Scheitern lassen</button>
</form>`;
    case 'wait':
      return `<p role="status" lang="de">Die Bank lässt sich Zeit. Die Seite fragt von selbst wieder nach.</p>
<p role="status">The bank takes its time. This page asks again by itself.</p>`;
    case 'paid':
      return `<p role="status"><span lang="de">Die Zahlung ist erteilt.</span> / The payment was made.
<a href="${escape(successUrl)}">Back to the shop / Zurück zum Shop</a></p>`;
    case 'over':
      return `<p role="status"><span lang="de">Diese Bezahlseite ist beendet.</span> / This payment page has ended.</p>`;
    default:
      return view satisfies never;
  }
}

function formOf(methods: readonly Method[], error: string | undefined): string {
  const cards = Object.entries(TEST_CARDS).map(
    ([number, { about }]) => `<option value="${number}">${escape(about)}</option>`,
  );
  const faults = Object.entries(SESSION_FAULTS).map(
    ([name, words]) => `<option value="${name}">${escape(words)}</option>`,
  );
  return `${error === undefined ? '' : `<p class="error" role="alert">${escape(error)}</p>`}
<form method="post">
${methodChoice(methods)}
<label for="card">Test card / <span lang="de">Testkarte</span></label>
<input id="card" name="card" list="cards" value="4242424242424242" inputmode="numeric" autocomplete="off" required>
<datalist id="cards">${cards.join('')}</datalist>
<label for="fault">Fault / <span lang="de">Fehler</span></label>
<select id="fault" name="fault">${faults.join('')}</select>
<button>Pay / Bezahlen</button>
</form>`;
}

/** With a card alone there is nothing to choose. */
function methodChoice(methods: readonly Method[]): string {
  if (methods.length === 1) return '';
  const options = methods.map((name) => `<option value="${name}">${name}</option>`);
  return `<label for="method">Pay by / <span lang="de">Bezahlen mit</span></label>
<select id="method" name="method">${options.join('')}</select>`;
}

function cancelLink(url: string | null): string {
  return url === null
    ? ''
    : `<p><a href="${escape(url)}">Cancel / <span lang="de">Abbrechen</span></a></p>`;
}

/** In Stripe's smallest unit, which is not always that of the currency. */
function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const isWhole = /^(isk|ugx)$/.test(currency);
  const digits = isWhole ? 2 : (format.resolvedOptions().maximumFractionDigits ?? 2);
  return escape(format.format(amount / 10 ** digits));
}

function escape(text: string): string {
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
  return text.replaceAll(/[&<>"]/g, (character) => `&${names[character]};`);
}
