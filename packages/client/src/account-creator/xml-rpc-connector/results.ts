import { AccountCreatorStatus as Status } from '../enums.ts';

/** Which status a text answered by the server stands for. */
export interface ResultTable {
  /** Compared exactly. */
  readonly exact: Readonly<Record<string, Status>>;
  /** For other texts that start with `ERROR_`; `otherwise` when absent. */
  readonly error?: Status;
  /** For every other text. */
  readonly otherwise: Status;
}

export function statusOf(table: ResultTable, text: string): Status {
  const exact = Object.hasOwn(table.exact, text) ? table.exact[text] : undefined;
  if (exact !== undefined) return exact;
  return text.startsWith('ERROR_') ? (table.error ?? table.otherwise) : table.otherwise;
}

// Servers and clients disagreed on the name of the first: both are understood (D10).
const smsTrouble = {
  ERROR_CANNOT_SEND_SMS: Status.PhoneNumberInvalid,
  ERROR_CANT_SEND_SMS: Status.PhoneNumberInvalid,
  ERROR_MAX_SMS_EXCEEDED: Status.PhoneNumberOverused,
};

/** The answers of every method, row by row as in account-creator.md §3. */
export const xmlRpcResults = {
  isAccountExist: {
    exact: {
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
      ERROR_ALIAS_DOESNT_EXIST: Status.AccountExist,
    },
    error: Status.RequestFailed,
    otherwise: Status.AccountExistWithAlias,
  },
  createAccount: {
    exact: {
      OK: Status.AccountCreated,
      ...smsTrouble,
      ERROR_ACCOUNT_ALREADY_IN_USE: Status.AccountExist,
      ERROR_ALIAS_ALREADY_IN_USE: Status.AccountExistWithAlias,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
    },
    otherwise: Status.AccountNotCreated,
  },
  activateAccount: {
    exact: {
      ERROR_ACCOUNT_ALREADY_ACTIVATED: Status.AccountAlreadyActivated,
      ERROR_KEY_DOESNT_MATCH: Status.WrongActivationCode,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
    },
    error: Status.AccountNotActivated,
    otherwise: Status.AccountActivated,
  },
  isAccountActivated: {
    exact: { OK: Status.AccountActivated },
    otherwise: Status.AccountNotActivated,
  },
  linkAccount: {
    exact: { OK: Status.RequestOk, ...smsTrouble },
    otherwise: Status.AccountNotLinked,
  },
  activateAlias: {
    exact: {},
    error: Status.AccountNotActivated,
    otherwise: Status.AccountActivated,
  },
  isAliasUsed: {
    exact: { OK_ACCOUNT: Status.AliasIsAccount, OK_ALIAS: Status.AliasExist },
    otherwise: Status.AliasNotExist,
  },
  isAccountLinked: {
    exact: {
      ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.AccountNotLinked,
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotLinked,
      ERROR_ALIAS_DOESNT_EXIST: Status.AccountNotLinked,
    },
    error: Status.AccountNotLinked,
    otherwise: Status.AccountLinked,
  },
  recoverAccount: {
    exact: { ...smsTrouble, ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist },
    error: Status.RequestFailed,
    otherwise: Status.RequestOk,
  },
  /** Texts answered where credentials were expected. */
  loginLinphoneAccount: {
    exact: {
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
      ERROR_KEY_DOESNT_MATCH: Status.WrongActivationCode,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
    },
    otherwise: Status.UnexpectedError,
  },
  updateAccount: {
    exact: {
      OK: Status.RequestOk,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
      ERROR_PASSWORD_DOESNT_MATCH: Status.AccountNotExist,
    },
    otherwise: Status.ServerError,
  },
  getConfirmationKey: {
    exact: {
      ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.MissingArguments,
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
    },
    error: Status.RequestFailed,
    otherwise: Status.RequestOk,
  },
  deleteAccount: {
    exact: {
      // Reported as AccountCreated by the reference client (D18).
      OK: Status.RequestOk,
      ERROR_USERNAME_PARAMETER_NOT_FOUND: Status.MissingArguments,
      ERROR_ACCOUNT_DOESNT_EXIST: Status.AccountNotExist,
      ERROR_ALGO_NOT_SUPPORTED: Status.AlgoNotSupported,
    },
    otherwise: Status.RequestFailed,
  },
} as const satisfies Record<string, ResultTable>;
