'use client';

import { Button, ButtonLink } from '../ui/button';
import { CopyButton } from '../ui/copy';

type ToolkitProps = { markdown: string; slug: string /** Where the files come from. */; files: string };

/** The check list to take along: copied, downloaded, printed. */
export function Toolkit({ markdown, slug, files }: ToolkitProps) {
  return (
    <span className="flex flex-wrap gap-2 print:hidden">
      <CopyButton text={markdown} label="Copy" />
      <ButtonLink small icon="download" prefetch={false} href={`${files}?format=md`} download={`${slug}.md`}>
        Markdown
      </ButtonLink>
      <ButtonLink small icon="download" prefetch={false} href={`${files}?format=csv`} download={`${slug}.csv`}>
        CSV
      </ButtonLink>
      <Button small icon="picture" onClick={() => window.print()}>
        Print
      </Button>
    </span>
  );
}
