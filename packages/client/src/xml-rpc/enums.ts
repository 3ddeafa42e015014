/** What an `XmlRpcRequest` expects as its result (account-creator.md §1.11). */
export const XmlRpcArgType = { None: 0, Int: 1, String: 2, StringStruct: 3 } as const;
export type XmlRpcArgType = (typeof XmlRpcArgType)[keyof typeof XmlRpcArgType];

/** Where an `XmlRpcRequest` is. */
export const XmlRpcStatus = { Pending: 0, Ok: 1, Failed: 2 } as const;
export type XmlRpcStatus = (typeof XmlRpcStatus)[keyof typeof XmlRpcStatus];
