import { MayNot } from '../../kit/button';
import { Page as Framed } from '../../kit/page';
import { me, may } from '../../session/session';
import { say } from '../../words/say';
import { Workbench } from './workbench';
import { WORDS } from './words';

const BEGIN = `apiVersion: slowburn/v1
service: my-service
slos:
  - name: api-errors
    description: Answers without a server error
    objective: 99.9%
    sli:
      ratio:
        total: http_requests_total{job="my-service"}
        bad: http_requests_total{job="my-service",status=~"5.."}
`;

/** Takes any of the four languages, and says all there is to say before it is saved. */
export function Page() {
  const words = say(WORDS);
  return (
    <Framed title={words.make}>
      {me.value !== null && !may('editor') ? (
        <p>
          {words.viewerOnly} <MayNot role="editor" />
        </p>
      ) : (
        <>
          <p>{words.paste}</p>
          <Workbench text={BEGIN} of={null} />
        </>
      )}
    </Framed>
  );
}
