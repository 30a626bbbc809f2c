import { CopyButton } from '../../kit/copy-button';
import css from './details.module.css';

/** Text that machines read, as it is; it scrolls within itself. */
export function Code({ text }: { readonly text: string }) {
  return (
    <div class={css['code']}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} />
    </div>
  );
}
