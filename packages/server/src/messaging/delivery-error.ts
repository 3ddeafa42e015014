/**
 * A message could not be handed over. `permanent` when trying again cannot help (the address is
 * refused); anything else is tried again. The text reaches log and outbox: no secrets in it.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly code = 'delivery-failed';
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent?: boolean } = {}) {
    super(message, options);
    this.permanent = options.permanent ?? false;
  }
}
