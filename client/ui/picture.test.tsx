import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { ItemPicture } from '../events/item-card.tsx';
import { anItem } from '../testing/builders.ts';

afterEach(cleanup);

test('a picture that cannot be reached leaves its place empty, and another one is tried', () => {
  const view = render(<ItemPicture item={anItem({ imageUrl: 'https://gone.example/a.png' })} />);
  const picture = () => view.container.querySelector('img');
  fireEvent.error(picture() as HTMLImageElement);
  expect(picture()).toBeNull();
  expect(view.container.querySelector('.item-picture')).not.toBeNull();
  view.rerender(<ItemPicture item={anItem({ imageUrl: 'https://here.example/b.png' })} />);
  expect(picture()?.src).toBe('https://here.example/b.png');
});
