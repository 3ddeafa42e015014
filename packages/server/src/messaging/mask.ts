/** A recipient as a log may show it: `m***@example.org`, `+33***78`, `***`. */
export function maskRecipient(recipient: string): string {
  const at = recipient.lastIndexOf('@');
  if (at > 0) return `${recipient.slice(0, 1)}***${recipient.slice(at)}`;
  if (/^\+\d{7,}$/.test(recipient)) return `${recipient.slice(0, 3)}***${recipient.slice(-2)}`;
  return '***';
}
