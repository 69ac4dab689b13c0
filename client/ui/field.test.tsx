import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Field } from './field.tsx';

afterEach(cleanup);

function draw() {
  render(
    <form>
      <Field name="email" label="E-mail" type="email" autoComplete="username" />
      <Field name="password" label="Password" type="password" autoComplete="off" minLength={8} />
    </form>,
  );
  return screen.getByLabelText<HTMLInputElement>('E-mail');
}

test('what is left empty is asked for in the shop’s words, and the browser’s bubble stays away', () => {
  const email = draw();
  // The browser shows its bubble unless the event is prevented.
  expect(fireEvent.invalid(email)).toBe(false);
  expect(screen.getByText('Please fill this in.')).toBeTruthy();
  expect(email.getAttribute('aria-invalid')).toBe('true');
  const note = document.getElementById(email.getAttribute('aria-describedby') ?? '');
  expect(note?.textContent).toBe('Please fill this in.');
});

test('what is no address is called so, until something else is typed', () => {
  const email = draw();
  email.value = 'nobody';
  fireEvent.invalid(email);
  expect(screen.getByText('This is not an e-mail address we can use.')).toBeTruthy();
  fireEvent.input(email, { target: { value: 'nobody@example.com' } });
  expect(screen.queryByText('This is not an e-mail address we can use.')).toBeNull();
  expect(email.getAttribute('aria-invalid')).toBe('false');
});
