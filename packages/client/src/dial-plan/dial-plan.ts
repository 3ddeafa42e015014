/** How numbers of one country calling code are written (account-creator.md §1.6). */
export interface DialPlan {
  /** Country calling code without `+`; undefined for the generic plan. */
  readonly callingCode: string | undefined;
  /** ISO 3166 alpha-2 where upstream uses it; informative. */
  readonly isoCountryCode: string;
  /** Fewest digits of a national number. */
  readonly minNationalLength: number;
  /** Most digits of a national number. */
  readonly maxNationalLength: number;
  /** What is dialled there before a calling code, instead of `+`. */
  readonly internationalCallPrefix: string;
}
