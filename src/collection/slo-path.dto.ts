import { Matches } from 'class-validator';

const NAME = /^[a-z0-9-]{1,63}$/;

/** Names an SLO in an address. */
export class SloPath {
  @Matches(NAME)
  readonly service!: string;

  @Matches(NAME)
  readonly name!: string;
}
