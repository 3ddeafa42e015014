/**
 * Texts of mails and short messages. A mail is one template: its subject, then blocks separated by
 * empty lines; a place alone in its block is shown as what it is, a link, a code or an image.
 */
export const mail = {
  'mail.greeting': 'Best regards,',
  'mail.help': 'Linphone, its downloads and user guide: https://www.linphone.org',
  'mail.validity_minutes': 'It is valid for {minutes} minutes.',
  'mail.validity_hours': 'It is valid for {hours} hours.',
  'mail.activation': `Subject: {space}: activate your account

Your account {sip} waits to be activated.

Open this link and press the button:

{link}

Or type this key where your phone asks for it:

{key}

{validity}

If you did not create it, ignore this mail.`,
  'mail.account_recovery': `Subject: {space}: get back to your account

Somebody wants to use your account {sip} on a phone.

If it is you, type this key where the phone asks for it:

{key}

{validity}

If it is not you, ignore this mail and tell nobody the key.`,
  'mail.email_change': `Subject: {space}: confirm your email address

Your code to confirm this address for {space}:

{code}

{validity}

If you did not ask for it, ignore this mail.`,
  'mail.phone_moved': `Subject: {space}: your phone number was taken over

The number {phone} belonged to your account {sip}. Another account has now proved to receive its short messages, so the number belongs to that one.

If this surprises you, ask the administrator of {space}.`,
  'mail.provisioning': `Subject: {space}: set up your phone

Your account {sip} is ready.

Open this link on your phone, once:

{link}

Or scan this QR code with Linphone:

{qrcode}`,
  'mail.recovery_code': `Subject: {space}: your code

Your code to get back to your account {sip}:

{code}

{validity}

If you did not ask for it, ignore this mail and tell nobody the code.`,
  'mail.reset_password': `Subject: {space}: choose a new password

A new password was asked for your account {sip}.

Choose it here, once:

{link}

{validity}`,
  'mail.space_expiring': `Subject: {space}: the space expires on {date}

The space {space}, which you administrate, expires on {date} at 00:00 UTC. Days left: {days}.

From then on its phones cannot register, and nobody can sign in or manage its accounts.

Ask who runs this server to prolong it.`,
  'sms.code': '{space}: your code is {code}.',
  'sms.code_valid': '{space}: your code is {code}. It is valid for {minutes} minutes.',
} as const;
