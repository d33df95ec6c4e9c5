'use client';

import { Button, ButtonLink } from '../ui/button';

/** Prints the report as it stands, or keeps it as Markdown. */
export function ReportActs({ markdownHref, fileName }: { markdownHref: string; fileName: string }) {
  return (
    <span className="flex flex-wrap gap-2 print:hidden">
      <Button small icon="picture" onClick={() => window.print()}>
        Print
      </Button>
      <ButtonLink small icon="download" prefetch={false} href={markdownHref} download={fileName}>
        Markdown
      </ButtonLink>
    </span>
  );
}
