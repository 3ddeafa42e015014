import type { ProvisioningSection } from '@dialtone/contract';
import type { CarddavServerFields } from '../../spaces/carddav/carddav-server.repository.ts';
import { section } from './section.ts';
import type { SectionNumbers } from './section-numbers.ts';

/**
 * Both families of sections: Linphone 5.5 and later reads `remote_contact_directory_N`, everything
 * before it `carddav_N`, which newer ones migrate (provisioning-client.md §5.7).
 */
export function contactDirectorySections(
  directories: readonly CarddavServerFields[],
  numbers: SectionNumbers,
): ProvisioningSection[] {
  return [
    ...directories.map((each) => currentSection(numbers.take('remote_contact_directory'), each)),
    ...directories.map((each) => olderSection(numbers.take('carddav'), each)),
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
