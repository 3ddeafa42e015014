/** Letters, digits, `_ . : /`, as the XML-RPC specification says; at most 255 characters. */
export function isMethodName(text: string): boolean {
  return /^[A-Za-z0-9_.:/]{1,255}$/.test(text);
}
