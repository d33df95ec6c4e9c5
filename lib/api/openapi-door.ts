import { z } from 'zod';
import { type Door, openDoor } from '@/lib/http/door';
import { openApiOf } from './openapi';

/** The door that shows the OpenAPI document. @param doors asked for late, since the list holds this door too */
export function openApiDoor(doors: () => readonly Door[]): Door {
  let made: string | undefined;
  return openDoor({
    method: 'GET',
    path: '/api/openapi.json',
    right: 'anyone',
    tag: 'Health',
    summary: 'This document.',
    answer: z.record(z.string(), z.unknown()),
    async run() {
      made ??= JSON.stringify(openApiOf(doors()));
      return new Response(made, { headers: { 'content-type': 'application/json; charset=utf-8' } });
    },
  });
}
