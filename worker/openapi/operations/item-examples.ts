/** Examples of the catalogue: what the sale of examples.ts sells. */

export const ITEM_ID = 'itm_01kb8c4zj0h7pqrstv';

export const item = {
  name: 'Espresso machine',
  description: 'Two cups at once.',
  translations: { de: { name: 'Espressomaschine', description: 'Zwei Tassen auf einmal.' } },
  imageUrl: '/images/espresso-machine.svg',
  pictures: ['/images/espresso-machine.svg'],
};
export const variant = { id: 'var_01kb8c4zj0h7pqrsrd', label: 'Red' };

export const catalogueItem = { id: ITEM_ID, category: 'kitchen', ...item, variants: [variant] };
