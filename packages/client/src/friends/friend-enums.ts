/** Where the friends of a list come from, with liblinphone's numbers. */
export const FriendListType = { Default: -1, VCard4: 0 } as const;
export type FriendListType = (typeof FriendListType)[keyof typeof FriendListType];

/** What became of adding or removing a friend. `ReadOnly` is ours: only the server changes such a list. */
export const FriendListStatus = {
  OK: 0,
  NonExistentFriend: 1,
  InvalidFriend: 2,
  ReadOnly: 3,
} as const;
export type FriendListStatus = (typeof FriendListStatus)[keyof typeof FriendListStatus];

/** How a synchronisation goes. */
export const FriendListSyncStatus = { Started: 0, Successful: 1, Failure: 2 } as const;
export type FriendListSyncStatus = (typeof FriendListSyncStatus)[keyof typeof FriendListSyncStatus];
