/** How an application is asked to authenticate; values as liblinphone numbers them. */
export const AuthMethod = { HttpDigest: 0, Tls: 1, Bearer: 2, Basic: 3 } as const;
export type AuthMethod = (typeof AuthMethod)[keyof typeof AuthMethod];
