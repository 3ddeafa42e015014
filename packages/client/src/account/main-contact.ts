import { type ContactTemplate, type NameAddr, NO_PARAMS, type Params } from '@dialtone/sip';
import { Address } from '../address/address.ts';
import { readParameterText } from '../address/parameter-text.ts';
import { type AccountSettings, Privacy } from './account-params.ts';

/** What a Contact is made from beside the account's own settings. */
export interface ContactInputs {
  /** Contact of the account this one depends on. */
  readonly masterContact: NameAddr | undefined;
  /** A Contact the application set as custom header. */
  readonly customBase: string | undefined;
  readonly pushParams: Params;
  /** For `+sip.instance`, `<urn:uuid:…>`; undefined: disabled. */
  readonly instance: string | undefined;
  /** `[sip] linphone_specs`. */
  readonly linphoneSpecs: string;
}

/** The main Contact of an account (registration.md §2.9); undefined without identity. */
export function mainContact(
  params: AccountSettings,
  inputs: ContactInputs,
): ContactTemplate | undefined {
  const { masterContact } = inputs;
  if (masterContact !== undefined) {
    // Verbatim, so that requests to the dependent address arrive through the master's flow.
    const address = { ...masterContact, params: featureParams(NO_PARAMS, inputs) };
    return { address, automatic: false };
  }
  const base = (Address.parse(inputs.customBase ?? null) ?? params.identityAddress)?.nameAddr;
  const identity = base ?? params.identityAddress?.nameAddr;
  if (identity === undefined) return undefined;
  const own = readParameterText(params.contactUriParameters ?? '') ?? NO_PARAMS;
  const hidden = params.privacy !== Privacy.None && params.privacy !== Privacy.Default;
  const uriParams = own.size > 0 ? own : identity.uri.params;
  return {
    automatic: !uriParams.has('gr'),
    address: {
      displayName: identity.displayName,
      uri: {
        ...identity.uri,
        user: hidden ? undefined : identity.uri.user,
        password: undefined,
        headers: NO_PARAMS,
        params: withPush(uriParams, inputs.pushParams),
      },
      params: featureParams(
        readParameterText(params.contactParameters ?? '') ?? identity.params,
        inputs,
      ),
    },
  };
}

function withPush(params: Params, push: Params): Params {
  if (push.size === 0) return params;
  return new Map([...[...params].filter(([name]) => !push.has(name)), ...push]);
}

function featureParams(params: Params, inputs: ContactInputs): Params {
  if (inputs.instance === undefined && inputs.linphoneSpecs === '') return params;
  const all = new Map(params);
  if (inputs.instance !== undefined && !all.has('+sip.instance')) {
    all.set('+sip.instance', inputs.instance);
  }
  if (inputs.linphoneSpecs !== '') all.set('+org.linphone.specs', inputs.linphoneSpecs);
  return all;
}
