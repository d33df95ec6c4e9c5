import { Panel } from '../ui/panel';

type AnswerPanelProps = { question: string; answer: string; fastPath: string[] };

/** The direct answer, and what to do when there is one hour. */
export function AnswerPanel({ question, answer, fastPath }: AnswerPanelProps) {
  return (
    <Panel title={question} finding>
      <div className="grid gap-3 px-3 pt-2 pb-4 md:px-4">
        <p className="max-w-[72ch]">{answer}</p>
        <h3 className="font-semibold text-13">The fast path</h3>
        <ol className="grid max-w-[72ch] list-decimal gap-1 pl-5">
          {fastPath.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}
