import { catalogue, type Locale, locales } from '@dialtone/phrases';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../errors/start-error.ts';
import { isMailName, type MailName, phraseOf } from './mail.ts';
import { checkPlaces, type MailTemplate, MailTemplateError, parseTemplate } from './template.ts';

/** The templates of one mail in one language. */
export interface MailSources {
  readonly template: MailTemplate;
  /** A whole HTML document of the operator instead of the one made from the template. */
  readonly html: string | undefined;
}

export type MailTemplates = Readonly<Record<Locale, ReadonlyMap<MailName, MailSources>>>;

/** Places that an operator's HTML has besides those of its mail. */
export const htmlPlaces = ['signature', 'subject'] as const;

const fileName = /^(?<name>[a-z_]+)\.(?<locale>[a-z]{2})\.(?<format>txt|html)$/;

/**
 * The operator's templates: `<mail>.<language>.txt` replaces subject and text, `<mail>.<language>.html`
 * the HTML. What has no file keeps our own.
 *
 * @param directory undefined: no templates
 * @throws StartError `mail-templates-unusable` naming the first file that is none
 */
export async function loadMailTemplates(directory: string | undefined): Promise<MailTemplates> {
  const loaded = { en: new Map<MailName, MailSources>(), fr: new Map<MailName, MailSources>() };
  if (directory === undefined) return loaded;
  for (const file of await listFiles(directory)) {
    const path = join(directory, file);
    try {
      const { name, locale, format } = parseName(file);
      const source = await readFile(path, 'utf8');
      const known = loaded[locale].get(name) ?? builtInSources(name, locale);
      loaded[locale].set(name, { ...known, ...readSource(name, format, source) });
    } catch (error) {
      throw unusable(path, error);
    }
  }
  return loaded;
}

/** The templates of a mail: the operator's, else ours. */
export function findSources(
  templates: MailTemplates | undefined,
  name: MailName,
  locale: Locale,
): MailSources {
  return templates?.[locale].get(name) ?? builtInSources(name, locale);
}

function builtInSources(name: MailName, locale: Locale): MailSources {
  return { template: parseTemplate(name, catalogue[locale][phraseOf(name)]), html: undefined };
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const files = await readdir(directory);
    return files.filter((file) => !file.startsWith('.')).toSorted();
  } catch (error) {
    throw unusable(directory, error);
  }
}

function parseName(file: string) {
  const { name = '', locale: language, format } = fileName.exec(file)?.groups ?? {};
  const locale = locales.find((candidate) => candidate === language);
  if (!isMailName(name) || locale === undefined) {
    throw new MailTemplateError(
      'no mail has this name; files are called like provisioning.en.txt or provisioning.fr.html',
    );
  }
  return { name, locale, format };
}

function readSource(
  name: MailName,
  format: string | undefined,
  source: string,
): Partial<MailSources> {
  if (format === 'txt') return { template: parseTemplate(name, source) };
  checkPlaces(name, source, htmlPlaces);
  return { html: source };
}

function unusable(path: string, cause: unknown): StartError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartError(
    'mail-templates-unusable',
    `Cannot use the mail template ${path} (DIALTONE_MAIL_TEMPLATES): ${reason}\ndocs/mails.md lists the mails and their places.`,
    { cause },
  );
}
