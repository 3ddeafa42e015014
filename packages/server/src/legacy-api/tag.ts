/** The group of these endpoints in the API page. */
export const legacyTag = 'Old apps';
