import { describe, expect, it } from 'vitest';
import { findProgram } from './server-process.ts';

describe('a program that tests need', () => {
  it('is found in PATH or in the further folders', () => {
    expect(findProgram('sh', 'dash')).toMatch(/\/sh$/);
    expect(findProgram('initdb', 'postgresql', ['/usr/lib/postgresql/*/bin'])).toMatch(/initdb$/);
  });

  it('fails the test with the words what to install when it is missing', () => {
    expect(() => findProgram('no-such-server', 'no-such-package')).toThrow(
      'no-such-server is missing; install it: apt-get install no-such-package',
    );
  });
});
