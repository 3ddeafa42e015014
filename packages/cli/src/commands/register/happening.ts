import type { RegistrationState } from '@dialtone/client';
import type {
  Flow,
  ResolvedTarget,
  SipMessage,
  SocketAddress,
  TransportError,
} from '@dialtone/sip';
import type { ServerCertificate } from '../../network/server-certificate.ts';

/** One thing seen on the way to a registration. */
export type Happening =
  /** A question to the name service; `answers` is undefined when it could not be answered. */
  | {
      readonly kind: 'question';
      readonly record: 'A' | 'AAAA' | 'SRV';
      readonly name: string;
      readonly answers: readonly string[] | undefined;
    }
  | { readonly kind: 'located'; readonly targets: readonly ResolvedTarget[] }
  | { readonly kind: 'not-located'; readonly error: TransportError }
  | { readonly kind: 'connecting'; readonly target: ResolvedTarget }
  | {
      readonly kind: 'connected';
      readonly target: ResolvedTarget;
      readonly local: SocketAddress;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'not-connected';
      readonly target: ResolvedTarget;
      readonly error: TransportError;
      /** Of a TLS server that was not accepted. */
      readonly certificate: ServerCertificate | undefined;
      /** A plain TCP connection was accepted, so that only the handshake over it was not answered. */
      readonly accepts: boolean;
    }
  | {
      readonly kind: 'message';
      readonly direction: 'in' | 'out';
      readonly message: SipMessage;
      readonly flow: Flow;
      /** A request that was sent before and got no answer yet. */
      readonly again: boolean;
    }
  | { readonly kind: 'state'; readonly state: RegistrationState };

export type Report = (happening: Happening) => void;
