/** The parts used here of libraries without types of their own. */

declare module 'sip' {
  interface Message {
    readonly headers: Readonly<Record<string, unknown>>;
  }
  const sip: {
    parse(text: string): Message;
    stringify(message: Message): string;
  };
  export = sip;
}

declare module 'drachtio-sip' {
  class SipMessage {
    constructor(text: string);
    getParsedHeader(name: string): unknown;
    toString(): string;
  }
  const drachtio: { readonly SipMessage: typeof SipMessage };
  export = drachtio;
}

declare module 'jssip/lib/Parser.js' {
  const parser: { parseMessage(text: string, userAgent: unknown): unknown };
  export = parser;
}
