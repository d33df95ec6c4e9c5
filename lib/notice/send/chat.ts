import type { Message, Sent } from './message';
import { postJson } from './post';

const OPEN = 'Open in Hardstop';

/** Slack reads three characters as its own. */
const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body of Slack's incoming webhooks: `text` is what a notification shows, the blocks what the channel does. */
export const slackBody = ({ title, text, link, organisation }: Message): string =>
  JSON.stringify({
    text: slackText(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150) } },
      { type: 'section', text: { type: 'mrkdwn', text: slackText(text).slice(0, 3_000) } },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: OPEN }, url: link }] },
      { type: 'context', elements: [{ type: 'plain_text', text: organisation.slice(0, 300) }] },
    ],
  });

/** The body of Teams' incoming webhooks (Workflows): a message that holds one adaptive card. */
export const teamsBody = ({ title, text, link, organisation }: Message): string =>
  JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', size: 'Medium', weight: 'Bolder', wrap: true, text: title },
            { type: 'TextBlock', wrap: true, text },
            { type: 'TextBlock', isSubtle: true, spacing: 'Small', wrap: true, text: organisation },
          ],
          actions: [{ type: 'Action.OpenUrl', title: OPEN, url: link }],
        },
      },
    ],
  });

export const sendSlack = (message: Message, url: string): Promise<Sent> => postJson(url, slackBody(message));
export const sendTeams = (message: Message, url: string): Promise<Sent> => postJson(url, teamsBody(message));
