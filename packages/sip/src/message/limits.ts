/** Longest message accepted, header and body, in bytes: the largest datagram there is. */
export const MAX_MESSAGE_BYTES = 65_535;
/** Longest header line accepted, folded lines joined, in characters. */
export const MAX_LINE_LENGTH = 8_192;
/** Most header lines accepted in one message. */
export const MAX_HEADER_FIELDS = 256;
