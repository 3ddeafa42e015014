import { enableCompileCache } from 'node:module';

// Everything else is loaded afterwards, so that its compiled form is kept for the next command.
enableCompileCache();
const { buildProgram } = await import('./program.ts');
const { reportFailure } = await import('./output/report-failure.ts');

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportFailure(error);
}
