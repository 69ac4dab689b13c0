/** Proves the text that workerd is configured with. */
import { expect, test } from 'vitest';
import { capnpText, compatibilityDateOf } from './capnp.ts';

const config = {
  module: 'worker.js',
  compatibilityDate: '2026-11-02',
  objects: { SALES: 'SaleObject' },
  texts: { JWT_SECRET: 'a "secret" with a \\' },
  storageFolder: '/tmp/some where',
};

test('the Worker is embedded, listens on this machine only and stores its objects with SQL', () => {
  const text = capnpText(config);
  expect(text).toContain('(name = "worker.js", esModule = embed "worker.js")');
  expect(text).toContain('compatibilityFlags = []');
  expect(capnpText({ ...config, compatibilityFlags: ['a', 'b'] })).toContain('= ["a", "b"]');
  expect(text).toContain('address = "127.0.0.1:0"');
  expect(text).toContain('disk = (path = "/tmp/some where", writable = true)');
  expect(text).toContain('className = "SaleObject", uniqueKey = "SaleObject", enableSql = true');
  expect(text).toContain('(name = "SALES", durableObjectNamespace = "SaleObject")');
});

test('a value cannot end its own quotation', () => {
  expect(capnpText(config)).toContain(
    String.raw`(name = "JWT_SECRET", text = "a \"secret\" with a \\")`,
  );
  expect(() => capnpText({ ...config, module: 'a\nb' })).toThrow('printable ASCII');
});

test('the compatibility date is that of the wrangler.toml', () => {
  expect(compatibilityDateOf('name = "x"\ncompatibility_date = "2026-11-02"\n')).toBe('2026-11-02');
  expect(() => compatibilityDateOf('name = "x"')).toThrow('names no compatibility_date');
});
