/** What the console says of pictures, in English. */
import { number } from '../../texts/numbers.ts';

export const PICTURES_EN = {
  title: 'Pictures',
  hint: 'The first one appears in lists. Up to 8; shoppers swipe through them in this order.',
  cover: 'Cover',
  coverHint: 'A wide picture at the top of the event. Without one, lists show its first item.',
  choose: 'Drop pictures here, or choose files',
  chooseOne: 'Drop a picture here, or choose a file',
  uploading: 'Uploading',
  stillUploading: 'Pictures are on their way…',
  nthOf: (n: number, count: number) => `(${number(n)} of ${number(count)})`,
  nth: (n: number) => `Picture ${number(n)}`,
  first: 'First picture, shown in lists',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  remove: (name: string) => `Remove ${name}`,
  address: 'Address of a picture elsewhere',
  addressHint: 'An https URL, or a path of this site. It stays where it is and is not resized.',
  add: 'Add the address',
  noRoom: 'There is no room for more pictures.',
  tooLarge: 'It is larger than 15 MB. Save it smaller and choose it again.',
  faults: {
    no_picture: 'It is not a picture. Choose a JPEG, PNG, WebP or AVIF.',
    vector: 'It is a vector drawing. Save it as PNG and choose that.',
    moves: 'It is animated. Choose a still picture.',
    broken: 'It is damaged or incomplete. Save it again and choose it once more.',
  },
};
