import type { ProvisioningSection } from '@dialtone/contract';
import type { CarddavServerFields } from '../../spaces/carddav/carddav-server.repository.ts';
import { section } from './section.ts';
import type { SectionNumbers } from './section-numbers.ts';

/**
 * Linphone 5.5 and later reads `remote_contact_directory_N`, everything before it `carddav_N`
 * (provisioning-client.md §5.7): both families, unless the phone is known to be a newer one. Those turn
 * each `carddav_N` into one more directory, at every start.
 */
export function contactDirectorySections(
  directories: readonly CarddavServerFields[],
  numbers: SectionNumbers,
  { currentOnly }: { readonly currentOnly: boolean },
): ProvisioningSection[] {
  const older = currentOnly ? [] : directories;
  return [
    ...directories.map((each) => currentSection(numbers.take('remote_contact_directory'), each)),
    ...older.map((each) => olderSection(numbers.take('carddav'), each)),
  ];
}

function currentSection(name: string, directory: CarddavServerFields): ProvisioningSection {
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

function olderSection(name: string, directory: CarddavServerFields): ProvisioningSection {
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
