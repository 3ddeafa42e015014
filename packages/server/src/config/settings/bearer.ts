import { group, integer, list } from '../setting.ts';

export const bearerSettings = group(
  'Bearer tokens',
  {
    DIALTONE_BEARER_AUDIENCES: list(
      'Values of which `aud` of a bearer token must hold one; `{client_id}` stands for the client of the space. When unset, `aud` is not looked at.',
    ),
    DIALTONE_BEARER_ISSUERS: list(
      'Values of which `iss` of a bearer token must be one; `{provider}` stands for `<server_url>realms/<realm>` of the space. When unset, `iss` is not looked at.',
    ),
    DIALTONE_BEARER_TOLERANCE_SECONDS: integer(
      'Difference between the clocks of provider and server that `exp` and `nbf` of a bearer token may show.',
      0,
      { max: 300 },
    ),
  },
  (v) => ({
    audiences: v.DIALTONE_BEARER_AUDIENCES,
    issuers: v.DIALTONE_BEARER_ISSUERS,
    toleranceSeconds: v.DIALTONE_BEARER_TOLERANCE_SECONDS,
  }),
);
