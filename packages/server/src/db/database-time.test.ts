import { expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import { databaseTime } from './database-time.ts';

describeEachEngine('the clock of the database', (open, engine) => {
  it('is that of this machine, whatever its time zone; a file has none', async () => {
    const time = await databaseTime(await open());
    const near = time !== undefined && Math.abs(time - Date.now()) < 20_000;
    expect([time === undefined, near]).toEqual(engine === 'sqlite' ? [true, false] : [false, true]);
  });
});
