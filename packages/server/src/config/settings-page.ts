import type { z } from 'zod';
import { settingMeta } from './setting.ts';
import { settingGroups } from './settings.ts';

/** docs/settings.md: every variable, from the schema that reads it. */
export function settingsPage(): string {
  const groups = Object.values(settingGroups).map(
    ({ title, shape }) => `## ${title}\n\n${table(shape)}`,
  );
  return `# Settings

Environment variables, or lines of a \`.env\` file in the working directory (\`DIALTONE_ENV_FILE\` names another
one); the environment wins. \`\${NAME}\` in a line of that file stands for the value of another line. Names without
\`DIALTONE_\` are those of Flexisip Account Manager, so its \`.env\` works unchanged. An empty value counts as absent.
All faults are reported at once when the server starts; a name that begins with \`DIALTONE_\` and is none of these is
told, too. Values of variables marked *secret* never appear in messages or logs.

${groups.join('\n\n')}
`;
}

function table(shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    const { description, fallback, secret } = settingMeta(schema);
    const words = secret ? `${description} *Secret.*` : description;
    return `| \`${name}\` | ${cell(fallback)} | ${escapePipes(words)} |`;
  });
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A value as code, a phrase as it is. */
function cell(fallback: string): string {
  if (fallback === '') return 'empty';
  return fallback.includes(' ') || fallback === 'none' ? fallback : `\`${escapePipes(fallback)}\``;
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|');
}
