import { enableCompileCache } from 'node:module';
import { describeMissingPackage } from './missing-package.ts';

// Everything else is loaded afterwards, so that its compiled form is kept for the next command.
enableCompileCache();

try {
  const { buildProgram } = await import('./program.ts');
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = await report(error);
}

async function report(error: unknown): Promise<number> {
  const missing = describeMissingPackage(error);
  if (missing === undefined) {
    const { reportFailure } = await import('./output/report-failure.ts');
    return reportFailure(error);
  }
  process.stderr.write(`${missing}\n`);
  return 1;
}
