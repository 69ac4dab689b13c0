import { describe, expect, it } from 'vitest';
import { SIGNING_KEYS_MAX, SIGNING_VARIABLES } from '../worker/config/signing-keys.ts';
import { switched, withNewKey } from './draw-key.ts';
import { UserError } from './user-error.ts';

const keysIn = (text: string) => SIGNING_VARIABLES.DRAW_SIGNING_KEYS.schema.parse(text);

describe('the keys of draws', () => {
  it('begin with a new one each time', () => {
    const [one, other] = [keysIn(withNewKey(undefined)), keysIn(withNewKey(''))];
    expect(one).toHaveLength(1);
    expect(one[0]?.d).not.toBe(other[0]?.d);
  });

  it('are rotated in two steps: the next one is published, then it is the only one that signs', () => {
    const first = withNewKey(undefined);
    const [old] = keysIn(first);
    const announced = withNewKey(first);
    expect(keysIn(announced)[0]).toEqual(old);
    const [kept, next] = keysIn(switched(announced));
    expect(kept).toEqual({ x: old?.x, y: old?.y });
    expect(next).toEqual(keysIn(announced)[1]);
    expect(keysIn(withNewKey(switched(announced)))).toHaveLength(3);
  });

  it('are refused without being shown where they are none, and past the most that are taken', () => {
    for (const wrong of ['secret-word', '{"keys":[]}']) {
      expect(() => withNewKey(wrong)).toThrow(UserError);
      expect(() => withNewKey(wrong)).not.toThrow('secret-word');
    }
    expect(() => switched(undefined)).toThrow('must be set');
    let text = withNewKey(undefined);
    for (let count = 1; count < SIGNING_KEYS_MAX; count++) text = withNewKey(text);
    expect(() => withNewKey(text)).toThrow('too many');
  });
});
