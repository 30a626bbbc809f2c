import { charts } from './charts';
import { counting } from './counting';
import { dashboard } from './dashboard';
import { ledger } from './ledger';
import { preview } from './preview';
import { reports } from './reports';
import { smoke } from './smoke';
import { tick } from './tick';

const BENCHES: Readonly<Record<string, () => Promise<boolean>>> = {
  smoke,
  counting,
  ledger,
  charts,
  dashboard,
  preview,
  reports,
  tick,
};

/** `npm run bench -- NAME`: 0 when no target was missed by far, 1 when one was, 2 when it could not run. */
async function main(name: string | undefined): Promise<number> {
  const bench = BENCHES[name ?? ''];
  if (bench === undefined) {
    const allowed = Object.keys(BENCHES).join(', ');
    console.error(`npm run bench: which one is ${JSON.stringify(name ?? '')}, allowed: ${allowed}`);
    return 2;
  }
  return (await bench()) ? 0 : 1;
}

void main(process.argv[2])
  .catch((error: unknown) => {
    console.error(error);
    return 2;
  })
  .then((code) => process.exit(code));
