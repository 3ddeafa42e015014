import type { ProvisioningSection } from '@dialtone/contract';
import { section } from './section.ts';
import type { SectionNumbers } from './section-numbers.ts';

/** A CardDAV directory of a space, as phones search it. */
export interface ContactDirectory {
  readonly enabled: boolean;
  readonly uri: string;
  readonly minCharacters: number;
  /** 0: no limit. */
  readonly resultsLimit: number;
  readonly timeoutSeconds: number;
  readonly delayMs: number;
  /** Comma-separated vCard fields. */
  readonly fieldsForUserInput: string | undefined;
  readonly fieldsForDomain: string | undefined;
  readonly useExactMatchPolicy: boolean;
}

/**
 * Both families of sections: Linphone 5.5 and later reads `remote_contact_directory_N`, everything
 * before it `carddav_N`, which newer ones migrate (provisioning-client.md §5.7).
 */
export function contactDirectorySections(
  directories: readonly ContactDirectory[],
  numbers: SectionNumbers,
): ProvisioningSection[] {
  return [
    ...directories.map((each) => currentSection(numbers.take('remote_contact_directory'), each)),
    ...directories.map((each) => olderSection(numbers.take('carddav'), each)),
  ];
}

function currentSection(name: string, directory: ContactDirectory): ProvisioningSection {
  return section(name, {
    enabled: directory.enabled,
    type: 'carddav',
    uri: directory.uri,
    min_characters: directory.minCharacters,
    results_limit: directory.resultsLimit,
    timeout: directory.timeoutSeconds,
    delay: directory.delayMs,
    carddav_fields_for_user_input: directory.fieldsForUserInput ?? '',
    carddav_fields_for_domain: directory.fieldsForDomain ?? '',
    carddav_use_exact_match_policy: directory.useExactMatchPolicy,
  });
}

function olderSection(name: string, directory: ContactDirectory): ProvisioningSection {
  return section(name, {
    server_url: directory.enabled ? directory.uri : '',
    results_limit: directory.resultsLimit,
    min_characters: directory.minCharacters,
    timeout: directory.timeoutSeconds,
    fields_for_user_input: directory.fieldsForUserInput ?? '',
    fields_for_domain: directory.fieldsForDomain ?? '',
    use_exact_match_policy: directory.useExactMatchPolicy,
  });
}
