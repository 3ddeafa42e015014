import type { EmailMessage, Message, PushMessage, SmsMessage } from './message.ts';

/** What a transport may need besides the message. */
export interface Delivery {
  /** Number of the message in the outbox: the same at every attempt. */
  readonly id: number;
  /** Space on whose behalf it is sent; undefined for the whole instance. */
  readonly spaceId: number | undefined;
}

/** Hands one kind of message over to the outside world. */
export interface Transport<M extends Message> {
  /**
   * Resolves when the next system has taken responsibility. Ends within a minute.
   * @throws DeliveryError, or any error, which counts as temporary
   */
  send(message: M, delivery: Delivery): Promise<void>;
}

/** One transport per kind. */
export interface Transports {
  readonly email: Transport<EmailMessage>;
  readonly sms: Transport<SmsMessage>;
  readonly push: Transport<PushMessage>;
}
