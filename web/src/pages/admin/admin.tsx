import { Page as Framed } from '../../kit/page';
import { Empty, Loading } from '../../kit/states';
import { may, me } from '../../session/session';
import { say } from '../../words/say';
import { Audit } from './audit';
import { TokenSection } from './tokens';
import { WORDS } from './words';

/** Who may ask the service, and who changed what. */
export function Page() {
  return (
    <Framed title={say(WORDS).title}>
      <Content />
    </Framed>
  );
}

function Content() {
  const words = say(WORDS);
  if (me.value === null) return <Loading />;
  if (!may('admin')) return <Empty title={words.onlyAdmin}>{words.onlyAdminText}</Empty>;
  return (
    <>
      {me.value.auth === 'none' ? (
        <Empty title={words.noTokens}>{words.noTokensText}</Empty>
      ) : (
        <TokenSection />
      )}
      <Audit />
    </>
  );
}
