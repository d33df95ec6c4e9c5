import { listOf, objectOf } from './parts';

const SPOKEN: unknown[] = ['system', 'developer', 'user', 'assistant'];
const PLAIN: unknown[] = ['text', 'input_text', 'output_text'];

/**
 * The texts of OpenAI's messages that its models read as they stand. What tools answer, calls of tools and their schemas are not
 * among them: the provider writes those in a form of its own.
 */
export const textsIn = (messages: unknown): string[] =>
  listOf(messages).flatMap((each) => {
    const { role, type, content } = objectOf(each);
    if (!SPOKEN.includes(role) || ![undefined, 'message'].includes(type as string | undefined)) return [];
    return typeof content === 'string' ? [content] : listOf(content).flatMap((part) => plainText(objectOf(part)));
  });

const plainText = ({ type, text }: Record<string, unknown>): string[] => (PLAIN.includes(type) && typeof text === 'string' ? [text] : []);

/** Of what is a text, or a list of them. */
export const textsOf = (input: unknown): string[] => [input].flat().filter((each) => typeof each === 'string');
