/** Pages on which a human shows to be one. */
export const captcha = {
  'page.captcha.working': 'Your browser shows that it is not a robot. This takes a moment.',
  'page.captcha.without_script':
    'Without scripts, wait {seconds} seconds before you press the button.',
  'page.creation.title': 'Create an account',
  'page.creation.question': 'Continue if you want to create an account for {space}.',
  'page.creation.button': 'Continue',
  'page.creation.done': 'Thank you. Go back to the app to finish the creation of your account.',
  'page.notice.captcha': 'We could not tell you from a robot. Please try again.',
  'page.notice.creation_token':
    'This link is not valid, or it was used already. Start again in the app.',
} as const;
