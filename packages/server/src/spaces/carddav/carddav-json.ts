import { type CarddavServerJson, jsonDateOrNull } from '@dialtone/contract';
import type { CarddavServer } from './carddav-server.repository.ts';

/** The public object of a directory, keys in order (flexiapi-core.md §9.6). */
export function carddavServerJson(server: CarddavServer): CarddavServerJson {
  return {
    id: server.id,
    enabled: server.enabled,
    uri: server.uri,
    min_characters: server.minCharacters,
    results_limit: server.resultsLimit,
    timeout: server.timeoutSeconds,
    delay: server.delayMs,
    fields_for_user_input: server.fieldsForUserInput ?? null,
    fields_for_domain: server.fieldsForDomain ?? null,
    use_exact_match_policy: server.useExactMatchPolicy,
    created_at: jsonDateOrNull(server.createdAt),
    updated_at: jsonDateOrNull(server.updatedAt),
  };
}
