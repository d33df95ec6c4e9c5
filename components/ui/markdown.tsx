import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** The project's own look for what Markdown has words for; a heading inside a panel stands under the panel's. */
const LOOK: Components = {
  h2: ({ children }) => <h3 className="mt-1 font-semibold text-13">{children}</h3>,
  p: ({ children }) => <p className="max-w-[76ch] [overflow-wrap:anywhere]">{children}</p>,
  ol: ({ children }) => <ol className="grid max-w-[76ch] list-decimal gap-1.5 pl-5">{children}</ol>,
  ul: ({ children }) => <ul className="grid max-w-[76ch] list-disc gap-1.5 pl-5">{children}</ul>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls within itself must be reachable by keyboard
    <section tabIndex={0} aria-label="A table to fill in" className="overflow-x-auto">
      <table className="w-full border-collapse text-13">{children}</table>
    </section>
  ),
  th: ({ children }) => <th className="border-line border-b px-2 py-1.5 text-left font-medium text-12 text-ink-2">{children}</th>,
  td: ({ children }) => <td className="border-line border-b px-2 py-1.5 align-top">{children}</td>,
};

/** Text of ours that is written in Markdown, drawn on the server. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="grid gap-3 px-3 pt-2 pb-4 md:px-4">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={LOOK}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
