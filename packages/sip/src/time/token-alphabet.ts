/** Characters of `Random.token`: valid in every SIP token, branch, tag and Call-ID. */
export const TOKEN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
