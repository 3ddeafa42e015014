import { expect, it } from 'vitest';
import { knowsDirectories } from './knows-directories.ts';

it.each([
  ['LinphoneAndroid/6.2.0 (Pixel 8) LinphoneSDK/5.5.0 (tags/5.5.0^0)', true],
  ['LinphoneiOS/6.2 (Ann’s phone) LinphoneSDK/5.5.1', true],
  ['Linphone-Desktop/6.2.0 (laptop) Debian LinphoneSDK/5.6.0-alpha.3+abc', true],
  ['LinphoneAndroid/9 LinphoneSDK/6.0', true],
  ['LinphoneAndroid/6.0.0 (Pixel 8) LinphoneSDK/5.5.0-alpha.12+abc', false],
  ['LinphoneAndroid/6.0.0 (Pixel 8) LinphoneSDK/5.4.20', false],
  ['Linphonec/5.1.65 (belle-sip/5.1.65)', false],
  ['LinphoneSDK/x', false],
  ['', false],
  [undefined, false],
])('from the user agent %j: %s', (userAgent, known) => {
  expect(knowsDirectories(userAgent)).toBe(known);
});
