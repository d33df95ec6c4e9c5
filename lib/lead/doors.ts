import { z } from 'zod';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { openDoor } from '@/lib/http/door';
import { Fault } from '@/lib/kernel/fault';
import { requirePatience } from './patience';
import { helpIn, subscribeIn, subscriptionOut, takenOut, templateOut, templatesOut, tokenIn } from './schema';
import { leadSettings } from './settings';
import { confirm, leave, subscribe } from './subscribe';
import { takeHelp } from './take';
import { TEMPLATES } from './templates/all';

const tag = 'Guides';
const placeOf = (request: Request): string => request.headers.get('x-forwarded-for') ?? 'unknown';

export const takeHelpDoor = openDoor({
  method: 'POST',
  path: '/api/v1/leads',
  right: 'anyone',
  tag,
  summary: 'Asks for help or an audit: posted, mailed, or handed back as a mail; nothing is kept',
  body: helpIn,
  answer: takenOut,
  async run(_, { body }, request) {
    const now = await readClock(reader());
    requirePatience('place', placeOf(request), now);
    requirePatience('address', `help ${body.email}`, now);
    return takeHelp(body, leadSettings(), now);
  },
});

export const subscribeDoor = openDoor({
  method: 'POST',
  path: '/api/v1/subscriptions',
  right: 'anyone',
  tag,
  summary: 'Asks for the weekly templates; a link in a mail confirms',
  body: subscribeIn,
  answer: takenOut,
  async run(_, { body }, request) {
    const now = await readClock(reader());
    requirePatience('place', placeOf(request), now);
    requirePatience('address', `templates ${body.email}`, now);
    return subscribe(body, leadSettings(), now);
  },
});

export const confirmDoor = openDoor({
  method: 'POST',
  path: '/api/v1/subscriptions/confirm',
  right: 'anyone',
  tag,
  summary: 'The yes of a link in a mail',
  body: tokenIn,
  answer: subscriptionOut,
  run: async (_, { body: { token } }) => confirm(token, await readClock(reader())),
});

export const leaveDoor = openDoor({
  method: 'POST',
  path: '/api/v1/subscriptions/unsubscribe',
  right: 'anyone',
  tag,
  summary: 'Ends a subscription with one click, as RFC 8058 has it; the body is not looked at',
  query: tokenIn,
  answer: subscriptionOut,
  run: async (_, { query: { token } }) => leave(token, await readClock(reader())),
});

export const listTemplatesDoor = openDoor({
  method: 'GET',
  path: '/api/v1/templates',
  right: 'anyone',
  tag,
  summary: 'The twelve operations templates',
  answer: templatesOut,
  run: async () => ({ items: TEMPLATES.map(({ body: _, ...head }) => head) }),
});

export const getTemplateDoor = openDoor({
  method: 'GET',
  path: '/api/v1/templates/{template}',
  right: 'anyone',
  tag,
  summary: 'One template, in Markdown',
  params: z.object({ template: z.string() }),
  answer: templateOut,
  async run(_, { params: { template } }) {
    const found = TEMPLATES.find((each) => each.slug === template);
    if (!found) throw new Fault('template.not_found', 'There is no such template.');
    return found;
  },
});
