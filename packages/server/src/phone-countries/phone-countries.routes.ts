import { phoneCountrySchema } from '@dialtone/contract';
import { z } from 'zod';
import { notFound } from '../errors/service-error.ts';
import { json, text } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { selectPhoneCountries, setCountryActivated } from './phone-country.repository.ts';

type CountryPlatform = Pick<Platform, 'db' | 'clock'>;

/** Which countries' phone numbers are accepted (flexiapi-more.md §1.15). */
export function phoneCountriesRoutes(platform: CountryPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/phone_countries',
      audience: 'public',
      summary: 'List the countries with their calling codes',
      tag: 'Phone countries',
      responses: { 200: { description: 'All countries', schema: z.array(phoneCountrySchema) } },
      handler: async () => {
        const countries = await selectPhoneCountries(platform.db);
        return json(
          countries.map(({ code, callingCode, activated }) => ({
            code,
            country_code: callingCode,
            activated,
          })),
        );
      },
    }),
    switchRoute(platform, 'activate', true),
    switchRoute(platform, 'deactivate', false),
  ];
}

function switchRoute(platform: CountryPlatform, action: string, activated: boolean): Route {
  return route({
    method: 'POST',
    path: `/api/phone_countries/:code/${action}`,
    audience: 'superAdmin',
    summary: `${activated ? 'Accept' : 'Refuse'} the numbers of a country and of those that share its calling code`,
    tag: 'Phone countries',
    params: z.object({ code: z.string() }),
    responses: {
      200: { description: 'How many countries that are', contentType: 'text/html' },
      404: { description: 'No such country' },
    },
    handler: async (_context, { params }) => {
      const code = params.code.toUpperCase();
      const count = await setCountryActivated(platform.db, code, activated, platform.clock.now());
      if (count === 0) throw notFound();
      return text(String(count));
    },
  });
}
