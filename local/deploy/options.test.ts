import { describe, expect, it } from 'vitest';
import { parseDeployOptions } from './options.ts';

describe('the command line', () => {
  it('is about staging by default', () => {
    expect(parseDeployOptions([])?.environments).toEqual(['staging']);
    expect(parseDeployOptions(['--env', 'production'])?.environments).toEqual(['production']);
  });

  it('is about both where nothing happens', () => {
    const { environments, isDryRun } = parseDeployOptions(['--dry-run']) ?? {};
    expect({ environments, isDryRun }).toEqual({
      environments: ['staging', 'production'],
      isDryRun: true,
    });
  });

  it.each([
    [['--env', 'prod'], '--env is prod; it must be staging or production.'],
    [['--url', 'shop.example'], '--url is shop.example'],
    [['--dryrun'], "Unknown option '--dryrun'"],
    [['production'], 'production'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseDeployOptions(argv)).toThrow(message);
  });

  it('asks for help by --help', () => {
    expect(parseDeployOptions(['--help'])).toBeUndefined();
  });
});
