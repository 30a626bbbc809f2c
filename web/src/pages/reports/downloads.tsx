import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import { request } from '../../api/client';
import { Button } from '../../kit/button';
import { toastFailure } from '../../kit/toasts';
import { say } from '../../words/say';
import { type Described, formatsIn } from './formats';
import css from './reports.module.css';
import { WORDS } from './words';

/** One button for each format; fetched by script, since a link could not send a token. */
export function Downloads({ pathOf }: { readonly pathOf: (format: string) => string }) {
  const words = say(WORDS);
  const described = useAnswer<Described>('/api/openapi.json').data;
  const formats = described === undefined ? [] : formatsIn(described);
  const [running, setRunning] = useState<string | null>(null);
  const download = async (format: string) => {
    setRunning(format);
    try {
      await save(pathOf(format));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      toastFailure(`${words.downloadFailed} ${reason}`);
    } finally {
      setRunning(null);
    }
  };
  return (
    <div class={css['downloads']} role="group" aria-label={words.download}>
      <span aria-hidden="true">{words.download}</span>
      {formats.map((format) => (
        <Button
          key={format}
          aria-label={`${words.download} ${format.toUpperCase()}`}
          aria-busy={running === format}
          onClick={() => {
            if (running === null) void download(format);
          }}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </div>
  );
}

/** A browser may begin to read it only after the click is over. */
const KEPT_MS = 60_000;

async function save(path: string): Promise<void> {
  const answer = await request(path);
  const disposition = answer.headers.get('content-disposition') ?? '';
  const [, name = 'report'] = /filename="([^"]+)"/.exec(disposition) ?? [];
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT_MS);
}
