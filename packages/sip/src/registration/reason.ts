/** Why something failed, independent of the protocol; values as liblinphone numbers them. */
export const Reason = {
  None: 0,
  NoResponse: 1,
  Forbidden: 2,
  Declined: 3,
  NotFound: 4,
  NotAnswered: 5,
  Busy: 6,
  UnsupportedContent: 7,
  BadEvent: 8,
  IOError: 9,
  DoNotDisturb: 10,
  Unauthorized: 11,
  NotAcceptable: 12,
  NoMatch: 13,
  MovedPermanently: 14,
  Gone: 15,
  TemporarilyUnavailable: 16,
  AddressIncomplete: 17,
  NotImplemented: 18,
  BadGateway: 19,
  SessionIntervalTooSmall: 20,
  ServerTimeout: 21,
  Unknown: 22,
  Transferred: 23,
  ConditionalRequestFailed: 24,
  SasCheckRequired: 25,
} as const;
export type Reason = (typeof Reason)[keyof typeof Reason];

const BY_STATUS: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  [301, Reason.MovedPermanently],
  [302, Reason.None],
  [401, Reason.Unauthorized],
  [403, Reason.Forbidden],
  [404, Reason.NotFound],
  [407, Reason.Unauthorized],
  [408, Reason.NotAnswered],
  [410, Reason.Gone],
  [412, Reason.ConditionalRequestFailed],
  [415, Reason.UnsupportedContent],
  [422, Reason.SessionIntervalTooSmall],
  [480, Reason.TemporarilyUnavailable],
  [481, Reason.NoMatch],
  [484, Reason.AddressIncomplete],
  [486, Reason.Busy],
  [487, Reason.None],
  [488, Reason.NotAcceptable],
  [489, Reason.BadEvent],
  [491, Reason.TemporarilyUnavailable],
  [501, Reason.NotImplemented],
  [502, Reason.BadGateway],
  [503, Reason.IOError],
  [504, Reason.ServerTimeout],
  [600, Reason.DoNotDisturb],
  [603, Reason.Declined],
]);

/** Maps a SIP status to a reason (registration.md §2.5). */
export function reasonFromStatus(status: number): Reason {
  if (status < 300) return Reason.None;
  return BY_STATUS.get(status) ?? Reason.Unknown;
}
