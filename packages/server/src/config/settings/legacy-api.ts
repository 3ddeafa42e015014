import { flag, group } from '../setting.ts';

export const legacyApiSettings = group(
  'Old REST endpoints',
  {
    DIALTONE_LEGACY_API: flag(
      'Answer the REST endpoints of FAM 1 that older apps still call: look-ups, activation and recovery without credentials. See legacy-api.md for the risk.',
      false,
    ),
    APP_DANGEROUS_ENDPOINTS: flag('The same, by its name in FAM 1.', false),
  },
  (v) => ({ enabled: v.DIALTONE_LEGACY_API || v.APP_DANGEROUS_ENDPOINTS }),
);
