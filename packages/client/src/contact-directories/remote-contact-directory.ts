/** What all remote directories have, with the keys of their section (provisioning-client.md §5.7). */
export interface DirectoryFrame {
  /** `enabled`; default true. */
  readonly enabled: boolean;
  /** `uri`: `https://…` or `ldap://…`. */
  readonly uri: string;
  /** `min_characters`: what has to be typed before a search; default 3. */
  readonly minCharacters: number;
  /** `results_limit`; default 0: all. */
  readonly resultsLimit: number;
  /** `timeout`; default 5. */
  readonly timeoutSeconds: number;
  /** `delay`: how long to wait while somebody types; not for CardDAV. Default 500. */
  readonly delayMs: number;
}

/** A CardDAV address book. */
export interface CardDavDirectory extends DirectoryFrame {
  readonly type: 'carddav';
  /** `carddav_fields_for_user_input`: vCard properties that are searched. */
  readonly fieldsForUserInput: readonly string[];
  /** `carddav_fields_for_domain`: documented for phones, but none reads it. */
  readonly fieldsForDomain: readonly string[];
  /** `carddav_use_exact_match_policy`; default false: a part of the property is enough. */
  readonly useExactMatchPolicy: boolean;
}

/** An LDAP directory: its parameters are kept, for an application that searches it. */
export interface LdapDirectory extends DirectoryFrame {
  readonly type: 'ldap';
  readonly bindDn: string;
  readonly password: string;
  /** As it is written: `0` anonymous, `1` simple. */
  readonly authMethod: string;
  readonly baseObject: string;
  readonly filter: string;
  /** First found, first taken. */
  readonly nameAttributes: readonly string[];
  readonly sipAttributes: readonly string[];
  /** Added to addresses without domain. */
  readonly sipDomain: string;
}

/** One of `[remote_contact_directory_N]`, as it is in the configuration now. */
export type RemoteContactDirectory = (CardDavDirectory | LdapDirectory) & {
  /** N: stays with the directory. */
  readonly index: number;
};

/** What is left out has its default; texts and lists are empty by default. */
export type NewRemoteContactDirectory =
  | (Partial<CardDavDirectory> & Pick<CardDavDirectory, 'type' | 'uri'>)
  | (Partial<LdapDirectory> & Pick<LdapDirectory, 'type' | 'uri'>);
