import {
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  Header,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DAY_SECONDS, parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { keysetPage } from '../http/keyset-page';
import { PageQuery } from '../http/page.dto';
import { RequireAccess } from './access';
import { Caller, type CallerIs } from './caller';
import { digestOf, newToken } from './token';
import { type Token, Tokens } from './tokens';
import { CreatedTokenView, CreateToken, TokenPage, TokenPath, TokenView } from './tokens.dto';

const LONGEST_LIFE_DAYS = 3_650;

/** Who else may ask this service. Every change is in the audit; a token itself is nowhere. */
@ApiTags('access')
@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly tokens: Tokens) {}

  /** By name, the expired and revoked ones too. */
  @RequireAccess('admin')
  @Get()
  @ApiOperation({ summary: 'All tokens, without what they are' })
  async list(@Query() query: PageQuery): Promise<TokenPage> {
    const { items, nextCursor } = await keysetPage(
      query,
      /^[a-z0-9.-]{1,63}$/,
      ({ name }: Token) => name,
      (after, limit) => this.tokens.list(after, limit),
    );
    return { items: items.map(view), nextCursor };
  }

  /** The answer holds the token: nobody can read it again. */
  @RequireAccess('admin')
  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Make a token; it is shown only now' })
  async create(@Body() asked: CreateToken, @Caller() caller: CallerIs): Promise<CreatedTokenView> {
    const { name, role } = asked;
    const token = newToken();
    const lifeSeconds = lifeOf(asked.expiresIn);
    const made = await this.tokens.add(
      { name, role, digest: digestOf(token), lifeSeconds },
      caller,
    );
    if (made === null) {
      throw new ConflictException(
        `name is ${JSON.stringify(name)}, which is or was another token's, allowed: a name that the audit does not know yet`,
      );
    }
    return { ...view(made), token };
  }

  /** Every replica refuses it from its next request on. */
  @RequireAccess('admin')
  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a token, at once and for ever' })
  async revoke(@Param() { id }: TokenPath, @Caller() caller: CallerIs): Promise<TokenView> {
    const revoked = await this.tokens.revoke(id, caller);
    if (revoked === null) throw new NotFoundException(`there is no token ${id}`);
    return view(revoked);
  }
}

function lifeOf(expiresIn: string | undefined): number | null {
  if (expiresIn === undefined) return null;
  const seconds = secondsOf(expiresIn);
  if (seconds !== null && seconds <= LONGEST_LIFE_DAYS * DAY_SECONDS) return seconds;
  const allowed = `a duration of whole seconds such as 12h or 90d, at most ${LONGEST_LIFE_DAYS}d`;
  throw new InvalidValue('expiresIn', expiresIn, allowed);
}

function secondsOf(duration: string): number | null {
  try {
    return parseSeconds(duration);
  } catch (error) {
    if (error instanceof InvalidValue) return null;
    throw error;
  }
}

function view(token: Token) {
  const { id, name, role, state, createdBy } = token;
  return {
    id,
    name,
    role,
    state,
    createdAt: instant(token.createdAt),
    createdBy,
    expiresAt: instantOrNull(token.expiresAt),
    lastUsedAt: instantOrNull(token.lastUsedAt),
    revokedAt: instantOrNull(token.revokedAt),
  };
}

function instantOrNull(seconds: number | null): string | null {
  return seconds === null ? null : instant(seconds);
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
