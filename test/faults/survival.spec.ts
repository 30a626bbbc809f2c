import { killsAtAnyMoment } from './kills';
import { outages } from './outages';
import { replicas } from './replicas';
import { openStage, type Play, type Stage, undisturbed } from './stage';

jest.setTimeout(300_000);

/** As long as the longest of the plays below. */
const LENGTH = process.env['FAULTS'] === 'short' ? 3600 : 3 * 3600;

/** One Prometheus, one Postgres and one undisturbed run for all: they take longest to make. */
describe('a service that is disturbed', () => {
  let stage: Stage;
  let truth: Play;
  const scene = () => ({ stage, truth });
  beforeAll(async () => {
    stage = await openStage();
    truth = await undisturbed(stage, LENGTH);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.dispose());

  killsAtAnyMoment(scene);
  outages(scene);
  replicas(scene);
});
