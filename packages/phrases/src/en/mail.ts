/** Texts of mails and short messages. */
export const mail = {
  'mail.greeting': 'Best regards,',
  'mail.help': 'Linphone, its downloads and user guide: https://www.linphone.org',
  'mail.validity_minutes': 'It is valid for {minutes} minutes.',
  'mail.validity_hours': 'It is valid for {hours} hours.',
  'mail.email_change.subject': '{space}: confirm your email address',
  'mail.email_change.code': 'Your code to confirm this address for {space}:',
  'mail.email_change.ignore': 'If you did not ask for it, ignore this mail.',
  'mail.provisioning.subject': '{space}: set up your phone',
  'mail.provisioning.intro': 'Your account {sip} is ready.',
  'mail.provisioning.link': 'Open this link on your phone, once:',
  'mail.provisioning.qrcode': 'Or scan this QR code with Linphone:',
  'mail.reset_password.subject': '{space}: choose a new password',
  'mail.reset_password.intro': 'A new password was asked for your account {sip}.',
  'mail.reset_password.link': 'Choose it here, once:',
  'sms.code': '{space}: your code is {code}.',
  'sms.code_valid': '{space}: your code is {code}. It is valid for {minutes} minutes.',
} as const;
