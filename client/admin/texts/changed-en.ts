/** What a form of an admin says of what was changed or made before, in English. */

export const CHANGED_EN = {
  title: 'Another admin changed this while you were editing.',
  somebody: 'Somebody',
  by: (name: string, time: string) => `${name} changed this while you were editing: ${time}.`,
  kept: 'Nothing was saved yet, and what you have typed is still here.',
  take: 'Put these changes into the form',
  keep: 'Save my version instead',
  yes: 'yes',
  no: 'no',
  createdBefore:
    'What you sent first was saved already. Look for it in the list; if you save again, a second one is made.',
};
