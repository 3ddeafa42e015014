import { type Route, route } from '../http/route.ts';
import { html, type Markup } from '../pages/html.ts';
import { pageReply } from '../pages/page.ts';
import { pageResponses } from '../pages/page-route.ts';
import { speak } from '../pages/speak.ts';
import type { Platform } from '../platform.ts';
import { version } from '../version.ts';

/** The page that is always there, also where the web panel is closed. */
export function aboutRoute({ config }: Pick<Platform, 'config'>): Route {
  return route({
    method: 'GET',
    path: '/about',
    audience: 'public',
    summary: 'What this server is',
    tag: 'Pages',
    responses: pageResponses,
    handler: (context) => {
      const { locale, space } = context;
      const say = speak(locale);
      const { name, projectUrl, termsOfUseUrl, privacyPolicyUrl } = config.app;
      const body = html`<p>${say('page.about.text', { name })} ${version}</p>
<ul>
${link(projectUrl, say('page.about.project'))}
${link(termsOfUseUrl, say('page.about.terms'))}
${link(privacyPolicyUrl, say('page.about.privacy'))}
</ul>
<p>${space.copyrightText}</p>`;
      return pageReply(context, { title: say('page.about.title'), body });
    },
  });
}

function link(url: string | undefined, text: string): Markup | undefined {
  return url === undefined ? undefined : html`<li><a href="${url}">${text}</a></li>`;
}
